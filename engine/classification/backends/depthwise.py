"""Depthwise convolutions on a GPU by PyTorch's own kernels, without cuDNN.

cuDNN compiles a kernel for each layer and each shape of map. On an H200 this took four seconds for every new
shape of a NASNet's windows, of which a raster has several, and made them a third faster from then on.
"""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor, nn

from ...compute.kernels import convolution_as, replace_layers

_Module = TypeVar("_Module", bound=nn.Module)


class DepthwiseConv2d(nn.Conv2d):
    """A convolution without cuDNN."""

    def forward(self, map_BCHW: Tensor) -> Tensor:
        with torch.backends.cudnn.flags(enabled=False, allow_tf32=False):
            return super().forward(map_BCHW)


def without_cudnn(network: _Module) -> _Module:
    """``network``, whose depthwise convolutions are replaced by ones without cuDNN."""
    return replace_layers(network, _replacement)


def _replacement(layer: nn.Module) -> nn.Module | None:
    if type(layer) is nn.Conv2d and layer.groups == layer.in_channels > 1:
        return convolution_as(DepthwiseConv2d, layer)
    return None
