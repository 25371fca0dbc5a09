"""Ways to compute one network on one device: in 32 or in 16 bits, by PyTorch or by OpenVINO."""

from .trial import WORTH_S, fastest, rate
from .way import Way
from .weights import Weights

__all__ = ["WORTH_S", "Way", "Weights", "fastest", "rate"]
