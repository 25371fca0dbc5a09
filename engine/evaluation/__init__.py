"""Evaluation: a class map against reference data. Without PyTorch."""
