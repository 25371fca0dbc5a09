"""Learnt upsampling as an ordinary convolution, which libraries for CPUs are far faster at.

A transposed convolution by a kernel twice its stride makes each output pixel of the two nearest cells along
each axis: one convolution of 3×3 cells gives all pixels of a cell, as so many channels. Source for that view:
Shi et al., "Is the deconvolution layer the same as a convolutional layer?" (2016). Legend: B batch, C
channels, H height, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def is_upsampling(layer: nn.Module) -> bool:
    """Whether `CellUpsampling` can stand for ``layer``."""
    return (
        type(layer) is nn.ConvTranspose2d
        and layer.stride[0] == layer.stride[1]
        and layer.stride[0] % 2 == 0
        and layer.kernel_size == (2 * layer.stride[0],) * 2
        and layer.padding == (layer.stride[0] // 2,) * 2
        and layer.output_padding == (0, 0)
        and (layer.groups, layer.dilation) == (1, (1, 1))
    )


class CellUpsampling(nn.Module):
    """What ``upsampling`` computes, cell by cell."""

    def __init__(self, upsampling: nn.ConvTranspose2d) -> None:
        super().__init__()
        self.factor = upsampling.stride[0]
        self.weight = nn.Parameter(_of_cells(upsampling.weight.detach(), self.factor), requires_grad=False)
        bias = upsampling.bias
        self.bias = (
            None
            if bias is None
            else nn.Parameter(bias.detach().repeat_interleave(self.factor**2), requires_grad=False)
        )

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return F.pixel_shuffle(F.conv2d(map_BCHW, self.weight, self.bias, padding=1), self.factor)


def _of_cells(weight: Tensor, factor: int) -> Tensor:
    """The 3×3 kernels for the ``factor``² pixels of a cell, out of a transposed convolution's (inputs,
    outputs, 2f, 2f).
    """
    inputs, outputs, *_ = weight.shape
    # Pixel r of a cell takes from the cell d further the kernel's element r + f/2 − d f, if there is one.
    elements = torch.arange(factor)[:, None] + factor // 2 - factor * torch.arange(-1, 2)
    there = (elements >= 0) & (elements < 2 * factor)
    rows = weight[:, :, elements.clamp(0, 2 * factor - 1)] * there[:, :, None]
    cells = rows[..., elements.clamp(0, 2 * factor - 1)] * there
    return cells.permute(1, 2, 4, 0, 3, 5).reshape(outputs * factor**2, inputs, 3, 3)
