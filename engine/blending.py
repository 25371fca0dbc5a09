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
        return Blended(network, side_px)
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
    """Squares of one size, a new one every half a side both ways; each counts most in its middle.

    Source: for sliding windows whose scores are added up, "Aerial Image Semantic Segmentation Using Neural Search Network
    Architecture" (MIWAI 2018), section 4. There all pixels of a window count alike, and its borders show.
    """

    def __init__(self, network: Network, side_px: int) -> None:
        self.context_px, self.side_px = network.margin_px, network.legal_px(side_px)
        self.step_px = max(1, self.side_px // 2 // network.multiple_px) * network.multiple_px
        self.weights_S = self._weights()

    def _weights(self) -> Tensor:
        """Of a window's pixels along one side: never 0, and over all windows that meet a pixel they add up to 1."""
        places_S = torch.arange(self.side_px)
        hann_S = torch.sin(torch.pi * (places_S + 0.5) / self.side_px).square()
        # Windows meet a pixel at places that are a step apart.
        places_S %= self.step_px
        return hann_S / torch.zeros(self.step_px).index_add_(0, places_S, hann_S)[places_S]

    def windows(self, core: Window) -> list[Window]:
        return [
            Window(x, y, self.side_px, self.side_px)
            for y in self._starts(core.y, core.bottom)
            for x in self._starts(core.x, core.right)
        ]

    def joined(self, parts: Iterable[tuple[Window, Tensor]], core: Window) -> Tensor:
        blended_KHW: Tensor | None = None
        for window, scores_KSS in parts:
            if blended_KHW is None:
                blended_KHW = scores_KSS.new_zeros(len(scores_KSS), core.height, core.width)
            weights_S = self.weights_S.to(scores_KSS.device)
            shared = window.intersect(core)
            rows, columns = shared.within(window)
            weighted_KHW = scores_KSS[:, rows, columns] * weights_S[rows, None] * weights_S[columns]
            blended_KHW[(..., *shared.within(core))] += weighted_KHW
        assert blended_KHW is not None
        return blended_KHW

    def _starts(self, start: int, stop: int) -> range:
        """Of windows that meet pixels from ``start`` to ``stop``."""
        first = (start - self.side_px) // self.step_px + 1
        return range(first * self.step_px, stop, self.step_px)


def bounding(windows: list[Window]) -> Window:
    """The smallest window that all of ``windows`` lie in."""
    x, y = min(window.x for window in windows), min(window.y for window in windows)
    right, bottom = max(window.right for window in windows), max(window.bottom for window in windows)
    return Window(x, y, right - x, bottom - y)
