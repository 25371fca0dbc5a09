"""From the raster's pixels to pixels of the size that a model was trained on, and its scores back.

Both grids begin at the raster's corner, and every pixel is made from the same others with the same weights
whatever window it is in: so results do not depend on windows. Coarser pixels are means over the area that
they cover (fractions of pixels count as fractions), finer ones are bilinear. Source: "Fully Convolutional
Neural Networks for Remote Sensing Image Classification" (IGARSS 2016), section 6: an image of half the pixel
size is subsampled, and the output interpolated linearly. Legend: B batch, C bands, K classes, H height, W
width, N pixels of the result along an axis, T pixels that one is made from.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..core.windows import Window


@dataclass(frozen=True)
class Resampling:
    """Pixels of the raster to one of the model's, across and down: trained pixel size / raster's pixel
    size.
    """

    across: float
    down: float

    def model_window(self, window: Window) -> Window:
        """The model's pixels whose scores those of a ``window`` of the raster are made from."""
        return _made_from(window, 1 / self.across, 1 / self.down)

    def raster_window(self, window: Window) -> Window:
        """The raster's pixels that a ``window`` of the model's pixels is made from."""
        return _made_from(window, self.across, self.down)

    def to_model(self, scaled_BCHW: Tensor, valid_BHW: Tensor, window: Window, model: Window) -> Tensor:
        """The ``model`` window of a scaled image, 0 where it has no data, that covers ``window`` of the
        raster.

        Means are over valid pixels. A pixel less than half of which is valid has no data, as Scaling leaves
        them.
        """
        part_B1HW = _resampled(valid_BHW[:, None].float(), window, model, self.across, self.down)
        image_BCHW = _resampled(scaled_BCHW, window, model, self.across, self.down)
        # Sums of weights may fall short of a half by rounding.
        return torch.where(part_B1HW > 0.5 - 1e-4, image_BCHW / part_B1HW, 0.0)

    def to_raster(self, scores_KHW: Tensor, model: Window, window: Window) -> Tensor:
        """Scores of ``window`` of the raster, from those of a ``model`` window that is at least its
        `model_window`.
        """
        return _resampled(scores_KHW[None], model, window, 1 / self.across, 1 / self.down)[0]


def _made_from(window: Window, across: float, down: float) -> Window:
    """The source pixels of a window of pixels that are ``across`` by ``down`` of them."""
    (x, right), (y, bottom) = _span(window.x, window.right, across), _span(window.y, window.bottom, down)
    return Window(x, y, right - x, bottom - y)


def _span(start: int, stop: int, ratio: float) -> tuple[int, int]:
    """First source pixel of the pixel ``start``, and one more than the last of the pixel before ``stop``."""
    if ratio >= 1:
        return math.floor(start * ratio), math.ceil(stop * ratio)
    return math.floor((start + 0.5) * ratio - 0.5), math.floor((stop - 0.5) * ratio - 0.5) + 2


def _resampled(map_BCHW: Tensor, source: Window, target: Window, across: float, down: float) -> Tensor:
    """The ``target`` window of a map that covers ``source``, in pixels that are ``across`` by ``down`` of the
    map's.
    """
    rows_BCHW = _along(map_BCHW, -2, source.y, target.y, target.bottom, down)
    return _along(rows_BCHW, -1, source.x, target.x, target.right, across)


def _along(map_BCHW: Tensor, axis: int, origin: int, start: int, stop: int, ratio: float) -> Tensor:
    """Pixels ``start`` to ``stop`` along one axis, weighted sums of those of the map, whose first one is
    ``origin``.

    A sum of few shifted copies: exact in 32 bits, where running sums over the window would not be.
    """
    if ratio == 1:
        return map_BCHW.narrow(axis, start - origin, stop - start)
    places_NT, weights_NT = _taps(start, stop, ratio)
    last = map_BCHW.shape[axis] - 1
    # What lies beyond the map has no weight.
    taps_NT = torch.from_numpy(np.clip(places_NT - origin, 0, last)).to(map_BCHW.device)
    shape = (-1, 1) if axis == -2 else (-1,)
    shares_NT = torch.from_numpy(weights_NT.astype(np.float32)).to(map_BCHW.device)
    taps = zip(taps_NT.unbind(1), shares_NT.unbind(1))
    parts = (map_BCHW.index_select(axis, taps_N) * shares_N.view(shape) for taps_N, shares_N in taps)
    return functools.reduce(Tensor.add_, parts)


def _taps(start: int, stop: int, ratio: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which source pixels each pixel is made from, and their weights, which add up to 1."""
    pixels_N = np.arange(start, stop, dtype=np.float64)[:, None]
    if ratio < 1:
        centres_N = (pixels_N + 0.5) * ratio - 0.5
        places_NT = np.floor(centres_N) + np.arange(2)
        return places_NT.astype(np.int64), 1 - np.abs(centres_N - places_NT)
    begins_N, ends_N = pixels_N * ratio, (pixels_N + 1) * ratio
    places_NT = np.floor(begins_N) + np.arange(math.ceil(ratio) + 1)
    shared_NT = np.minimum(ends_N, places_NT + 1) - np.maximum(begins_N, places_NT)
    return places_NT.astype(np.int64), shared_NT.clip(min=0) / ratio
