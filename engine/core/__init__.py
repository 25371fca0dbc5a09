"""Values and arithmetic that every room of the engine shares: no files, no PyTorch."""
