"""Resampling of an image to the pixel size that a model was trained on, and of its scores back.

Both grids begin at the raster's corner, and each pixel is a sum of the same others with the same weights in
every window, so results do not depend on windows. Coarser pixels are means over the area that they cover
(fractions of pixels count as fractions), finer ones are bilinear.

Source: "Fully Convolutional Neural Networks for Remote Sensing Image Classification" (IGARSS 2016),
section 6: an image of half the pixel size is subsampled, and the output interpolated linearly. Legend:
B batch, C bands, H height, K classes, N pixels of the result along an axis, T source pixels of each, W width.
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
    """Resampling between a raster and a model.

    ``across`` and ``down`` are the length of one of the model's pixels in pixels of the raster.
    """

    across: float
    down: float

    def model_window(self, window: Window) -> Window:
        """The window of the model's pixels from which those of a ``window`` of the raster are made."""
        return _source_window(window, 1 / self.across, 1 / self.down)

    def raster_window(self, window: Window) -> Window:
        """The window of the raster's pixels from which a ``window`` of the model's pixels is made."""
        return _source_window(window, self.across, self.down)

    def to_model(self, normalised_BCHW: Tensor, valid_BHW: Tensor, window: Window, model: Window) -> Tensor:
        """The ``model`` window of a normalised image that covers ``window`` of the raster.

        Means are over valid pixels. A pixel less than half of which is valid has no data and is 0, as
        `Normalisation` leaves such pixels.
        """
        part_B1HW = _resampled(valid_BHW[:, None].float(), window, model, self.across, self.down)
        image_BCHW = _resampled(normalised_BCHW, window, model, self.across, self.down)
        # Sums of weights may fall short of a half by rounding.
        return torch.where(part_B1HW > 0.5 - 1e-4, image_BCHW / part_B1HW, 0.0)

    def to_raster(self, scores_KHW: Tensor, model: Window, window: Window) -> Tensor:
        """Scores of ``window`` of the raster from those of ``model``, which contains its `model_window`."""
        return _resampled(scores_KHW[None], model, window, 1 / self.across, 1 / self.down)[0]


def _source_window(window: Window, across: float, down: float) -> Window:
    """The source pixels of a window of pixels that are ``across`` by ``down`` of them."""
    (x, right), (y, bottom) = _span(window.x, window.right, across), _span(window.y, window.bottom, down)
    return Window(x, y, right - x, bottom - y)


def _span(start: int, stop: int, ratio: float) -> tuple[int, int]:
    """First source pixel of the pixel ``start``, and one more than the last of the pixel before ``stop``."""
    if ratio >= 1:
        return math.floor(start * ratio), math.ceil(stop * ratio)
    return math.floor((start + 0.5) * ratio - 0.5), math.floor((stop - 0.5) * ratio - 0.5) + 2


def _resampled(map_BCHW: Tensor, source: Window, target: Window, across: float, down: float) -> Tensor:
    """The ``target`` window of a map that covers ``source``, in pixels of ``across`` by ``down`` of those."""
    rows_BCHW = _along(map_BCHW, -2, source.y, target.y, target.bottom, down)
    return _along(rows_BCHW, -1, source.x, target.x, target.right, across)


def _along(map_BCHW: Tensor, axis: int, origin: int, start: int, stop: int, ratio: float) -> Tensor:
    """Pixels ``start`` to ``stop`` along one axis: weighted sums of those of a map from ``origin`` on.

    A sum of a few shifted copies is exact in 32 bits, where running sums over the window would not be.
    """
    if ratio == 1:
        return map_BCHW.narrow(axis, start - origin, stop - start)
    places_NT, weights_NT = _taps(start, stop, ratio)
    last = map_BCHW.shape[axis] - 1
    # Pixels beyond the map have no weight.
    taps_NT = torch.from_numpy(np.clip(places_NT - origin, 0, last)).to(map_BCHW.device)
    shape = (-1, 1) if axis == -2 else (-1,)
    shares_NT = torch.from_numpy(weights_NT.astype(np.float32)).to(map_BCHW.device)
    taps = zip(taps_NT.unbind(1), shares_NT.unbind(1))
    parts = (map_BCHW.index_select(axis, taps_N) * shares_N.view(shape) for taps_N, shares_N in taps)
    return functools.reduce(Tensor.add_, parts)


def _taps(start: int, stop: int, ratio: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The source pixels of each pixel, and their weights, which add up to 1."""
    pixels_N = np.arange(start, stop, dtype=np.float64)[:, None]
    if ratio < 1:
        centres_N = (pixels_N + 0.5) * ratio - 0.5
        places_NT = np.floor(centres_N) + np.arange(2)
        return places_NT.astype(np.int64), 1 - np.abs(centres_N - places_NT)
    begins_N, ends_N = pixels_N * ratio, (pixels_N + 1) * ratio
    places_NT = np.floor(begins_N) + np.arange(math.ceil(ratio) + 1)
    shared_NT = np.minimum(ends_N, places_NT + 1) - np.maximum(begins_N, places_NT)
    return places_NT.astype(np.int64), shared_NT.clip(min=0) / ratio
