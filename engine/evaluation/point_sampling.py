"""A stratified random sample of a class map's pixels, in two passes and constant memory.

The first pass counts the pixels of each class, window by window. Then pixels are drawn by their numbers
within their class, and the second pass reads only the windows that contain some of them.

Legend: K classes, N windows, P points, H height, W width. Ids are indices of classes, 255 = not to be
sampled.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.counting import class_ids
from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window, cover
from ..files.qgis_style import sample_qml
from ..labels import AreaOfInterest
from ..protocol import Emit, Progress
from ..raster import Grid, Source
from ..raster.geopackage import Position, Row, write_features

_WINDOW_PX = 2048
FIELDS = {"reference": str, "id": int, "stratum": int, "map_class": str, "weight": float}
"""The fields of a point: ``reference`` is to be filled in by the user, the others describe the draw."""
_HIDDEN = ("stratum", "map_class", "weight")


@dataclass(frozen=True)
class Sample:
    """Pixels drawn without replacement, in random order: the first of them are a random sample, too."""

    columns_P: NDArray[np.int64]
    rows_P: NDArray[np.int64]
    ids_P: NDArray[np.int64]


class Population:
    """The pixels of the map ``source`` in ``area`` that have one of ``classes``, and their number.

    Building it reads the map once. ``unnamed_px`` is the number of pixels whose value is that of no class.
    Memory: one window, and 8 bytes per class for each window.
    """

    def __init__(
        self, source: Source, classes: Sequence[LegendClass], area: AreaOfInterest, emit: Emit
    ) -> None:
        self._source, self._values, self._area = source, [c.value for c in classes], area
        grid = source.grid
        windows = (window.intersect(area.window) for window in cover(grid.width, grid.height, _WINDOW_PX))
        self._windows = [window for window in windows if window.pixels]
        self._px_NK = np.zeros((len(self._windows), len(classes)), np.int64)
        self.unnamed_px, done_px, started = 0, 0, time.monotonic()
        for number, window in enumerate(self._windows):
            ids_HW, unnamed_px = self._read(window)
            self._px_NK[number] = np.bincount(ids_HW.ravel(), minlength=IGNORE)[: len(classes)]
            self.unnamed_px += unnamed_px
            done_px += window.pixels
            emit(Progress.after(time.monotonic() - started, done_px, area.window.pixels, "px counted"))

    @property
    def px_K(self) -> NDArray[np.int64]:
        """Pixels of each class."""
        total_K: NDArray[np.int64] = self._px_NK.sum(axis=0)
        return total_K

    @property
    def weights_K(self) -> NDArray[np.float64]:
        """The share of each class in the map, which is the weight of its stratum."""
        return self.px_K / max(1, self.px_K.sum())

    def _read(self, window: Window) -> tuple[NDArray[np.uint8], int]:
        """``ids_HW``, and the number of pixels whose value is that of no class."""
        image_CHW, valid_HW = self._source.read(window)
        ids_HW, counted_HW = class_ids(image_CHW[0], self._values), valid_HW & self._area.inside(window)
        unnamed_px = int(np.count_nonzero(counted_HW & (ids_HW == IGNORE)))
        ids_HW[~counted_HW] = IGNORE
        return ids_HW, unnamed_px

    def draw(self, counts_K: NDArray[np.int64], seed: int, emit: Emit) -> Sample:
        """A sample with ``counts_K`` pixels of each class, each with the same chance.

        The same map and ``seed`` give the same sample.
        """
        rng = np.random.default_rng(seed)
        drawn = [
            np.sort(rng.choice(px, count, replace=False))
            for px, count in zip(self.px_K.tolist(), counts_K.tolist())
        ]
        before_NK = self._px_NK.cumsum(axis=0) - self._px_NK
        found: list[NDArray[np.int64]] = []
        for number, window in enumerate(self._windows):
            numbers = [_within(*parts) for parts in zip(drawn, before_NK[number], self._px_NK[number])]
            if any(part.size for part in numbers):
                found.append(_positions(self._read(window)[0], window, numbers))
            emit(Progress(number + 1, len(self._windows), "windows searched"))
        columns_P, rows_P, ids_P = rng.permutation(np.concatenate(found, axis=1), axis=1)
        return Sample(columns_P, rows_P, ids_P)


def _within(drawn: NDArray[np.int64], before: Any, px: Any) -> NDArray[np.int64]:
    """The sorted numbers ``drawn`` that lie from ``before`` to ``before`` + ``px``, less ``before``."""
    start, stop = np.searchsorted(drawn, (before, before + px))
    return drawn[start:stop] - before


def _positions(
    ids_HW: NDArray[np.uint8], window: Window, numbers: Sequence[NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Column, row and class (3xP) of the pixels with these ``numbers`` among those of their class."""
    flat = ids_HW.ravel()
    parts = []
    for class_id, wanted in enumerate(numbers):
        at = np.flatnonzero(flat == class_id)[wanted] if wanted.size else wanted
        rows, columns = np.divmod(at, window.width)
        parts.append(np.stack([window.x + columns, window.y + rows, np.full(len(at), class_id)]))
    return np.concatenate(parts, axis=1)


def write_sample(
    path: str, grid: Grid, sample: Sample, classes: Sequence[LegendClass], weights_K: NDArray[np.float64]
) -> None:
    """Write the points as a GeoPackage with `FIELDS`, to be labelled in QGIS: whole or not at all."""
    _, x_column, x_row, _, y_column, y_row = grid.transform
    side = math.sqrt(abs(x_column * y_row - x_row * y_column))
    qml = sample_qml(FIELDS, "reference", [c.name for c in classes], _HIDDEN, side)
    points = _rows(sample, classes, weights_K.tolist())
    write_features(path, grid, "Point", FIELDS, points, qml)


def _rows(
    sample: Sample, classes: Sequence[LegendClass], weights: Sequence[float]
) -> Iterator[tuple[list[Position], Row]]:
    pixels = zip(sample.columns_P.tolist(), sample.rows_P.tolist(), sample.ids_P.tolist())
    for number, (column, row, class_id) in enumerate(pixels, start=1):
        stratum = classes[class_id]
        values = {
            "id": number,
            "stratum": stratum.value,
            "map_class": stratum.name,
            "weight": weights[class_id],
        }
        yield [(column + 0.5, row + 0.5)], values
