"""Model files: saved, loaded, started from, exported to ONNX."""
