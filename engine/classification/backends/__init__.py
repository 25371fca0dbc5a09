"""Ways to compute one network on one device: in 32 or in 16 bits, by PyTorch, ONNX Runtime or OpenVINO."""

from .autotune import WORTH_S, fastest, rate
from .backend import Way
from .prepared import Weights
from .traced import CompiledWay

__all__ = ["WORTH_S", "CompiledWay", "Way", "Weights", "fastest", "rate"]
