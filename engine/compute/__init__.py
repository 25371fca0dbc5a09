"""Tensors on this machine: devices, memory, normalisation, orientation."""
