"""The map of errors, a raster of where a class map is wrong: which class was taken for which, borders apart
from the rest.

Legend: K classes; rows of matrices are the reference's classes, columns the map's. H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..core.legend import IGNORE, LegendClass, default_color
from ..protocol import Emit, Progress
from ..raster import ClassMapWriter
from .comparison import Inputs, WindowPair, each

CORRECT = LegendClass(0, "correct", (222, 226, 230))
OTHER = LegendClass(253, "other errors", (120, 120, 120))
NEAR = "at a border"
_PALE = 0.55
"""How far the colours of errors at borders go towards white."""


@dataclass(frozen=True)
class ErrorKinds:
    """The kinds of errors that occur, the most frequent pair of classes first. ``values_2KK``: away from
    borders, near them.
    """

    legend: tuple[LegendClass, ...]
    values_2KK: NDArray[np.uint8]

    @classmethod
    def of(
        cls, confusion_KK: NDArray[np.int64], border_KK: NDArray[np.int64], classes: Sequence[LegendClass]
    ) -> ErrorKinds:
        """The kinds in these counts, of all pixels and of those near borders; the rarest share `OTHER` if 8
        bits are too few.
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
            for near in np.flatnonzero(counts_2KK[:, row, column]):
                if len(legend) == OTHER.value:
                    return cls((*legend, OTHER), values_2KK)
                values_2KK[near, row, column] = len(legend)
                legend.append(_kind(len(legend), classes[row], classes[column], rank, bool(near)))
        return cls(tuple(legend), values_2KK)

    def values(self, part: WindowPair) -> NDArray[np.uint8]:
        """``values_HW`` of a window: a kind, `CORRECT`, or 255 where either side has no class."""
        table = np.full((2, IGNORE + 1, IGNORE + 1), IGNORE, np.uint8)
        classes = self.values_2KK.shape[1]
        table[:, :classes, :classes] = self.values_2KK
        near_HW = np.zeros(part.map_HW.shape, bool) if part.near_HW is None else part.near_HW
        values_HW: NDArray[np.uint8] = table[near_HW.astype(np.uint8), part.reference_HW, part.map_HW]
        return values_HW


def _kind(value: int, reference: LegendClass, mapped: LegendClass, rank: int, near: bool) -> LegendClass:
    name, color = f"{reference.name} mapped as {mapped.name}", default_color(rank)
    if near:
        red, green, blue = (round(part + (255 - part) * _PALE) for part in color)
        return LegendClass(value, f"{name}, {NEAR}", (red, green, blue))
    return LegendClass(value, name, color)


def write_error_map(path: str, sides: Inputs, kinds: ErrorKinds, emit: Emit) -> None:
    """Write the raster on the map's grid: whole or not at all."""
    done_px, total_px = 0, sides.grid.window.pixels
    with ClassMapWriter(path, sides.grid, kinds.legend, emit=emit) as writer:
        for part in each(replace(sides, probabilities=None, regions=None)):  # neither is needed here
            writer.write_codes(part.window, kinds.values(part))
            done_px += part.window.pixels
            emit(Progress(done_px, total_px, "px of errors written"))
