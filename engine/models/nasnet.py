"""NASNet-A: an image classification network built from two kinds of cell, which were found by search.

A normal cell keeps the size of its map, a reduction cell halves it; both read the outputs of the two cells
before them. Parameters have the names of the published weights of the mobile and the large network.
Source: "Learning Transferable Architectures for Scalable Image Recognition" (Zoph, Vasudevan, Shlens & Le,
CVPR 2018), section 4 and appendix A. Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .reach import Reach


class Plan(NamedTuple):
    """The channels and the reach of a map, known without computing it."""

    channels: int
    reach: Reach


_Map = TypeVar("_Map", Plan, Tensor)


def norm(channels: int) -> nn.BatchNorm2d:
    """Batch norm with the ``eps`` of the published networks."""
    return nn.BatchNorm2d(channels, eps=1e-3)


def squeeze(before: int, after: int) -> nn.Sequential:
    """ReLU, a 1×1 convolution from ``before`` to ``after`` channels, and batch norm."""
    layers = OrderedDict[str, nn.Module](
        relu=nn.ReLU(), conv=nn.Conv2d(before, after, 1, bias=False), bn=norm(after)
    )
    return nn.Sequential(layers)


def pad_to_halve(map_BCHW: Tensor, kernel: int) -> Tensor:
    """Pad ``map_BCHW`` for a stride of 2: equally on both sides if odd, by one less at the start if even."""
    height, width = map_BCHW.shape[-2:]
    most = kernel // 2
    return F.pad(map_BCHW, (most - 1 + width % 2, most, most - 1 + height % 2, most))


def pool_to_half(pool: str, map_BCHW: Tensor) -> Tensor:
    """3×3 pooling (``max`` or mean) with stride 2, padded as in `pad_to_halve`; padding does not count."""
    height, width = map_BCHW.shape[-2:]
    padding = (height % 2, width % 2)
    if pool == "max":
        return F.max_pool2d(map_BCHW, 3, 2, padding, ceil_mode=True)
    return F.avg_pool2d(map_BCHW, 3, 2, padding, ceil_mode=True, count_include_pad=False)


def mean_pool(map_BCHW: Tensor) -> Tensor:
    """The mean over 3×3 elements with stride 1; elements beyond the map do not count."""
    return F.avg_pool2d(map_BCHW, 3, 1, 1, count_include_pad=False)


class Separable(nn.Module):
    """A depthwise convolution, then a pointwise one."""

    def __init__(self, before: int, after: int, kernel: int, stride: int) -> None:
        super().__init__()
        padding = kernel // 2 if stride == 1 else 0
        self.depthwise_conv2d = nn.Conv2d(before, before, kernel, stride, padding, groups=before, bias=False)
        self.pointwise_conv2d = nn.Conv2d(before, after, 1, bias=False)

    def forward(self, map_BCHW: Tensor) -> Tensor:
        kernel, stride = self.depthwise_conv2d.kernel_size[0], self.depthwise_conv2d.stride[0]
        padded_BCHW = map_BCHW if stride == 1 else pad_to_halve(map_BCHW, kernel)
        across_BCHW: Tensor = self.pointwise_conv2d(self.depthwise_conv2d(padded_BCHW))
        return across_BCHW


class Separables(nn.Module):
    """ReLU, separable convolution and batch norm, twice; the first has the stride."""

    def __init__(self, before: int, after: int, kernel: int, stride: int = 1) -> None:
        super().__init__()
        self.separable_1 = Separable(before, after, kernel, stride)
        self.bn_sep_1 = norm(after)
        self.separable_2 = Separable(after, after, kernel, 1)
        self.bn_sep_2 = norm(after)

    def forward(self, map_BCHW: Tensor) -> Tensor:
        once_BCHW = self.bn_sep_1(self.separable_1(F.relu(map_BCHW)))
        twice_BCHW: Tensor = self.bn_sep_2(self.separable_2(F.relu(once_BCHW)))
        return twice_BCHW


class Cell(nn.Module):
    """Base of both cells: brings its two inputs, ``h`` and ``p``, to ``filters`` channels and to one size.

    ``h`` is the output of the cell before, ``p`` that of the cell before that one. The very first cell has
    one map for both, and takes it unchanged for ``p``.
    """

    plan: Plan
    """Channels and reach of the cell's output."""

    def __init__(self, current: Plan, previous: Plan, filters: int) -> None:
        super().__init__()
        self.conv_1x1 = squeeze(current.channels, filters)
        self.h, self.p = current.reach, previous.reach
        self.p_channels = previous.channels if current == previous else filters
        self.halves = self.p.step < self.h.step
        if self.halves:
            self.p = self.p.through(2, 2)
            self.path_1, self.path_2 = (
                nn.Sequential(OrderedDict(conv=nn.Conv2d(previous.channels, filters // 2, 1, bias=False)))
                for _ in range(2)
            )
            self.final_path_bn = norm(filters)
        else:
            self.conv_prev_1x1 = nn.Identity() if current == previous else squeeze(previous.channels, filters)

    def sources(self, current_BCHW: Tensor, previous_BCHW: Tensor) -> tuple[Tensor, Tensor]:
        """The cell's inputs ``h`` and ``p``, with the same channels and size.

        If ``p`` must be halved, half of its channels are computed from the even elements and the other half
        from the odd ones.
        """
        h_BCHW = self.conv_1x1(current_BCHW)
        if not self.halves:
            return h_BCHW, self.conv_prev_1x1(previous_BCHW)
        even_BCHW = F.relu(previous_BCHW)
        odd_BCHW = F.pad(even_BCHW, (-1, 1, -1, 1))
        paths = [self.path_1(even_BCHW[..., ::2, ::2]), self.path_2(odd_BCHW[..., ::2, ::2])]
        return h_BCHW, self.final_path_bn(torch.cat(paths, dim=1))


class NormalCell(Cell):
    """Five sums of convolutions and means, and ``p`` beside them: 6·``filters`` channels."""

    def __init__(self, current: Plan, previous: Plan, filters: int) -> None:
        super().__init__(current, previous, filters)
        self.comb_iter_0_left = Separables(filters, filters, 5)
        self.comb_iter_0_right = Separables(filters, filters, 3)
        self.comb_iter_1_left = Separables(filters, filters, 5)
        self.comb_iter_1_right = Separables(filters, filters, 3)
        self.comb_iter_4_left = Separables(filters, filters, 3)
        self.plan = Plan(6 * filters, (self.h | self.p).through(5).through(5))

    def forward(self, current_BCHW: Tensor, previous_BCHW: Tensor) -> Tensor:
        h, p = self.sources(current_BCHW, previous_BCHW)
        sums = [
            self.comb_iter_0_left(h) + self.comb_iter_0_right(p),
            self.comb_iter_1_left(p) + self.comb_iter_1_right(p),
            mean_pool(h) + p,
            2 * mean_pool(p),
            self.comb_iter_4_left(h) + h,
        ]
        return torch.cat([p, *sums], dim=1)


class ReductionCell(Cell):
    """Four sums of convolutions and poolings at half the size: 4·``filters`` channels."""

    def __init__(self, current: Plan, previous: Plan, filters: int) -> None:
        super().__init__(current, previous, filters)
        self.comb_iter_0_left = Separables(filters, filters, 5, 2)
        self.comb_iter_0_right = Separables(self.p_channels, filters, 7, 2)
        self.comb_iter_1_right = Separables(self.p_channels, filters, 7, 2)
        self.comb_iter_2_right = Separables(self.p_channels, filters, 5, 2)
        self.comb_iter_4_left = Separables(filters, filters, 3)
        # What `conv0` gives has odd sides, and is padded alike at both ends.
        odd = self.h.step == 2
        fives = self.h.through(5, 2, 2 if odd else None).through(5)
        sevens = self.p.through(7, 2, 3 if odd else None).through(7)
        self.plan = Plan(4 * filters, (fives | sevens).through(3).through(3))

    def forward(self, current_BCHW: Tensor, previous_BCHW: Tensor) -> Tensor:
        h, p = self.sources(current_BCHW, previous_BCHW)
        first, highest = self.comb_iter_0_left(h) + self.comb_iter_0_right(p), pool_to_half("max", h)
        second = highest + self.comb_iter_1_right(p)
        sums = [
            second,
            pool_to_half("average", h) + self.comb_iter_2_right(p),
            mean_pool(first) + second,
            self.comb_iter_4_left(first) + highest,
        ]
        return torch.cat(sums, dim=1)


class NASNet(nn.Module):
    """NASNet-A with ``cells`` normal cells at each of the strides 8, 16 and 32; ``filters`` double each time.

    ``stem`` is the number of channels of the first convolution. The input ``h`` of the cell after a reduction
    cell is the reduction's output; its ``p`` is the reduction's own ``h`` (in the mobile network) or, if
    ``passes``, the reduction's own ``p`` (in the large one). A call yields each cell's name and map in turn:
    an image of 32·n pixels a side gives maps of 8·n, 4·n, 2·n and n elements a side. For other sizes these
    are rounded up, and the elements lie at other places of the image.
    """

    def __init__(self, bands: int, filters: int, cells: int, stem: int, passes: bool) -> None:
        super().__init__()
        self.passes = passes
        self.conv0 = nn.Sequential(OrderedDict(conv=nn.Conv2d(bands, stem, 3, 2, bias=False), bn=norm(stem)))
        self.cells: dict[str, Plan] = {}
        previous = current = Plan(stem, Reach().through(3, 2, 0))
        for name, kind, width in layout(filters, cells):
            cell = kind(current, previous, width)
            self.add_module(name, cell)
            self.cells[name] = cell.plan
            previous, current = self._next(name, previous, current), cell.plan

    def forward(self, image_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        previous_BCHW = current_BCHW = self.conv0(image_BCHW)
        for name in self.cells:
            map_BCHW = self.get_submodule(name)(current_BCHW, previous_BCHW)
            yield name, map_BCHW
            previous_BCHW, current_BCHW = self._next(name, previous_BCHW, current_BCHW), map_BCHW

    def _next(self, name: str, previous: _Map, current: _Map) -> _Map:
        """The map that becomes ``p`` of the cell after ``name``."""
        return previous if self.passes and name.startswith("reduction") else current


def layout(filters: int, cells: int) -> Iterator[tuple[str, type[NormalCell | ReductionCell], int]]:
    """Name, class and filters of each cell; the numbers of a stage start at a multiple of 6, as published."""
    yield "cell_stem_0", ReductionCell, filters // 4
    yield "cell_stem_1", ReductionCell, filters // 2
    for stage in range(3):
        if stage:
            yield f"reduction_cell_{stage - 1}", ReductionCell, filters * 2**stage
        for number in range(cells):
            yield f"cell_{stage * max(6, cells) + number}", NormalCell, filters * 2**stage
