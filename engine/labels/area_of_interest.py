"""The area of interest of a job: the part of a grid in an extent and in polygons, or all of it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE
from ..core.windows import Window
from ..files.atomic import temporary_folder
from ..protocol import Emit, EngineError, message
from ..raster import Grid
from .class_catalogue import Catalogue
from .extent import Extent
from .reference import no_overlap, overlaps
from .vector import VectorReference


class AreaOfInterest:
    """The pixels of a grid that results are wanted for; pixels outside are still read as context.

    Any number of threads may use it at the same time.
    """

    def __init__(
        self, window: Window, extent: Extent | None = None, polygons: VectorReference | None = None
    ) -> None:
        self.window = window
        """The smallest window that contains the whole area."""
        self._extent, self._polygons, self._lock = extent, polygons, threading.Lock()

    @classmethod
    @contextlib.contextmanager
    def open(cls, grid: Grid, area: str, extent: str, emit: Emit) -> Iterator[AreaOfInterest]:
        """The pixels of ``grid`` whose centre lies in a polygon of ``area`` and in ``extent``.

        ``extent`` is a box as text for `Extent`, ``area`` the path of a layer in any CRS; "" sets no limit.
        The area is open while the ``with`` block runs. Raises `EngineError` if ``extent`` or ``area`` cannot
        be read, or if no part of them lies on the grid.
        """
        box = Extent(extent, grid) if extent else None
        window = box.window if box else grid.window
        if not area:
            yield cls(window, box)
            return
        with temporary_folder() as folder, contextlib.closing(VectorReference(area, grid)) as polygons:
            polygons.examine(Catalogue(), emit)
            if not overlaps(polygons):
                raise no_overlap([polygons])
            polygons.prepare(folder, emit)
            covered = polygons.prepared_extent()
            window = window.intersect(grid.around(covered)) if covered else Window(0, 0, 0, 0)
            if not window.pixels:
                raise _nothing_within(area, extent)
            yield cls(window, box, polygons)

    def inside(self, window: Window) -> npt.NDArray[np.bool_]:
        """``inside_HW``: which pixels of ``window`` belong to the area."""
        inside_HW = np.zeros((window.height, window.width), bool)
        shared = window.intersect(self.window)
        if not shared.pixels:
            return inside_HW
        asked_HW = np.ones((shared.height, shared.width), bool)
        with self._lock:
            if self._extent is not None:
                asked_HW &= self._extent.inside(shared)
            if self._polygons is not None:
                asked_HW &= self._polygons.read(shared) != IGNORE
        inside_HW[shared.within(window)] = asked_HW
        return inside_HW


def _nothing_within(area: str, extent: str) -> EngineError:
    limits = message("{area} and the extent {extent}", area=area, extent=extent) if extent else area
    return EngineError(
        "no_overlap",
        "No pixel of the image lies within {limits}.",
        "Choose a part of the image, or all of it.",
        limits=limits,
    )
