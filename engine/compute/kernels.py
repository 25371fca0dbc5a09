"""Prepares networks for a device, and replaces layers that its libraries compute wrongly.

Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from .device import Device

_Network = TypeVar("_Network", bound=nn.Module)
_MANY_CHANNELS, _FEW_CHANNELS = 2048, 16
_SETTINGS = (
    "in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "padding_mode",
)  # fmt: skip


def prepare_network(network: nn.Module, device: Device) -> None:
    """Move ``network`` to ``device`` in the memory format that convolutions are fastest in.

    Layers that a CPU computes wrongly in 16 bits are replaced by others of the same names and parameters.
    """
    network.to(device.backend, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if device.backend.type == "cpu" and device.half:
        replace_layers(network, _in_32_bits)


def copy_network(network: _Network) -> _Network:
    """A copy of ``network`` that shares its parameters."""
    return copy.deepcopy(network, {id(parameter): parameter for parameter in network.parameters()})


def replace_layers(network: _Network, replacement: Callable[[nn.Module], nn.Module | None]) -> _Network:
    """``network`` with each layer replaced by what ``replacement`` gives for it; None keeps the layer."""
    for name, layer in list(network.named_modules(remove_duplicate=False)):
        if name and (replaced := replacement(layer)) is not None:
            network.set_submodule(name, replaced)
    return network


def convolution_as(kind: type[nn.Module], layer: nn.Conv2d | nn.ConvTranspose2d) -> nn.Module:
    """``layer`` as a ``kind``, a subclass of its class, with the same settings and the same parameters."""
    settings: dict[str, Any] = {name: getattr(layer, name) for name in _SETTINGS}
    if isinstance(layer, nn.ConvTranspose2d):
        settings["output_padding"] = layer.output_padding
    made: Any = kind(**settings, bias=layer.bias is not None, device="meta").train(layer.training)
    made.weight, made.bias = layer.weight, layer.bias
    return made


class Float32Conv2d(nn.Conv2d):
    """A convolution in 32 bits, in autocast too."""

    def forward(self, map_BCHW: Tensor) -> Tensor:
        with torch.autocast(map_BCHW.device.type, enabled=False):
            return super().forward(map_BCHW.float())


class Float32ConvTranspose2d(nn.ConvTranspose2d):
    """A transposed convolution in 32 bits, in autocast too."""

    def forward(self, map_BCHW: Tensor, output_size: list[int] | None = None) -> Tensor:
        with torch.autocast(map_BCHW.device.type, enabled=False):
            return super().forward(map_BCHW.float(), output_size)


def _in_32_bits(layer: nn.Module) -> nn.Module | None:
    """A layer in 32 bits for one that CPUs with AMX may compute wrongly in bfloat16; None for all others.

    With oneDNN as in PyTorch 2.13, convolutions by kernels of 8, 12 or 16 px of 4 channels or more gave
    noise, and so did those of 4 px with a stride of 4; which channels and paddings are concerned follows no
    simple rule. Kernels of 1 to 7 and of 9 px were right otherwise, and so was all without AMX. A transposed
    convolution's gradient is a convolution. Gradients of weights from over 2048 channels to fewer than 16
    wrote beyond their memory, and ended the process.
    """
    if type(layer) not in (nn.Conv2d, nn.ConvTranspose2d):
        return None
    assert isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d))  # nosec B101 (mypy cannot see it)
    is_transposed = isinstance(layer, nn.ConvTranspose2d)
    channels = layer.out_channels if is_transposed else layer.in_channels
    kernel_px = max(layer.kernel_size)
    is_noise = channels >= 4 and kernel_px % 4 == 0 and (kernel_px >= 8 or max(layer.stride) == 4)
    if not is_noise and (layer.in_channels < _MANY_CHANNELS or layer.out_channels >= _FEW_CHANNELS):
        return None
    return convolution_as(Float32ConvTranspose2d if is_transposed else Float32Conv2d, layer)
