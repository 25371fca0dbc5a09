"""Images and labels as tensors.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..compute.device import Device
from ..core.legend import IGNORE
from ..core.signed_distance import REACH_PX, signed
from ..core.windows import Window
from ..labels import Labels
from ..raster import Source


@dataclass(frozen=True)
class Batch:
    """Windows of one size in the file's own numbers; ``ids_BHW`` covers the window less the network's
    margin.
    """

    image_BCHW: Tensor
    valid_BHW: Tensor
    ids_BHW: Tensor
    distance_BDHW: Tensor | None = None

    def staged(self, device: Device) -> Batch:
        """The batch where ``device`` can fetch it from without help; in any thread."""
        maps = (self.image_BCHW, self.valid_BHW, self.ids_BHW, self.distance_BDHW)
        return Batch(*(device.staged(one.numpy()) for one in maps if one is not None))


Validated = Callable[[int, Window], NDArray[np.bool_]]
"""Which pixels of a window of an image are validated: ``inside_HW``; called in any thread."""


@dataclass(frozen=True)
class LabelledImages:
    """Images with the labels on their grids."""

    sources: Sequence[Source]
    labels: Sequence[Labels]
    margin_px: int
    distances: bool = False
    """Batches for training hold signed distances to the class borders, too."""
    validated: Validated | None = None
    """Which pixels of the windows kept for validation are validated, if not all are."""
    hidden: tuple[tuple[int, Window], ...] = ()
    """Windows kept for validation, as (image, window): no distance tells of their labels."""

    def holding_out(self, windows: Iterable[tuple[int, Window]]) -> LabelledImages:
        """The same, with these windows kept for validation."""
        return replace(self, hidden=tuple(windows))

    def reads(
        self, device: Device, stack: contextlib.ExitStack
    ) -> list[Callable[[Sequence[tuple[int, Window]]], Batch]]:
        """`read` for as many threads as ``device`` wishes, staged for it; each has files of its own until
        ``stack`` is closed.
        """
        opened = [self, *(self._reopened(stack) for _ in range(device.readers - 1))]
        return [partial(_read, pairs, device) for pairs in opened]

    def _reopened(self, stack: contextlib.ExitStack) -> LabelledImages:
        sources = [stack.enter_context(source.reopen()) for source in self.sources]
        labels = [stack.enter_context(one.reopen()) for one in self.labels]
        return replace(self, sources=sources, labels=labels)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        return [(source.grid.width, source.grid.height) for source in self.sources]

    def read_ids(self, image: int, window: Window) -> NDArray[np.uint8]:
        """``ids_HW`` of one window; the image, for where it is valid, is read only if there are labels."""
        ids_HW = self.labels[image].read(window)
        if (ids_HW == IGNORE).all():
            return ids_HW
        _, valid_HW = self.sources[image].read(window)
        return np.where(valid_HW, ids_HW, np.uint8(IGNORE))

    def read(self, windows: Sequence[tuple[int, Window]]) -> Batch:
        """The windows, each given as (image, window of the labels), as one batch."""
        images, valids, ids, distances = [], [], [], []
        for image, window in windows:
            image_CHW, valid_HW = self.sources[image].read(window.grow(self.margin_px))
            ids_HW = self.labels[image].read(window)
            images.append(image_CHW)
            valids.append(valid_HW)
            core = window.within(window.grow(self.margin_px))
            counted_HW = valid_HW[core]
            # Training windows lie clear of the hidden blocks.
            trains = not any(at == image and hidden.overlaps(window) for at, hidden in self.hidden)
            if self.validated and not trains:
                counted_HW = counted_HW & self.validated(image, window)
            ids.append(np.where(counted_HW, ids_HW, IGNORE))
            if self.distances and trains:
                distances.append(self._distances(image, window))
        tensors = (
            torch.from_numpy(np.stack(arrays)) for arrays in (images, valids, ids, distances) if arrays
        )
        return Batch(*tensors)

    def _distances(self, image: int, window: Window) -> NDArray[np.float32]:
        """``maps_DHW``, from labels far enough around that the window's edge is no border."""
        seen = window.grow(REACH_PX)
        ids_HW = self.labels[image].read(seen).copy()
        for where in (
            hidden.intersect(seen) for at, hidden in self.hidden if at == image and hidden.overlaps(seen)
        ):
            ids_HW[where.within(seen)] = IGNORE
        rows, columns = window.within(seen)
        return signed(ids_HW, len(self.labels[-1].classes))[:, rows, columns]


def _read(pairs: LabelledImages, device: Device, windows: Sequence[tuple[int, Window]]) -> Batch:
    return pairs.read(windows).staged(device)
