"""Convolutions by kernels of 3×3 px with fewer multiplications, for CPUs that compute in 32 bits only.

A tile of 4×4 output pixels needs 36 multiplications for each pair of channels instead of 144. What is left is 36 products of
matrices, which every library for linear algebra is fast at. Transforming maps to tiles and back costs additions instead, so it
is worth it only where there are many channels.
Source: Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, F(4×4, 3×3).
Legend: B batch, C channels in, H height, O channels out, T tiles, W width; 36 are the 6×6 px that a tile sees.
"""

from __future__ import annotations

import functools

import torch
from torch import Tensor, nn

_TILE_PX, _SEEN_PX = 4, 6
_LEAST_CHANNELS = 64
"""With fewer, in or out, the transforms cost more than they save."""
_CHUNK_VALUES = 2**13
"""Channels times tiles that one thread transforms and multiplies at a time: so much stays in its cache."""
_LEAST_TILES = 64
_INPUT = (
    (4, 0, -5, 0, 1, 0),
    (0, -4, -4, 1, 1, 0),
    (0, 4, -4, -1, 1, 0),
    (0, -2, -1, 2, 1, 0),
    (0, 2, -1, -2, 1, 0),
    (0, 4, 0, -5, 0, 1),
)
_KERNEL = ((6, 0, 0), (-4, -4, -4), (-4, 4, -4), (1, 2, 4), (1, -2, 4), (0, 0, 24))
"""Times 24."""
_OUTPUT = ((1, 1, 1, 1, 1, 0), (0, 1, -1, 2, -2, 0), (0, 1, 1, 4, 4, 0), (0, 1, -1, 8, -8, 1))


def gains_by_winograd(layer: nn.Module) -> bool:
    """Whether `WinogradConvolution` computes ``layer``, and is likely to be faster."""
    return (
        type(layer) is nn.Conv2d
        and (layer.kernel_size, layer.stride, layer.dilation, layer.groups) == ((3, 3), (1, 1), (1, 1), 1)
        and layer.padding in ((0, 0), (1, 1))
        and layer.padding_mode == "zeros"
        and min(layer.in_channels, layer.out_channels) >= _LEAST_CHANNELS
    )


class WinogradConvolution(nn.Module):
    """``convolution``, and ReLU after it if ``relu``, in 32 bits; differs from it by rounding alone (some 1e-5 of the values)."""

    def __init__(self, convolution: nn.Conv2d, relu: bool) -> None:
        super().__init__()
        self.padding_px, self.relu = int(convolution.padding[0]), relu
        self.weight = nn.Parameter(_transformed(convolution.weight.detach()), requires_grad=False)
        bias = convolution.bias
        self.bias = None if bias is None else nn.Parameter(bias.detach().float(), requires_grad=False)

    def forward(self, map_BCHW: Tensor) -> Tensor:
        map_BHWC = map_BCHW.permute(0, 2, 3, 1).contiguous()
        height, width = (size + 2 * self.padding_px - 2 for size in map_BHWC.shape[1:3])
        rows, columns = -(-height // _TILE_PX), -(-width // _TILE_PX)
        made_BHWO = map_BHWC.new_empty(len(map_BHWC), rows * _TILE_PX, columns * _TILE_PX, self.weight.shape[-1])
        tiles = max(_LEAST_TILES, _CHUNK_VALUES // max(self.weight.shape[1:])) * torch.get_num_threads()
        step = max(1, tiles // columns)
        for map_HWC, made_HWO in zip(map_BHWC, made_BHWO):
            for first in range(0, rows, step):
                last = min(first + step, rows)
                self._compute(map_HWC, first, made_HWO[first * _TILE_PX : last * _TILE_PX])
        return made_BHWO[:, :height, :width].permute(0, 3, 1, 2)

    def _compute(self, map_HWC: Tensor, first: int, made_HWO: Tensor) -> None:
        """Fill ``made_HWO``, whole rows of tiles, the first of which is the map's ``first``."""
        rows, columns, channels = *(size // _TILE_PX for size in made_HWO.shape[:2]), map_HWC.shape[-1]
        seen_HWC = _padded(map_HWC, first * _TILE_PX - self.padding_px, self.padding_px, rows, columns)
        y, x, _ = seen_HWC.stride()
        shape = (_SEEN_PX, _SEEN_PX, rows, columns, channels)
        seen_36TC = seen_HWC.as_strided(shape, (y, x, _TILE_PX * y, _TILE_PX * x, 1)).reshape(_SEEN_PX**2, -1)
        input_3636, output_1636 = _transforms()
        transformed_36TC = torch.mm(input_3636, seen_36TC).view(_SEEN_PX**2, rows * columns, channels)
        product_36TO = torch.bmm(transformed_36TC, self.weight)
        made_16TO = torch.mm(output_1636, product_36TO.flatten(1)).view(_TILE_PX**2, rows * columns, -1)
        if self.bias is not None:
            made_16TO += self.bias
        if self.relu:
            made_16TO.relu_()
        tiles = made_16TO.view(_TILE_PX, _TILE_PX, rows, columns, -1)
        made_HWO.view(rows, _TILE_PX, columns, _TILE_PX, -1).copy_(tiles.permute(2, 0, 3, 1, 4))


def _padded(map_HWC: Tensor, top: int, left: int, rows: int, columns: int) -> Tensor:
    """What tiles see of a map from its row ``top`` on, with zeros beyond the map."""
    height, width, channels = map_HWC.shape
    seen_HWC = map_HWC.new_zeros(rows * _TILE_PX + 2, columns * _TILE_PX + 2, channels)
    start, stop = max(0, top), min(height, top + len(seen_HWC))
    seen_HWC[start - top : stop - top, left : left + width] = map_HWC[start:stop]
    return seen_HWC


def _transformed(weight_OCHW: Tensor) -> Tensor:
    """The kernels for products with transformed tiles, ``weight_36CO``."""
    kernel = torch.tensor(_KERNEL, dtype=torch.float64) / 24
    weight = torch.einsum("yi,xj,ocij->yxco", kernel, kernel, weight_OCHW.double())
    return weight.flatten(0, 1).float().contiguous()


@functools.cache
def _transforms() -> tuple[Tensor, Tensor]:
    """Of tiles, both dimensions at once: from the map, and back to it."""
    read, write = (torch.tensor(matrix, dtype=torch.float32) for matrix in (_INPUT, _OUTPUT))
    return torch.kron(read, read), torch.kron(write, write)
