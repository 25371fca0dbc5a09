"""Ways to compute one network on one device: in 32 or in 16 bits, by PyTorch, ONNX Runtime or OpenVINO."""

from .backend import Backend
from .benchmark import autotune, is_worth_a_trial, rate
from .prepared import PreparedNetwork
from .traced import CompiledBackend

__all__ = ["Backend", "CompiledBackend", "PreparedNetwork", "autotune", "is_worth_a_trial", "rate"]
