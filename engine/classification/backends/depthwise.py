"""Convolutions of every channel by itself, on a GPU by PyTorch's own kernels.

cuDNN compiles a kernel for each layer and each shape of map: on an H200 four seconds for every new shape of a
NASNet's windows, of which a raster has several, to compute a third faster from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import torch
from torch import Tensor, nn

_Module = TypeVar("_Module", bound=nn.Module)


def without_compiling(network: _Module) -> _Module:
    """``network``, whose depthwise convolutions are done without cuDNN from now on."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d) and layer.groups == layer.in_channels > 1:
            layer.forward = partial(_without_cudnn, layer.forward)  # type: ignore[method-assign]
    return network


def _without_cudnn(forward: Callable[[Tensor], Tensor], map_BCHW: Tensor) -> Tensor:
    with torch.backends.cudnn.flags(enabled=False, allow_tf32=False):
        return forward(map_BCHW)
