"""Labels: for each pixel of a grid its class, or that it has none."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from ..core.counting import look_up
from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window
from ..raster import Grid, RasterFile
from ..raster.gdal import gdal, open_dataset


class Labels(ABC):
    """Class ids on a grid, read by windows that may reach beyond it."""

    grid: Grid
    classes: tuple[LegendClass, ...]
    features: tuple[int, ...]
    """How many vector features of each class the grid meets."""
    points: bool = False
    """Whether they are points alone, each of which may stand for many pixels."""

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
        """The same labels opened once more, to be read by another thread as long as these are not closed."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files. Nothing can be read any more."""

    def __enter__(self) -> Labels:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class ArrayLabels(Labels):
    """``ids_HW`` in memory as labels; needs no GDAL."""

    def __init__(
        self, ids_HW: npt.NDArray[np.uint8], classes: Sequence[LegendClass], grid: Grid | None = None
    ) -> None:
        height, width = ids_HW.shape
        self.grid = grid or Grid(width, height, (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), "")
        assert (self.grid.height, self.grid.width) == (height, width)  # nosec B101 (never a user's raster: arrays of our own)
        self.classes, self._ids_HW = tuple(classes), ids_HW
        self.features = (0,) * len(self.classes)

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        return self._ids_HW[window.within(self.grid.window)]

    def reopen(self) -> ArrayLabels:
        """Themselves: arrays may be read by any number of threads."""
        return self

    def close(self) -> None:
        """Nothing is held open."""


class BurnedLabels(Labels):
    """Ids in a temporary raster, translated on reading; ``owned`` removes it on `close`."""

    def __init__(
        self,
        grid: Grid,
        classes: Sequence[LegendClass],
        path: Path,
        translation: npt.NDArray[np.uint8],
        owned: contextlib.ExitStack,
        features: Sequence[int],
        points: bool = False,
    ) -> None:
        self.grid, self.classes, self.features, self.points = grid, tuple(classes), tuple(features), points
        self._dataset = open_dataset(str(path), gdal().OF_RASTER, "labels")
        self._path, self._translation, self._owned = path, translation, owned

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        return look_up(
            self._translation, self._dataset.ReadAsArray(window.x, window.y, window.width, window.height)
        )

    def reopen(self) -> BurnedLabels:
        again = (self._path, self._translation, contextlib.ExitStack(), self.features, self.points)
        return BurnedLabels(self.grid, self.classes, *again)

    def close(self) -> None:
        """Remove the temporary file. Nothing can be read any more."""
        self._dataset.close()
        self._owned.close()


class CodedLabels(Labels):
    """A raster of class codes on the grid itself, translated on reading by ``ids``: of each code, and
    ``nowhere`` of no data.
    """

    def __init__(
        self,
        source: RasterFile,
        classes: Sequence[LegendClass],
        ids: npt.NDArray[np.uint8],
        nowhere: int,
        owned: contextlib.ExitStack,
    ) -> None:
        self.grid, self.classes, self.features = source.grid, tuple(classes), (0,) * len(classes)
        self._source, self._ids, self._nowhere, self._owned = source, ids, nowhere, owned

    def _read_inside(self, window: Window) -> npt.NDArray[np.uint8]:
        values_CHW, valid_HW = self._source.read(window)
        ids_HW = look_up(self._ids, values_CHW[0])
        if not valid_HW.all():
            ids_HW[~valid_HW] = self._nowhere
        return ids_HW

    def reopen(self) -> CodedLabels:
        return CodedLabels(
            self._source.reopen(), self.classes, self._ids, self._nowhere, contextlib.ExitStack()
        )

    def close(self) -> None:
        """Let go of the file. Nothing can be read any more."""
        self._source.close()
        self._owned.close()
