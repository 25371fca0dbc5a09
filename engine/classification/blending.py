"""Which windows of logits a core is made from: one that sees all there is to see, or many that overlap and
are blended.

Both lie on a grid that begins at the raster's corner, so a pixel's result does not depend on the core that it
is in. Legend: K classes, S side of a window, H height, W width.
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
"""Of an image's mirror image beyond its edge, at least. With all that a network sees of it maps were no
better: on 512 px pieces of Banepa 96.4 % of the outer 32 px had the labels they have within the whole, with
16 px 96.7 %, with none 96.5 %.
"""
_CONTEXT_PX = 128
"""Context where a network sees farther than `_LARGEST_HALO_PX`: far pixels then matter little, but seams are
not ruled out.
"""


class Layout(ABC):
    """Of windows on an endless grid, in pixels of the logits map; ``context_px`` around each is what the
    network is given.
    """

    context_px: int

    @abstractmethod
    def windows(self, core: Window) -> list[Window]:
        """All that ``core`` is made from; their sides are such that the network accepts them with their
        context.
        """

    @abstractmethod
    def joined(self, parts: Iterable[tuple[Window, Tensor]], core: Window) -> Tensor:
        """``scores_KHW`` of ``core`` from those of its `windows`."""

    def given(self, window: Window) -> Window:
        """The part of the image that the network is given for one of the windows."""
        return window.grow(self.context_px)

    def needed(self, core: Window) -> Window:
        """The part of the image that ``core`` is made from."""
        return bounding([self.given(window) for window in self.windows(core)])


def layout(network: Network, blend: bool | None, side_px: int, image: Window | None = None) -> Layout:
    """Blended where ``blend`` says so or, if it is None, where the network sees too far to be given all of
    that.

    ``image`` is where there is more than a mirror image to see; everywhere, if it is None.
    """
    far = network.halo_px > _LARGEST_HALO_PX
    if far if blend is None else blend:
        return OverlapBlend(network, side_px, image)
    return SingleWindow(
        network,
        network.margin_px + round_up(_CONTEXT_PX, network.multiple_px) if far else network.halo_px,
        image,
    )


class SingleWindow(Layout):
    """The core itself, begun and ended where the network's cells do.

    A network that pads has learnt what it is like where a patch ends. So it is given `_MIRRORED_PX` beyond
    the end of the ``image``, and no more: the same for all cores, whatever they are.
    """

    def __init__(self, network: Network, context_px: int, image: Window | None = None) -> None:
        self.network, self.context_px = network, context_px
        self._most: Window | None = None
        if image and network.uses_padding and not network.remainder_px:
            (x, width), (y, height) = self._along(image.x, image.right), self._along(image.y, image.bottom)
            mirrored_px = network.margin_px + round_up(_MIRRORED_PX, network.multiple_px)
            self._most = Window(x, y, width, height).grow(mirrored_px)

    def given(self, window: Window) -> Window:
        most = window.grow(self.context_px)
        return most.intersect(self._most) if self._most else most

    def windows(self, core: Window) -> list[Window]:
        (x, width), (y, height) = self._along(core.x, core.right), self._along(core.y, core.bottom)
        return [Window(x, y, width, height)]

    def joined(self, parts: Iterable[tuple[Window, Tensor]], core: Window) -> Tensor:
        ((window, scores_KHW),) = parts
        return scores_KHW[(..., *core.within(window))]

    def _along(self, start: int, stop: int) -> tuple[int, int]:
        start -= start % self.network.multiple_px
        beyond_px = 2 * (self.context_px - self.network.margin_px)
        return start, self.network.valid_size(stop - start + beyond_px) - beyond_px


class OverlapBlend(Layout):
    """Windows of one size that overlap by a quarter of a side at least, where one passes into the next.

    The first begin and the last end where the ``image`` does, but for what completes a cell of the network;
    the others lie evenly between. So nothing is blended at edges, and where windows are does not depend on
    the cores. Source: for sliding windows whose scores are added up, "Aerial Image Semantic Segmentation
    Using Neural Search Network Architecture" (MIWAI 2018), section 4. There all pixels of a window count
    alike, and its borders show.
    """

    def __init__(self, network: Network, side_px: int, image: Window | None = None) -> None:
        self.context_px = network.margin_px
        spans = ((image.x, image.right), (image.y, image.bottom)) if image else (None, None)
        self._across, self._down = (_AxisWindows(network, side_px, span) for span in spans)

    def windows(self, core: Window) -> list[Window]:
        width, height = self._across.side_px, self._down.side_px
        xs, ys = self._across.starts(core.x, core.right), self._down.starts(core.y, core.bottom)
        return [Window(x, y, width, height) for y in ys for x in xs]

    def joined(self, parts: Iterable[tuple[Window, Tensor]], core: Window) -> Tensor:
        blended_KHW: Tensor | None = None
        for window, scores_KHW in parts:
            if blended_KHW is None:
                blended_KHW = scores_KHW.new_zeros(len(scores_KHW), core.height, core.width)
                weights_W, weights_H = (
                    along.weights_S.to(scores_KHW.device) for along in (self._across, self._down)
                )
                sums_W = self._across.sums(core.x, core.right).to(scores_KHW.device)
                sums_H = self._down.sums(core.y, core.bottom).to(scores_KHW.device)
            shared = window.intersect(core)
            (rows, columns), (down, across) = shared.within(window), shared.within(core)
            share_H, share_W = weights_H[rows] / sums_H[down], weights_W[columns] / sums_W[across]
            blended_KHW[:, down, across] += scores_KHW[:, rows, columns] * share_H[:, None] * share_W
        assert blended_KHW is not None  # nosec B101 (a core meets at least one window)
        return blended_KHW


class _AxisWindows:
    """Where windows begin along one axis, and how much each of their pixels counts. Without a ``span`` they
    go on for ever.
    """

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
        """Of the windows that meet pixels from ``start`` to ``stop``."""
        if self._number is None:
            number = (start - self.side_px) // self._step_px + 1
            return list(range(number * self._step_px, stop, self._step_px))
        cells = (n * self._last_cell // max(1, self._number - 1) for n in range(self._number))
        all_starts = (self._first + cell * self._cell_px for cell in cells)
        return [place for place in all_starts if place < stop and place + self.side_px > start]

    def sums(self, first: int, stop: int) -> Tensor:
        """Of the weights of all windows that meet each pixel from ``first`` to ``stop``."""
        sums = torch.zeros(stop - first)
        for start in self.starts(first, stop):
            low, high = max(first, start), min(stop, start + self.side_px)
            shared, within = slice(low - first, high - first), slice(low - start, high - start)
            sums[shared] += self.weights_S[within]
        return sums


def bounding(windows: list[Window]) -> Window:
    """The smallest window that all of ``windows`` lie in."""
    x, y = min(window.x for window in windows), min(window.y for window in windows)
    right, bottom = max(window.right for window in windows), max(window.bottom for window in windows)
    return Window(x, y, right - x, bottom - y)
