"""Images and labels as tensors.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .labels import Labels
from .legend import IGNORE
from .raster import Source
from .windows import Window


@dataclass(frozen=True)
class Batch:
    """Windows of one size in the file's own numbers; ``ids_BHW`` covers the window less the network's margin."""

    image_BCHW: Tensor
    valid_BHW: Tensor
    ids_BHW: Tensor


class Pairs:
    """Images with the labels on their grids."""

    def __init__(self, sources: Sequence[Source], labels: Sequence[Labels], margin_px: int) -> None:
        self.sources, self.labels, self.margin_px = sources, labels, margin_px

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
        images, valids, ids = [], [], []
        for image, window in windows:
            image_CHW, valid_HW = self.sources[image].read(window.grow(self.margin_px))
            ids_HW = self.labels[image].read(window)
            images.append(image_CHW)
            valids.append(valid_HW)
            core = window.within(window.grow(self.margin_px))
            ids.append(np.where(valid_HW[core], ids_HW, IGNORE))
        return Batch(torch.from_numpy(np.stack(images)), torch.from_numpy(np.stack(valids)), torch.from_numpy(np.stack(ids)))
