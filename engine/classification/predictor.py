"""Class scores of a window by one model or several; they do not depend on how the raster is cut into windows.

Everything between is done here, on the device that the image is on: resampling to the pixel size the model
was trained on, scaling, the context that the network needs, blending, seeing the image from eight sides, and
the way back. Legend: B batch, C bands, K classes, S side of a blended window, H height, W width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch
from torch import Tensor

from ..compute.normalisation import Normalisation
from ..compute.orientation import WAYS, oriented, oriented_sides, restored
from ..core.windows import Sides, Window
from ..models import Network
from .blending import OverlapBlend, bounding, layout
from .resampling import Resampling

Compute = Callable[[Tensor, Sides], Tensor]
"""A scaled ``image_BCHW`` in 32-bit floats and ``trim`` to ``logits_BKHW`` in floats of any kind, as
`Network.trimmed`.
"""

_Item = TypeVar("_Item")

_AT_ONCE_PER_PIXEL = 4
"""Of a core, so many pixels are computed at once at most, where a GPU has room: windows that are blended
overlap as often.
"""

_CORE_PX = 1024


class Predictor:
    """One model. Its results do not depend on the cores that a raster is cut into, nor on how they are
    grouped.

    Exact where the network's sight is limited: each core is computed with all that its pixels depend on.
    Where it is not, or ``blend`` asks for it, windows of about ``blend_px`` a side are blended.
    """

    def __init__(
        self,
        network: Network,
        scaling: Normalisation,
        compute: Compute,
        *,
        augment: bool = False,
        blend: bool | None = None,
        blend_px: int = 1024,
        scale: tuple[float, float] = (1.0, 1.0),
        raster: Window | None = None,
        at_once_px: int = 0,
    ) -> None:
        """``scale`` is how many pixels of the raster one of the model's is long, across and down; ``compute``
        is the network's. ``raster`` is where there are pixels at all: what lies beyond is their mirror image,
        and not worth much. Small windows are computed together, up to ``at_once_px`` pixels.

        With ``augment``, probabilities are the mean over the image's eight orientations, as in "Large-scale
        semantic classification: outcome of the first year of Inria aerial image labeling benchmark" (IGARSS
        2018), section 3.4.
        """
        self._scaling, self._compute = scaling, compute
        self._at_once_px = at_once_px
        self._ways = WAYS["turns"] if augment else WAYS["none"]
        self._resampling = None if scale == (1.0, 1.0) else Resampling(*scale)
        if raster and self._resampling:
            raster = self._resampling.model_window(raster)
        self._layout, self._margin = layout(network, blend, blend_px, raster), Sides.all(network.margin_px)
        self.halo_px = self._reach_px()

    @property
    def blends(self) -> bool:
        return isinstance(self._layout, OverlapBlend)

    def window(self, core: Window) -> Window:
        """The window of the raster to read for the pixels of ``core``; it may reach beyond the raster."""
        if self._resampling is None:
            return self._layout.needed(core)
        return self._resampling.raster_window(self._layout.needed(self._resampling.model_window(core)))

    @torch.inference_mode()
    def probabilities(
        self, image_1CHW: Tensor, valid_1HW: Tensor, window: Window, core: Window, raw: bool = False
    ) -> Tensor:
        """``scores_KHW`` of ``core`` from the image that covers ``window``, in the file's own numbers.

        ``raw`` allows logits in the place of probabilities where they name the same class.
        """
        needed = self.window(core)
        here = (..., *needed.within(window))
        valid_1HW = valid_1HW[here]
        scaled_1CHW = self._scaling.apply(image_1CHW[here], valid_1HW)
        if self._resampling is None:
            return self._scores(scaled_1CHW, core, raw)
        model_core = self._resampling.model_window(core)
        resampled_1CHW = self._resampling.to_model(
            scaled_1CHW, valid_1HW, needed, self._layout.needed(model_core)
        )
        return self._resampling.to_raster(
            self._scores(resampled_1CHW, model_core, raw=False), model_core, core
        )

    def _scores(self, scaled_1CHW: Tensor, core: Window, raw: bool) -> Tensor:
        """``scores_KHW`` of a core on the model's grid, from all that the layout needs for it."""
        outer = self._layout.needed(core)
        room_px = min(_AT_ONCE_PER_PIXEL * core.pixels, self._at_once_px)
        raw = raw and not self.blends and len(self._ways) == 1

        def parts() -> Iterator[tuple[Window, Tensor]]:
            windows = self._layout.windows(core)
            given = self._layout.given(windows[0])  # where there are several, all are given alike
            trim = windows[0].inside(given).plus(self._margin, -1)
            for some in _groups(windows, room_px // given.pixels):
                places = [(..., *self._layout.given(window).within(outer)) for window in some]
                image_BCHW = (
                    torch.cat([scaled_1CHW[place] for place in places])
                    if len(places) > 1
                    else scaled_1CHW[places[0]]
                )
                yield from zip(
                    some, self._compute(image_BCHW, trim) if raw else self._seen(image_BCHW, trim, room_px)
                )

        return self._layout.joined(parts(), core)

    def _reach_px(self) -> int:
        """How far what is needed reaches beyond a core that begins and ends at multiples of `_CORE_PX`, on
        the farthest side.
        """
        core = model_core = Window(0, 0, _CORE_PX, _CORE_PX)
        if self._resampling:
            model_core = self._resampling.model_window(core)
        needed = bounding(
            [window.grow(self._layout.context_px) for window in self._layout.windows(model_core)]
        )
        return max(core.inside(self._resampling.raster_window(needed) if self._resampling else needed))

    def _seen(self, image_BCHW: Tensor, trim: Sides, room_px: int) -> Tensor:
        """``probabilities_BKHW``, the mean over the orientations; so many at once that they have ``room_px``
        pixels at most.
        """
        batch, height, width = len(image_BCHW), *image_BCHW.shape[-2:]
        sums_BKHW: Tensor | None = None
        # What is computed at once has the same lengths, which quarter turns swap, and the same sides trimmed.
        alike: dict[tuple[int, Sides], list[int]] = {}
        for way in self._ways:
            alike.setdefault((way % 2, oriented_sides(trim, way)), []).append(way)
        for (_, turned), same in alike.items():
            for ways in _groups(same, room_px // (batch * height * width)):
                turned_BCHW = torch.cat([oriented(image_BCHW, way) for way in ways])
                probabilities = self._compute(turned_BCHW, turned).float().softmax(1).chunk(len(ways))
                for one_BKHW in map(restored, probabilities, ways):
                    sums_BKHW = one_BKHW if sums_BKHW is None else sums_BKHW + one_BKHW
        assert sums_BKHW is not None  # nosec B101 (there is at least one orientation)
        return sums_BKHW / len(self._ways)


class Ensemble:
    """Several models as one: the mean of their probabilities. They may see differently far, and at different
    pixel sizes.

    Models must have the same classes in the same order, and the same bands. One alone is what it would be by
    itself.
    """

    def __init__(self, predictors: Sequence[Predictor]) -> None:
        self._predictors = tuple(predictors)

    def window(self, core: Window) -> Window:
        """The window of the raster to read, once for all models."""
        return bounding([predictor.window(core) for predictor in self._predictors])

    @property
    def halo_px(self) -> int:
        """How far what is read reaches beyond a core in the midst of a raster, on the farthest side."""
        return max(predictor.halo_px for predictor in self._predictors)

    def probabilities(
        self, image_1CHW: Tensor, valid_1HW: Tensor, window: Window, core: Window, raw: bool = False
    ) -> Tensor:
        """As `Predictor.probabilities`."""
        raw = raw and len(self._predictors) == 1
        first, *others = (
            one.probabilities(image_1CHW, valid_1HW, window, core, raw) for one in self._predictors
        )
        return sum(others, first) / len(self._predictors) if others else first


def _groups(items: Sequence[_Item], most: int) -> Iterator[Sequence[_Item]]:
    """The items in order, at most ``most`` together, but at least one."""
    step = max(1, most)
    return (items[slice(start, start + step)] for start in range(0, len(items), step))
