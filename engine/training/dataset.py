"""Images and labels as tensors.

Legend: B batch, C bands, D auxiliary maps, H height, W width.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..compute.device import Device
from ..compute.transfer import pin
from ..core.legend import IGNORE
from ..core.prefetch import Prefetcher
from ..core.signed_distance import REACH_PX, signed_distances
from ..core.windows import Window
from ..labels import Labels
from ..raster import Source


@dataclass(frozen=True)
class Batch:
    """Windows of one size, with the values of the files; ``ids_BHW`` lacks the network's margin."""

    image_BCHW: Tensor
    valid_BHW: Tensor
    ids_BHW: Tensor
    distance_BDHW: Tensor | None = None

    def pinned(self, device: Device) -> Batch:
        """The batch in memory that ``device`` copies from asynchronously, if it can. For any thread."""
        distance_BDHW = self.distance_BDHW
        return Batch(
            image_BCHW=pin(self.image_BCHW.numpy(), device),
            valid_BHW=pin(self.valid_BHW.numpy(), device),
            ids_BHW=pin(self.ids_BHW.numpy(), device),
            distance_BDHW=None if distance_BDHW is None else pin(distance_BDHW.numpy(), device),
        )


Reader = Prefetcher[Sequence[tuple[int, Window]], Batch]
"""Reads windows, each given as (image, window of the labels), as one batch."""
Mask = Callable[[int, Window], NDArray[np.bool_]]
"""Gives the pixels of a window of an image that lie inside an area: ``inside_HW``; called in any thread."""


@dataclass(frozen=True)
class LabelledImages:
    """Images with the labels on their grids."""

    sources: Sequence[Source]
    labels: Sequence[Labels]
    margin_px: int
    """The network's margin in pixels: the image is read larger than the labels by this on each side."""
    distances: bool = False
    """Whether batches for training hold signed distances to the class borders, too."""
    validation_mask: Mask | None = None
    """Pixels of the validation windows to validate on; None for all."""
    validation_windows: tuple[tuple[int, Window], ...] = ()
    """Windows kept for validation, as (image, window): no distances are measured to their labels."""

    def with_validation(self, windows: tuple[tuple[int, Window], ...]) -> LabelledImages:
        """The same images, with these windows kept for validation."""
        return replace(self, validation_windows=windows)

    @contextlib.contextmanager
    def prefetcher(self, device: Device) -> Iterator[Reader]:
        """`read` in as many threads as suit ``device``, each with files of its own."""
        with contextlib.ExitStack() as stack:
            opened = [self] + [stack.enter_context(self._reopened()) for _ in range(device.readers - 1)]
            yield stack.enter_context(Prefetcher(*(images._reader(device) for images in opened)))

    @contextlib.contextmanager
    def _reopened(self) -> Iterator[LabelledImages]:
        with contextlib.ExitStack() as stack:
            sources = [stack.enter_context(source.reopen()) for source in self.sources]
            labels = [stack.enter_context(one.reopen()) for one in self.labels]
            yield replace(self, sources=sources, labels=labels)

    def _reader(self, device: Device) -> Callable[[Sequence[tuple[int, Window]]], Batch]:
        return lambda windows: self.read(windows).pinned(device)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of each image, in pixels."""
        return [(source.grid.width, source.grid.height) for source in self.sources]

    def read_ids(self, image: int, window: Window) -> NDArray[np.uint8]:
        """``ids_HW`` of one window, `IGNORE` where the image has no data; unlabelled images are not read."""
        ids_HW = self.labels[image].read(window)
        if (ids_HW == IGNORE).all():
            return ids_HW
        _, valid_HW = self.sources[image].read(window)
        return np.where(valid_HW, ids_HW, np.uint8(IGNORE))

    def read(self, windows: Sequence[tuple[int, Window]]) -> Batch:
        """The windows, each given as (image, window of the labels), as one batch."""
        images, valids, ids, distances = [], [], [], []
        for image, window in windows:
            outer = window.grow(self.margin_px)
            image_CHW, valid_HW = self.sources[image].read(outer)
            counted_HW = valid_HW[window.within(outer)]
            # Training windows never overlap validation windows.
            is_validation = bool(self._validation_windows_in(image, window))
            if self.validation_mask and is_validation:
                counted_HW = counted_HW & self.validation_mask(image, window)
            images.append(image_CHW)
            valids.append(valid_HW)
            ids.append(np.where(counted_HW, self.labels[image].read(window), IGNORE))
            if self.distances and not is_validation:
                distances.append(self._distances(image, window))
        return Batch(
            image_BCHW=_stacked(images),
            valid_BHW=_stacked(valids),
            ids_BHW=_stacked(ids),
            distance_BDHW=_stacked(distances) if distances else None,
        )

    def _validation_windows_in(self, image: int, window: Window) -> list[Window]:
        return [other for at, other in self.validation_windows if at == image and other.overlaps(window)]

    def _distances(self, image: int, window: Window) -> NDArray[np.float32]:
        """``maps_DHW``, from labels far enough around that the window's edge is no border."""
        outer = window.grow(REACH_PX)
        ids_HW = self.labels[image].read(outer).copy()
        for validation in self._validation_windows_in(image, outer):
            ids_HW[validation.intersect(outer).within(outer)] = IGNORE
        rows, columns = window.within(outer)
        return signed_distances(ids_HW, len(self.labels[-1].classes))[:, rows, columns]


def _stacked(arrays: Sequence[NDArray[np.generic]]) -> Tensor:
    return torch.from_numpy(np.stack(arrays))
