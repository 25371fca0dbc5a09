"""Ways to compute one network on one device: in 32 or in 16 bits, by PyTorch, ONNX Runtime or OpenVINO."""

from .traced import CompiledWay
from .trial import WORTH_S, fastest, rate
from .way import Way
from .weights import Weights

__all__ = ["WORTH_S", "CompiledWay", "Way", "Weights", "fastest", "rate"]
