"""Which windows of logits a core is made from: one that sees all there is to see, or many that overlap and are blended.

Both lie on a grid that begins at the raster's corner, so a pixel's result does not depend on the core that it is in.
Legend: K classes, S side of a window, H height, W width.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

import torch
from torch import Tensor

from .models import Network
from .windows import Window, round_up

_LARGEST_HALO_PX = 512
_MIRRORED_PX = 16
"""Of an image's mirror image beyond its edge, at least. With all that a network sees of it maps were no better: on 512 px
pieces of Banepa 96.4 % of the outer 32 px had the labels they have within the whole, with 16 px 96.7 %, with none 96.5 %."""
_CONTEXT_PX = 128
"""Context where a network sees farther than `_LARGEST_HALO_PX`: far pixels then matter little, but seams are not ruled out."""


class Layout(ABC):
    """Of windows on an endless grid, in pixels of the logits map; ``context_px`` around each is what the network is given."""

    context_px: int

    @abstractmethod
    def windows(self, core: Window) -> list[Window]:
        """All that ``core`` is made from; their sides are such that the network accepts them with their context."""

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
    """Blended where ``blend`` says so or, if it is None, where the network sees too far to be given all of that.

    ``image`` is where there is more than a mirror image to see; everywhere, if it is None.
    """
    far = network.halo_px > _LARGEST_HALO_PX
    if far if blend is None else blend:
        return Blended(network, side_px, image)
    return Whole(network, network.margin_px + round_up(_CONTEXT_PX, network.multiple_px) if far else network.halo_px, image)


class Whole(Layout):
    """The core itself, begun and ended where the network's cells do.

    A network that pads has learnt what it is like where a patch ends. So it is given `_MIRRORED_PX` beyond the end of the
    ``image``, and no more: the same for all cores, whatever they are.
    """

    def __init__(self, network: Network, context_px: int, image: Window | None = None) -> None:
        self.network, self.context_px = network, context_px
        self._most: Window | None = None
        if image and network.pads and not network.remainder_px:
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
        return start, self.network.legal_px(stop - start + beyond_px) - beyond_px


class Blended(Layout):
    """Squares of one size that overlap by a quarter of a side, where one passes into the next.

    The first begin where the ``image`` does, and none lies beyond its end: nothing is blended at its edges. Where they are
    does not depend on the cores.
    Source: for sliding windows whose scores are added up, "Aerial Image Semantic Segmentation Using Neural Search Network
    Architecture" (MIWAI 2018), section 4. There all pixels of a window count alike, and its borders show.
    """

    def __init__(self, network: Network, side_px: int, image: Window | None = None) -> None:
        if image:
            side_px = min(side_px, max(image.width, image.height))
        self.context_px, self.side_px = network.margin_px, network.legal_px(side_px)
        self.step_px = max(1, 3 * self.side_px // 4 // network.multiple_px) * network.multiple_px
        self._image, self._multiple_px = image, network.multiple_px
        risen_S = ((torch.arange(self.side_px) + 0.5) / max(1, self.side_px - self.step_px)).clamp(max=1)
        rise_S = torch.sin(torch.pi / 2 * risen_S).square()
        self._weights_S = rise_S * rise_S.flip(0)

    def windows(self, core: Window) -> list[Window]:
        xs, ys = self._starts(core)
        return [Window(x, y, self.side_px, self.side_px) for y in ys for x in xs]

    def joined(self, parts: Iterable[tuple[Window, Tensor]], core: Window) -> Tensor:
        blended_KHW: Tensor | None = None
        xs, ys = self._starts(core)
        for window, scores_KSS in parts:
            if blended_KHW is None:
                blended_KHW = scores_KSS.new_zeros(len(scores_KSS), core.height, core.width)
                weights_S = self._weights_S.to(scores_KSS.device)
                sums_W, sums_H = (
                    self._sums(*along).to(scores_KSS.device) for along in ((xs, core.x, core.right), (ys, core.y, core.bottom))
                )
            shared = window.intersect(core)
            (rows, columns), (down, across) = shared.within(window), shared.within(core)
            weights_H, weights_W = weights_S[rows] / sums_H[down], weights_S[columns] / sums_W[across]
            blended_KHW[:, down, across] += scores_KSS[:, rows, columns] * weights_H[:, None] * weights_W
        assert blended_KHW is not None
        return blended_KHW

    def _starts(self, core: Window) -> tuple[range, range]:
        """Columns and rows at which windows begin that meet the core."""
        image = self._image
        return (
            self._along(core.x, core.right, *((image.x, image.right) if image else ())),
            self._along(core.y, core.bottom, *((image.y, image.bottom) if image else ())),
        )

    def _along(self, start: int, stop: int, first: int | None = None, end: int = 0) -> range:
        origin = (first or 0) // self._multiple_px * self._multiple_px
        number, past = (start - origin - self.side_px) // self.step_px + 1, -((origin - stop) // self.step_px)
        if first is not None:
            last = max(0, -((origin + self.side_px - end) // self.step_px))
            number, past = max(0, number), min(past, last + 1)
        return range(origin + number * self.step_px, origin + past * self.step_px, self.step_px)

    def _sums(self, starts: range, first: int, end: int) -> Tensor:
        """Of the weights of all windows that meet each pixel from ``first`` to ``end``."""
        sums = torch.zeros(end - first)
        for start in starts:
            low, high = max(first, start), min(end, start + self.side_px)
            sums[low - first : high - first] += self._weights_S[low - start : high - start]
        return sums


def bounding(windows: list[Window]) -> Window:
    """The smallest window that all of ``windows`` lie in."""
    x, y = min(window.x for window in windows), min(window.y for window in windows)
    right, bottom = max(window.right for window in windows), max(window.bottom for window in windows)
    return Window(x, y, right - x, bottom - y)
