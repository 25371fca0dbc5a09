"""Arrays as a source: for tests, and for machines without GDAL."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from .grid import NO_GEOREFERENCE, Grid
from .source import Source


class ArraySource(Source):
    """Arrays in memory as a source; needs no GDAL."""

    def __init__(
        self,
        image_CHW: npt.NDArray[Any],
        valid_HW: npt.NDArray[np.bool_] | None = None,
        grid: Grid | None = None,
        name: str = "array",
        band_names: tuple[str, ...] = (),
    ) -> None:
        self.bands, height, width = image_CHW.shape
        self.grid = grid or Grid(width, height, NO_GEOREFERENCE, "")
        # Never a user's raster: arrays of our own.
        assert (self.grid.height, self.grid.width) == (height, width)  # nosec B101
        valid_HW = np.ones((height, width), bool) if valid_HW is None else valid_HW.copy()
        if image_CHW.dtype.kind == "f":
            valid_HW &= np.isfinite(image_CHW).all(axis=0)
        self._image_CHW, self._valid_HW = np.where(valid_HW, image_CHW, image_CHW.dtype.type(0)), valid_HW
        self.dtype, self.name = image_CHW.dtype.name, name
        self.band_names = band_names or tuple(f"Band {i + 1}" for i in range(self.bands))

    def _read_inside(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        rows, columns = window.within(self.grid.window)
        return self._image_CHW[:, rows, columns].copy(), self._valid_HW[rows, columns].copy()

    def reopen(self) -> ArraySource:
        """The same object: arrays may be read by any number of threads."""
        return self

    def close(self) -> None:
        """Do nothing, because no file is open."""
