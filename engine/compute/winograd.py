"""Winograd's convolutions by kernels of 3×3 px, for CPUs that compute in 32 bits only.

A tile of 4×4 output pixels takes 36 multiplications for each pair of channels instead of 144, and so do both
gradients. These are 36 products of matrices, at which every library for linear algebra is fast. Transforming
maps to tiles and back takes additions instead, so it is worth it only where there are many channels.

Source: Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, F(4×4, 3×3); the
gradient of the weights is the same algorithm, transposed. Legend: B batch, C channels in, H height, O
channels out, T tiles, W width; 36 are the 6×6 px that a tile is made from, 16 its own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

LEAST_CHANNELS = 64
"""With fewer channels, in or out, the transforms of maps take more time than they save."""
_TILE_PX, _SEEN_PX, _KERNEL_PX = 4, 6, 3
CHUNK_VALUES, _LEAST_TILES = 2**13, 64
"""Channels times tiles that one thread computes at a time, so that they stay in its cache."""
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


def supports_winograd(layer: nn.Module, least_channels: int = LEAST_CHANNELS) -> bool:
    """Whether ``layer`` is such a convolution, with ``least_channels`` in and out at least."""
    return (
        type(layer) is nn.Conv2d
        and (layer.kernel_size, layer.stride, layer.dilation, layer.groups) == ((3, 3), (1, 1), (1, 1), 1)
        and layer.padding in ((0, 0), (1, 1))
        and layer.padding_mode == "zeros"
        and min(layer.in_channels, layer.out_channels) >= least_channels
    )


def transform_kernels(weight_OCHW: Tensor) -> Tensor:
    """``weight_36CO``: the kernels that transformed tiles are multiplied by."""
    out, channels = weight_OCHW.shape[:2]
    kernel_369 = _transforms(weight_OCHW.dtype)[2]
    return torch.mm(kernel_369, weight_OCHW.permute(2, 3, 1, 0).reshape(9, -1)).view(-1, channels, out)


def convolve(
    map_BCHW: Tensor,
    weight_36CO: Tensor,
    padding_px: int,
    bias_O: Tensor | None = None,
    chunk_values: int = CHUNK_VALUES,
) -> Tensor:
    """``made_BOHW``: the convolution by kernels from `transform_kernels`, channels last in memory.

    Where a side is no multiple of a tile's, it is a view of a larger tensor.
    """
    read_3636, write_1636, _ = _transforms(map_BCHW.dtype)
    channels, out = weight_36CO.shape[1:]
    map_BHWC = map_BCHW.permute(0, 2, 3, 1)
    batch = len(map_BHWC)
    height, width = (px + 2 * padding_px - _KERNEL_PX + 1 for px in map_BCHW.shape[2:])
    rows, columns = -(-height // _TILE_PX), -(-width // _TILE_PX)
    shape = batch, out, rows * _TILE_PX, columns * _TILE_PX
    made_BOHW = torch.empty(shape, dtype=map_BCHW.dtype, memory_format=torch.channels_last)
    made_BHWO = made_BOHW.permute(0, 2, 3, 1)
    for images, first, last in _chunks(batch, rows, columns, chunk_values // max(channels, out)):
        read_36TC = torch.mm(read_3636, _seen(map_BHWC[images], first, last, columns, padding_px))
        product_36TO = torch.bmm(read_36TC.view(_SEEN_PX**2, -1, channels), weight_36CO)
        tiles_16TO = torch.mm(write_1636, product_36TO.flatten(1)).view(_TILE_PX**2, -1, out)
        if bias_O is not None:
            tiles_16TO += bias_O
        tiles = tiles_16TO.view(_TILE_PX, _TILE_PX, -1, last - first, columns, out)
        _tiled(made_BHWO[images, _pixels(first, last)]).copy_(tiles)
    return made_BOHW if (height, width) == shape[2:] else made_BOHW[..., :height, :width]


def weight_gradient(gradient_BOHW: Tensor, map_BCHW: Tensor, padding_px: int, chunk_values: int) -> Tensor:
    """The gradient ``weight_OCHW`` of a convolution of ``map_BCHW``, from that of its output."""
    read_3636, write_1636, kernel_369 = _transforms(map_BCHW.dtype)
    map_BHWC, gradient_BHWO = map_BCHW.permute(0, 2, 3, 1), gradient_BOHW.permute(0, 2, 3, 1)
    channels, (batch, height, width, out) = map_BHWC.shape[-1], gradient_BHWO.shape
    rows, columns = -(-height // _TILE_PX), -(-width // _TILE_PX)
    if (height, width) != (rows * _TILE_PX, columns * _TILE_PX):
        missing = rows * _TILE_PX - height, columns * _TILE_PX - width
        gradient_BHWO = functional.pad(gradient_BHWO, (0, 0, 0, missing[1], 0, missing[0]))
    found_36CO = map_BHWC.new_zeros(_SEEN_PX**2, channels, out)
    for images, first, last in _chunks(batch, rows, columns, chunk_values // max(channels, out)):
        read_36TC = torch.mm(read_3636, _seen(map_BHWC[images], first, last, columns, padding_px))
        tiles = _tiled(gradient_BHWO[images, _pixels(first, last)]).reshape(_TILE_PX**2, -1)
        write_36TO = torch.mm(write_1636.t(), tiles).view(_SEEN_PX**2, -1, out)
        found_36CO.baddbmm_(read_36TC.view(_SEEN_PX**2, -1, channels).transpose(1, 2), write_36TO)
    found_9CO = torch.mm(kernel_369.t(), found_36CO.flatten(1))
    return found_9CO.view(_KERNEL_PX, _KERNEL_PX, channels, out).permute(3, 2, 0, 1)


def _chunks(batch: int, rows: int, columns: int, wished: int) -> Iterator[tuple[slice, int, int]]:
    """Images and rows of tiles (first, last) to compute at a time: of one image or of several small ones.

    Each thread has about ``wished`` tiles.
    """
    tiles = max(_LEAST_TILES, wished) * torch.get_num_threads()
    images, step = max(1, tiles // (rows * columns)), max(1, tiles // columns)
    for image in range(0, batch, images):
        for first in range(0, rows, step):
            yield slice(image, image + images), first, min(first + step, rows)


def _pixels(first: int, last: int) -> slice:
    """The rows of pixels in some rows of tiles."""
    return slice(first * _TILE_PX, last * _TILE_PX)


def _seen(map_BHWC: Tensor, first: int, last: int, columns: int, padding_px: int) -> Tensor:
    """The pixels that some rows of tiles are made from, zero beyond the maps, as (36, T · C)."""
    batch, height, width, channels = map_BHWC.shape
    sides = ((last - first) * _TILE_PX + _KERNEL_PX - 1, columns * _TILE_PX + _KERNEL_PX - 1)
    padded_BHWC = map_BHWC.new_zeros(batch, *sides, channels)
    top = first * _TILE_PX - padding_px
    start, stop = max(0, top), min(height, top + sides[0])
    inside = (slice(None), slice(start - top, stop - top), slice(padding_px, padding_px + width))
    padded_BHWC[inside] = map_BHWC[:, start:stop]
    b, y, x, _ = padded_BHWC.stride()
    shape = (_SEEN_PX, _SEEN_PX, batch, last - first, columns, channels)
    return padded_BHWC.as_strided(shape, (y, x, b, _TILE_PX * y, _TILE_PX * x, 1)).reshape(_SEEN_PX**2, -1)


def _tiled(map_BHWO: Tensor) -> Tensor:
    """The pixels of tiles side by side, as (4, 4, B, rows, columns, O)."""
    batch, height, width, out = map_BHWO.shape
    b, y, x, o = map_BHWO.stride()
    shape = (_TILE_PX, _TILE_PX, batch, height // _TILE_PX, width // _TILE_PX, out)
    return map_BHWO.as_strided(shape, (y, x, b, _TILE_PX * y, _TILE_PX * x, o), map_BHWO.storage_offset())


@functools.cache
def _transforms(dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
    """The matrices that transform pixels, products and kernels, for both dimensions at once."""
    read, write, kernel = (torch.tensor(matrix, dtype=torch.float64) for matrix in (_INPUT, _OUTPUT, _KERNEL))
    kernel /= 24
    found_3636, found_1636, found_369 = (torch.kron(one, one).to(dtype) for one in (read, write, kernel))
    return found_3636, found_1636, found_369
