"""Evaluation of a class map against reference data; it needs no PyTorch."""
