"""Class scores of a window by one model or several; they do not depend on how the raster is cut into tiles.

The steps are normalisation, resampling to the pixel size of the training, the context that the network
needs, blending, test-time augmentation, and resampling back, all on the device that the image is on. Legend:
B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import torch
from torch import Tensor

from ..compute.normalisation import Normalisation
from ..compute.orientation import ORIENTATIONS, orient, orient_back, orient_sides
from ..core.windows import Sides, Window
from ..models import Network
from .blending import OverlapBlend, bounding, window_blend
from .resampling import Resampling

Compute = Callable[[Tensor, Sides], Tensor]
"""A network as a function ``(image_BCHW, trim) -> logits_BKHW``, like `Network.trimmed`.

The image is normalised and in 32-bit floats; the logits are floats of any kind.
"""

_Item = TypeVar("_Item")

_BATCH_PER_TILE = 4
"""The most pixels of a batch for each pixel of a tile, as blended windows cover each pixel up to 4 times."""
_TILE_PX = 1024


class Predictor:
    """The class scores of one model; they do not depend on the tiles that a raster is cut into.

    They are exact where the network's halo is limited: each tile is computed with all the context of its
    pixels. Where the halo is too large, or ``blend`` asks for it, overlapping windows are blended.
    """

    def __init__(
        self,
        network: Network,
        normalisation: Normalisation,
        compute: Compute,
        *,
        augment: bool = False,
        blend: bool | None = None,
        blend_px: int = 1024,
        scale: tuple[float, float] = (1.0, 1.0),
        raster: Window | None = None,
        max_batch_px: int = 0,
    ) -> None:
        """Prepare the windows of a model.

        - ``compute`` computes ``network``.
        - ``augment``: probabilities are the mean over the image's eight orientations, as in "Large-scale
          semantic classification: outcome of the first year of Inria aerial image labeling benchmark"
          (IGARSS 2018), section 3.4.
        - ``blend``: blend windows of about ``blend_px`` a side; None does so where the halo is too large.
        - ``scale``: the length of one of the model's pixels in pixels of the raster, across and down.
        - ``raster``: the window that has pixels; beyond it is their mirror image, of which little is used.
        - ``max_batch_px``: small windows are computed as one batch of up to so many pixels.
        """
        self._normalisation, self._compute = normalisation, compute
        self._max_batch_px = max_batch_px
        self._orientations = ORIENTATIONS["turns" if augment else "none"]
        self._resampling = None if scale == (1.0, 1.0) else Resampling(*scale)
        if raster and self._resampling:
            raster = self._resampling.model_window(raster)
        self._blend = window_blend(network, blend, blend_px, raster)
        self._margin = Sides.all(network.margin_px)
        self.halo_px = self._halo_px()

    @property
    def blends(self) -> bool:
        """Whether overlapping windows are blended."""
        return isinstance(self._blend, OverlapBlend)

    def window(self, tile: Window) -> Window:
        """The window of the raster to read for the pixels of ``tile``; it may reach beyond the raster."""
        if self._resampling is None:
            return self._blend.input_window(tile)
        model_tile = self._resampling.model_window(tile)
        return self._resampling.raster_window(self._blend.input_window(model_tile))

    @torch.inference_mode()
    def probabilities(
        self, image_1CHW: Tensor, valid_1HW: Tensor, window: Window, tile: Window, raw: bool = False
    ) -> Tensor:
        """``scores_KHW`` of ``tile`` from the image of ``window``, in the numbers of the file.

        ``raw`` allows logits instead of probabilities where both give the same class.
        """
        needed = self.window(tile)
        here = (..., *needed.within(window))
        valid_1HW = valid_1HW[here]
        normalised_1CHW = self._normalisation.apply(image_1CHW[here], valid_1HW)
        if self._resampling is None:
            return self._scores(normalised_1CHW, tile, raw)
        model_tile = self._resampling.model_window(tile)
        model_needed = self._blend.input_window(model_tile)
        resampled_1CHW = self._resampling.to_model(normalised_1CHW, valid_1HW, needed, model_needed)
        scores_KHW = self._scores(resampled_1CHW, model_tile, raw=False)
        return self._resampling.to_raster(scores_KHW, model_tile, tile)

    def _halo_px(self) -> int:
        """The halo of a tile whose borders are multiples of `_TILE_PX`, on its widest side."""
        tile = model_tile = Window(0, 0, _TILE_PX, _TILE_PX)
        if self._resampling:
            model_tile = self._resampling.model_window(tile)
        windows = self._blend.windows(model_tile)
        needed = bounding([window.grow(self._blend.context_px) for window in windows])
        return max(tile.inside(self._resampling.raster_window(needed) if self._resampling else needed))

    def _scores(self, image_1CHW: Tensor, tile: Window, raw: bool) -> Tensor:
        """``scores_KHW`` of a tile of the model's pixels, from the normalised image of its input window."""
        max_px = min(_BATCH_PER_TILE * tile.pixels, self._max_batch_px)
        raw = raw and not self.blends and len(self._orientations) == 1
        compute = self._compute if raw else partial(self._mean_probabilities, max_px=max_px)
        return self._blend.merge(self._window_scores(image_1CHW, tile, max_px, compute), tile)

    def _window_scores(
        self, image_1CHW: Tensor, tile: Window, max_px: int, compute: Compute
    ) -> Iterator[tuple[Window, Tensor]]:
        """Each window that ``tile`` is made from, with its scores; windows share batches of ``max_px``."""
        blend, outer = self._blend, self._blend.input_window(tile)
        windows = blend.windows(tile)
        first = blend.with_context(windows[0])  # where there are several windows, all have the same context
        trim = windows[0].inside(first).plus(self._margin, -1)
        for group in _groups(windows, max_px // first.pixels):
            parts = [image_1CHW[(..., *blend.with_context(window).within(outer))] for window in group]
            yield from zip(group, compute(torch.cat(parts) if len(parts) > 1 else parts[0], trim))

    def _mean_probabilities(self, image_BCHW: Tensor, trim: Sides, max_px: int) -> Tensor:
        """``probabilities_BKHW``, the mean over the orientations, which share batches of ``max_px``."""
        batch, height, width = len(image_BCHW), *image_BCHW.shape[-2:]
        sums_BKHW: Tensor | None = None
        # A batch has one size, which quarter turns change, and the same sides trimmed.
        alike: dict[tuple[int, Sides], list[int]] = {}
        for orientation in self._orientations:
            key = orientation % 2, orient_sides(trim, orientation)
            alike.setdefault(key, []).append(orientation)
        for (_, turned_trim), orientations in alike.items():
            for group in _groups(orientations, max_px // (batch * height * width)):
                turned_BCHW = torch.cat([orient(image_BCHW, orientation) for orientation in group])
                probabilities = self._compute(turned_BCHW, turned_trim).float().softmax(1)
                for turned_BKHW, orientation in zip(probabilities.chunk(len(group)), group):
                    one_BKHW = orient_back(turned_BKHW, orientation)
                    sums_BKHW = one_BKHW if sums_BKHW is None else sums_BKHW + one_BKHW
        assert sums_BKHW is not None  # nosec B101 (there is at least one orientation)
        return sums_BKHW / len(self._orientations)


class Ensemble:
    """The mean of several models' probabilities; their halos and their pixel sizes may differ.

    The models must have the same classes in the same order, and the same bands.
    """

    def __init__(self, predictors: Sequence[Predictor]) -> None:
        self._predictors = tuple(predictors)

    def window(self, tile: Window) -> Window:
        """The window of the raster to read for all models."""
        return bounding([predictor.window(tile) for predictor in self._predictors])

    @property
    def halo_px(self) -> int:
        """The halo of a tile in the middle of a raster, on its widest side."""
        return max(predictor.halo_px for predictor in self._predictors)

    def probabilities(
        self, image_1CHW: Tensor, valid_1HW: Tensor, window: Window, tile: Window, raw: bool = False
    ) -> Tensor:
        """The mean of the models' ``scores_KHW``; arguments as for `Predictor.probabilities`."""
        raw = raw and len(self._predictors) == 1
        first, *others = (
            one.probabilities(image_1CHW, valid_1HW, window, tile, raw) for one in self._predictors
        )
        return sum(others, first) / len(self._predictors) if others else first


def _groups(items: Sequence[_Item], most: int) -> Iterator[Sequence[_Item]]:
    """The items in order, in groups of at most ``most``, but at least one."""
    step = max(1, most)
    return (items[slice(start, start + step)] for start in range(0, len(items), step))
