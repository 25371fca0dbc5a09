"""Ways to compute one network on one device: in 32 or in 16 bits, by PyTorch, ONNX Runtime or OpenVINO."""

from .autotune import WORTH_S, autotune, rate
from .backend import Backend
from .prepared import PreparedNetwork
from .traced import CompiledBackend

__all__ = ["WORTH_S", "Backend", "CompiledBackend", "PreparedNetwork", "autotune", "rate"]
