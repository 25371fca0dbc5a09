"""The map of errors: a raster that shows where a class map is wrong, and which class was mapped as which.

Errors near a border between classes are kinds of their own.

Legend: K classes; rows of matrices are the reference's classes, columns the map's. H height, W width.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..core.legend import IGNORE, LegendClass, default_color
from ..protocol import Emit, Progress
from ..raster import ClassMapWriter
from .comparison import window_pairs
from .inputs import Inputs, WindowPair

CORRECT = LegendClass(0, "correct", (222, 226, 230))
OTHER = LegendClass(253, "other errors", (120, 120, 120))
_AT_BORDER = "at a border"
_PALE = 0.55
"""The share of white in the colours of errors at borders."""


@dataclass(frozen=True)
class ErrorKinds:
    """The kinds of errors that occur, the most frequent pair of classes first."""

    legend: tuple[LegendClass, ...]
    values_2KK: NDArray[np.uint8]
    """The value of each pair of classes, away from borders and near them."""

    @classmethod
    def of(
        cls, confusion_KK: NDArray[np.int64], border_KK: NDArray[np.int64], classes: Sequence[LegendClass]
    ) -> ErrorKinds:
        """The kinds in the confusion matrices of all pixels and of those near borders.

        If there are more kinds than 8 bits can hold, the rarest ones share `OTHER`.
        """
        counts_2KK = np.stack([confusion_KK - border_KK, border_KK])
        counts_2KK[:, range(len(classes)), range(len(classes))] = 0
        values_2KK = np.where(counts_2KK > 0, OTHER.value, CORRECT.value).astype(np.uint8)
        legend = [CORRECT]
        by_pair = counts_2KK.sum(axis=0)
        for rank, pair in enumerate(
            np.argsort(-by_pair, axis=None, kind="stable")[: np.count_nonzero(by_pair)]
        ):
            row, column = np.unravel_index(pair, by_pair.shape)
            for at_border in np.flatnonzero(counts_2KK[:, row, column]):
                if len(legend) == OTHER.value:
                    return cls((*legend, OTHER), values_2KK)
                values_2KK[at_border, row, column] = len(legend)
                legend.append(_kind(len(legend), classes[row], classes[column], rank, bool(at_border)))
        return cls(tuple(legend), values_2KK)

    def values(self, pair: WindowPair) -> NDArray[np.uint8]:
        """``values_HW`` of a window: a kind, `CORRECT`, or 255 where map or reference has no class."""
        table = np.full((2, IGNORE + 1, IGNORE + 1), IGNORE, np.uint8)
        classes = self.values_2KK.shape[1]
        table[:, :classes, :classes] = self.values_2KK
        no_border_HW = np.zeros(pair.map_HW.shape, bool)
        near_HW = no_border_HW if pair.near_border_HW is None else pair.near_border_HW
        values_HW: NDArray[np.uint8] = table[near_HW.astype(np.uint8), pair.reference_HW, pair.map_HW]
        return values_HW


def _kind(value: int, reference: LegendClass, mapped: LegendClass, rank: int, at_border: bool) -> LegendClass:
    name, color = f"{reference.name} mapped as {mapped.name}", default_color(rank)
    if at_border:
        red, green, blue = (round(part + (255 - part) * _PALE) for part in color)
        return LegendClass(value, f"{name}, {_AT_BORDER}", (red, green, blue))
    return LegendClass(value, name, color)


def write_error_map(path: str, inputs: Inputs, kinds: ErrorKinds, emit: Emit) -> None:
    """Write the map of errors on the grid of the class map, whole or not at all."""
    started, done_px, total_px = time.monotonic(), 0, inputs.grid.window.pixels
    with ClassMapWriter(path, inputs.grid, kinds.legend, emit=emit) as writer:
        for pair in window_pairs(replace(inputs, probabilities=None, regions=None)):  # neither is needed here
            writer.write_codes(pair.window, kinds.values(pair))
            done_px += pair.window.pixels
            emit(Progress.after(time.monotonic() - started, done_px, total_px, "px of errors written"))
