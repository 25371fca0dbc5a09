"""Makes a tile from windows of logits: from one that has all the context, or from several by blending.

Windows lie on a grid that begins at the raster's corner, so the scores of a pixel do not depend on its tile
and there is no seam between tiles. One case is left: a network whose halo exceeds `_LARGEST_HALO_PX` has only
`_CONTEXT_PX` of context where blending is switched off, so pixels beside a border have different contexts.

Legend: H height, K classes, S side of a window, W width.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

import torch
from torch import Tensor

from ..core.windows import Window, round_up
from ..models import Network

_LARGEST_HALO_PX = 512
_MIRRORED_PX = 16
"""Pixels beyond the image's edge, mirrored, that a network is given at least.

With all its context beyond the edge, maps were no better: on 512 px pieces of Banepa, 96.4 % of the outer
32 px had the labels that they have within the whole image, with 16 px 96.7 %, with none 96.5 %.
"""
_CONTEXT_PX = 128
"""Context for networks whose halo exceeds `_LARGEST_HALO_PX`: far pixels matter little, seams may show."""


class WindowBlend(ABC):
    """Windows of the logits map from which a tile is made; ``context_px`` is the context around each."""

    context_px: int

    @abstractmethod
    def windows(self, tile: Window) -> list[Window]:
        """The windows that ``tile`` is made from; with their context, the network accepts their sizes."""

    @abstractmethod
    def merge(self, scores: Iterable[tuple[Window, Tensor]], tile: Window) -> Tensor:
        """``scores_KHW`` of ``tile`` from the scores of its `windows`."""

    def with_context(self, window: Window) -> Window:
        """The part of the image that the network is given for a window."""
        return window.grow(self.context_px)

    def input_window(self, tile: Window) -> Window:
        """The part of the image that ``tile`` depends on."""
        return bounding([self.with_context(window) for window in self.windows(tile)])


def window_blend(
    network: Network, blend: bool | None, side_px: int, image: Window | None = None
) -> WindowBlend:
    """Blended windows if ``blend``, one window if not; None blends where the network's halo is too large.

    ``side_px`` is about the side of blended windows. ``image`` is where there are pixels, and not only their
    mirror image; None stands for everywhere.
    """
    far = network.halo_px > _LARGEST_HALO_PX
    if far if blend is None else blend:
        return OverlapBlend(network, side_px, image)
    limited_px = network.margin_px + round_up(_CONTEXT_PX, network.multiple_px)
    return SingleWindow(network, limited_px if far else network.halo_px, image)


class SingleWindow(WindowBlend):
    """One window: the tile, extended to the cells of the network.

    A network that pads has learnt what the edge of a patch looks like. So it is given `_MIRRORED_PX` beyond
    the edge of the ``image`` and no more, the same for all tiles.
    """

    def __init__(self, network: Network, context_px: int, image: Window | None = None) -> None:
        self.network, self.context_px = network, context_px
        self._limit: Window | None = None
        if image and network.uses_padding and not network.remainder_px:
            (x, width), (y, height) = self._along(image.x, image.right), self._along(image.y, image.bottom)
            mirrored_px = network.margin_px + round_up(_MIRRORED_PX, network.multiple_px)
            self._limit = Window(x, y, width, height).grow(mirrored_px)

    def with_context(self, window: Window) -> Window:
        wished = window.grow(self.context_px)
        return wished.intersect(self._limit) if self._limit else wished

    def windows(self, tile: Window) -> list[Window]:
        (x, width), (y, height) = self._along(tile.x, tile.right), self._along(tile.y, tile.bottom)
        return [Window(x, y, width, height)]

    def merge(self, scores: Iterable[tuple[Window, Tensor]], tile: Window) -> Tensor:
        ((window, scores_KHW),) = scores
        return scores_KHW[(..., *tile.within(window))]

    def _along(self, start: int, stop: int) -> tuple[int, int]:
        start -= start % self.network.multiple_px
        beyond_px = 2 * (self.context_px - self.network.margin_px)
        return start, self.network.valid_size(stop - start + beyond_px) - beyond_px


class OverlapBlend(WindowBlend):
    """Windows of one size that overlap by a quarter of a side at least, and pass into one another.

    The first begin and the last end where the ``image`` does, up to a cell of the network; the others lie
    evenly between. So nothing is blended at edges, and the windows do not depend on the tiles. Source: for
    sliding windows whose scores are added up, "Aerial Image Semantic Segmentation Using Neural Search Network
    Architecture" (MIWAI 2018), section 4. There all pixels of a window have the same weight, and its borders
    show.
    """

    def __init__(self, network: Network, side_px: int, image: Window | None = None) -> None:
        self.context_px = network.margin_px
        spans = ((image.x, image.right), (image.y, image.bottom)) if image else (None, None)
        self._across, self._down = (_AxisWindows(network, side_px, span) for span in spans)

    def windows(self, tile: Window) -> list[Window]:
        width, height = self._across.side_px, self._down.side_px
        xs, ys = self._across.starts(tile.x, tile.right), self._down.starts(tile.y, tile.bottom)
        return [Window(x, y, width, height) for y in ys for x in xs]

    def merge(self, scores: Iterable[tuple[Window, Tensor]], tile: Window) -> Tensor:
        blended_KHW: Tensor | None = None
        for window, scores_KHW in scores:
            if blended_KHW is None:
                blended_KHW = scores_KHW.new_zeros(len(scores_KHW), tile.height, tile.width)
                weights_W, weights_H = (
                    along.weights_S.to(scores_KHW.device) for along in (self._across, self._down)
                )
                sums_W = self._across.sums(tile.x, tile.right).to(scores_KHW.device)
                sums_H = self._down.sums(tile.y, tile.bottom).to(scores_KHW.device)
            shared = window.intersect(tile)
            (rows, columns), (down, across) = shared.within(window), shared.within(tile)
            share_H, share_W = weights_H[rows] / sums_H[down], weights_W[columns] / sums_W[across]
            blended_KHW[:, down, across] += scores_KHW[:, rows, columns] * share_H[:, None] * share_W
        assert blended_KHW is not None  # nosec B101 (a tile meets at least one window)
        return blended_KHW


class _AxisWindows:
    """Windows along one axis: where they begin, and the weight of each pixel. No ``span`` means no ends."""

    def __init__(self, network: Network, side_px: int, span: tuple[int, int] | None) -> None:
        first, stop = span or (0, 0)
        self._cell_px = network.multiple_px
        self._first = first // self._cell_px * self._cell_px
        self.side_px = network.valid_size(min(side_px, stop - self._first) if span else side_px)
        self._step_px = max(1, 3 * self.side_px // 4 // self._cell_px) * self._cell_px
        self._number, self._last_cell = None, 0
        if span:
            self._last_cell = max(0, -((self._first + self.side_px - stop) // self._cell_px))
            self._number = 1 + -(-self._last_cell * self._cell_px // self._step_px)
        risen_S = ((torch.arange(self.side_px) + 0.5) / max(1, self.side_px - self._step_px)).clamp(max=1)
        rise_S = torch.sin(torch.pi / 2 * risen_S).square()
        self.weights_S = rise_S * rise_S.flip(0)

    def starts(self, start: int, stop: int) -> list[int]:
        """The first pixels of the windows that meet pixels from ``start`` to ``stop``."""
        if self._number is None:
            number = (start - self.side_px) // self._step_px + 1
            return list(range(number * self._step_px, stop, self._step_px))
        cells = (n * self._last_cell // max(1, self._number - 1) for n in range(self._number))
        all_starts = (self._first + cell * self._cell_px for cell in cells)
        return [place for place in all_starts if place < stop and place + self.side_px > start]

    def sums(self, first: int, stop: int) -> Tensor:
        """The sum of all windows' weights at each pixel from ``first`` to ``stop``."""
        sums = torch.zeros(stop - first)
        for start in self.starts(first, stop):
            low, high = max(first, start), min(stop, start + self.side_px)
            shared, within = slice(low - first, high - first), slice(low - start, high - start)
            sums[shared] += self.weights_S[within]
        return sums


def bounding(windows: list[Window]) -> Window:
    """The smallest window that contains all ``windows``."""
    x, y = min(window.x for window in windows), min(window.y for window in windows)
    right, bottom = max(window.right for window in windows), max(window.bottom for window in windows)
    return Window(x, y, right - x, bottom - y)
