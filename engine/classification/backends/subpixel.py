"""Learnt upsampling as an ordinary convolution, at which libraries for CPUs are much faster.

A transposed convolution by a kernel of twice its stride makes each output pixel from the two nearest cells
along each axis. One convolution by 3×3 cells gives all pixels of a cell as so many channels, which a pixel
shuffle spreads. Source: Shi et al., "Is the deconvolution layer the same as a convolutional layer?" (2016).
Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...compute.kernels import copy_network, replace_layers
from ...models import Network


def use_subpixel(network: Network) -> Network:
    """A copy of ``network`` with `SubpixelUpsampling` where it fits; other weights are shared."""
    return replace_layers(copy_network(network), _replacement)


def _replacement(layer: nn.Module) -> nn.Module | None:
    if is_upsampling(layer):
        assert isinstance(layer, nn.ConvTranspose2d)  # nosec B101 (mypy cannot see it)
        return SubpixelUpsampling(layer)
    return None


def is_upsampling(layer: nn.Module) -> bool:
    """Whether `SubpixelUpsampling` can replace ``layer``."""
    return (
        type(layer) is nn.ConvTranspose2d
        and layer.stride[0] == layer.stride[1]
        and layer.stride[0] % 2 == 0
        and layer.kernel_size == (2 * layer.stride[0],) * 2
        and layer.padding == (layer.stride[0] // 2,) * 2
        and layer.output_padding == (0, 0)
        and (layer.groups, layer.dilation) == (1, (1, 1))
    )


class SubpixelUpsampling(nn.Module):
    """The same function as ``upsampling``, by an ordinary convolution and a pixel shuffle."""

    def __init__(self, upsampling: nn.ConvTranspose2d) -> None:
        super().__init__()
        self.factor = upsampling.stride[0]
        self.weight = nn.Parameter(
            _cell_kernels(upsampling.weight.detach(), self.factor), requires_grad=False
        )
        bias = upsampling.bias
        self.bias = (
            None
            if bias is None
            else nn.Parameter(bias.detach().repeat_interleave(self.factor**2), requires_grad=False)
        )

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return F.pixel_shuffle(F.conv2d(map_BCHW, self.weight, self.bias, padding=1), self.factor)


def _cell_kernels(weight: Tensor, factor: int) -> Tensor:
    """The 3×3 kernels for the ``factor``² pixels of a cell.

    ``weight`` is that of a transposed convolution: inputs × outputs × 2 factor × 2 factor.
    """
    inputs, outputs, *_ = weight.shape
    # For pixel r of a cell, the cell at distance d has the kernel's element r + f/2 − d f, if there is one.
    elements = torch.arange(factor)[:, None] + factor // 2 - factor * torch.arange(-1, 2)
    there = (elements >= 0) & (elements < 2 * factor)
    rows = weight[:, :, elements.clamp(0, 2 * factor - 1)] * there[:, :, None]
    cells = rows[..., elements.clamp(0, 2 * factor - 1)] * there
    return cells.permute(1, 2, 4, 0, 3, 5).reshape(outputs * factor**2, inputs, 3, 3)
