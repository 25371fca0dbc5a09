"""Backends: ways to compute a network, in 32 or 16 bits, by PyTorch, ONNX Runtime or OpenVINO."""

from .backend import Backend
from .benchmark import WORTH_PX, WORTH_S, autotune, autotune_on_scene, rate
from .prepared import PreparedNetwork
from .traced import CompiledBackend

__all__ = [
    "WORTH_PX",
    "WORTH_S",
    "Backend",
    "CompiledBackend",
    "PreparedNetwork",
    "autotune",
    "autotune_on_scene",
    "rate",
]
