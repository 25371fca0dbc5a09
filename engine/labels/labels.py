"""Labels: the class of each pixel of a grid, or that it has none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..core.counting import look_up
from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window
from ..protocol import message
from ..raster import Grid, RasterFile
from ..raster.gdal import gdal, open_dataset
from ..raster.grid import NO_GEOREFERENCE


class Labels(ABC):
    """Class ids on a grid, read by windows that may reach beyond it."""

    grid: Grid
    classes: tuple[LegendClass, ...]
    features: tuple[int, ...]
    """The number of vector features of each class on or near the grid."""
    points: bool = False
    """Whether all labels are points, each of which may stand for many pixels."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``: indices into ``classes``; IGNORE where unlabelled or beyond the grid."""
        ids_HW = np.full((window.height, window.width), IGNORE, np.uint8)
        inside = window.intersect(self.grid.window)
        if inside.pixels:
            ids_HW[inside.within(window)] = self._read_inside(inside)
        return ids_HW

    @abstractmethod
    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        """`read` for a window within the grid."""

    @abstractmethod
    def reopen(self) -> Labels:
        """The same labels opened once more, for another thread; valid only while these are open."""

    @abstractmethod
    def close(self) -> None:
        """Close the files; after this, nothing can be read."""

    def __enter__(self) -> Labels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ArrayLabels(Labels):
    """Labels in memory: ``ids_HW`` are indices into ``classes``. They need no GDAL."""

    def __init__(
        self, ids_HW: npt.NDArray[np.uint8], classes: Sequence[LegendClass], grid: Grid | None = None
    ) -> None:
        height, width = ids_HW.shape
        self.grid = grid or Grid(width, height, NO_GEOREFERENCE, "")
        # Never a user's raster: arrays of our own.
        assert (self.grid.height, self.grid.width) == (height, width)  # nosec B101
        self.classes, self._ids_HW = tuple(classes), ids_HW
        self.features = (0,) * len(self.classes)

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        return self._ids_HW[window.within(self.grid.window)]

    def reopen(self) -> ArrayLabels:
        """The same object: arrays may be read by any number of threads."""
        return self

    def close(self) -> None:
        """Do nothing: no file is open."""


class RasterizedLabels(Labels):
    """Labels in a raster of ids at ``path``, which ``translation`` (256 entries) turns into class ids."""

    def __init__(
        self,
        grid: Grid,
        classes: Sequence[LegendClass],
        path: Path,
        translation: npt.NDArray[np.uint8],
        features: Sequence[int],
        points: bool = False,
    ) -> None:
        self.grid, self.classes, self.features, self.points = grid, tuple(classes), tuple(features), points
        self._dataset = open_dataset(str(path), gdal().OF_RASTER, message("labels"))
        self._path, self._translation = path, translation

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        ids_HW = self._dataset.ReadAsArray(window.x, window.y, window.width, window.height)
        return look_up(self._translation, ids_HW)

    def reopen(self) -> RasterizedLabels:
        """The same raster, opened once more."""
        return RasterizedLabels(
            self.grid, self.classes, self._path, self._translation, self.features, self.points
        )

    def close(self) -> None:
        """Close the raster. Nothing can be read any more."""
        self._dataset.close()


class CodedLabels(Labels):
    """A raster of class codes on the grid itself, translated when it is read.

    ``ids`` has the class id of each code; pixels without data become ``nodata_id``.
    """

    def __init__(
        self, source: RasterFile, classes: Sequence[LegendClass], ids: npt.NDArray[np.uint8], nodata_id: int
    ) -> None:
        self.grid, self.classes, self.features = source.grid, tuple(classes), (0,) * len(classes)
        self._source, self._ids, self._nodata_id = source, ids, nodata_id

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        values_CHW, valid_HW = self._source.read(window)
        ids_HW = look_up(self._ids, values_CHW[0])
        if not valid_HW.all():
            ids_HW[~valid_HW] = self._nodata_id
        return ids_HW

    def reopen(self) -> CodedLabels:
        """The same raster, opened once more."""
        return CodedLabels(self._source.reopen(), self.classes, self._ids, self._nodata_id)

    def close(self) -> None:
        """Close the raster. Nothing can be read any more."""
        self._source.close()
