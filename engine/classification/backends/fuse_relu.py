"""Fused forms for CPUs: a convolution and the ReLU after it in one operation, and upsampling as a plain
convolution.

Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

import copy
from typing import cast

import torch
from torch import Tensor, nn

from ...compute.winograd import computes
from ...models import Network
from .subpixel import CellUpsampling, is_upsampling
from .winograd import WinogradConvolution


class ConvolutionReLU(nn.Module):
    """``convolution`` and then ReLU, on a CPU by oneDNN's convolution that does both."""

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.convolution = convolution
        self._joins = convolution.padding_mode == "zeros"

    def forward(self, map_BCHW: Tensor) -> Tensor:
        layer = self.convolution
        is_plain = type(layer) is nn.Conv2d  # `prepare_network` replaces some
        if not self._joins or not is_plain or torch.jit.is_tracing():  # type: ignore[attr-defined, no-untyped-call]
            made_BCHW: Tensor = layer(map_BCHW)
            return made_BCHW.relu_()
        dtype = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else torch.float32
        map_BCHW = map_BCHW.to(dtype).contiguous(
            memory_format=torch.channels_last
        )  # oneDNN would go pixel by pixel else
        bias = None if layer.bias is None else layer.bias.to(dtype)
        where = (layer.padding, layer.stride, layer.dilation, layer.groups)
        joined_BCHW: Tensor = torch.ops.mkldnn._convolution_pointwise(
            map_BCHW, layer.weight.to(dtype), bias, *where, "relu", [], ""
        )
        return joined_BCHW


def with_winograd(network: Network) -> Network:
    """A copy of a ``joined`` network that computes wide convolutions by Winograd's transforms; other weights
    are shared.
    """
    copied = _copied(network)
    for name, layer in [*copied.named_modules()]:
        convolution = layer.convolution if isinstance(layer, ConvolutionReLU) else layer
        if computes(convolution):
            copied.set_submodule(
                name, WinogradConvolution(cast("nn.Conv2d", convolution), relu=layer is not convolution)
            )
    return copied


def joined(network: Network) -> Network:
    """A copy of ``network``, which shares its weights, for computing on a CPU without gradients."""
    copied = _copied(network)
    for name, layer in [*copied.named_modules()]:
        if is_upsampling(layer):
            copied.set_submodule(name, CellUpsampling(cast("nn.ConvTranspose2d", layer)))
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return copied
    for sequence in [module for module in copied.modules() if type(module) is nn.Sequential]:
        places = [place for place, layer in enumerate(sequence) if not isinstance(layer, nn.Identity)]
        for place, after in zip(places, places[1:]):
            convolution = sequence[place]
            if type(convolution) is nn.Conv2d and type(sequence[after]) is nn.ReLU:
                sequence[place], sequence[after] = ConvolutionReLU(convolution), nn.Identity()
    return copied


def _copied(network: Network) -> Network:
    """A copy that shares the network's weights."""
    return copy.deepcopy(network, {id(weight): weight for weight in network.parameters()})
