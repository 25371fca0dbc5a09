"""The part of a grid that is asked for: within an extent, inside polygons, or all of it."""

from __future__ import annotations

import contextlib
import threading

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE
from ..core.windows import Window
from ..files.atomic import temporary_folder
from ..protocol import Emit, EngineError
from ..raster import Grid
from .class_catalogue import Catalogue
from .extent import Extent
from .reference import no_overlap, overlaps
from .vector import VectorReference


class AreaOfInterest:
    """Limits what is written, not what is seen: pixels outside keep their values as context of those inside.

    Use with ``with``; any thread may ask.
    """

    def __init__(
        self,
        window: Window,
        extent: Extent | None,
        polygons: VectorReference | None,
        owned: contextlib.ExitStack,
    ) -> None:
        self.window = window
        """The smallest window that holds all of the region."""
        self._extent, self._polygons, self._owned, self._lock = extent, polygons, owned, threading.Lock()

    @classmethod
    def open(cls, grid: Grid, area: str, extent: str, emit: Emit) -> AreaOfInterest:
        """The pixels of ``grid`` whose centre is in a polygon of ``area`` and in the box ``extent``; "" sets
        no limit.

        ``extent`` is as `Extent` takes it, the layer ``area`` is in any CRS. Raises `EngineError` for what is
        none of these, and where nothing of it lies on the grid.
        """
        box = Extent(extent, grid) if extent else None
        window = box.window if box else grid.window
        if not area:
            return cls(window, box, None, contextlib.ExitStack())
        with contextlib.ExitStack() as owned:
            folder = owned.enter_context(temporary_folder())
            polygons = VectorReference(area, grid)
            owned.callback(polygons.close)
            polygons.examine(Catalogue(), emit)
            if not overlaps(polygons):
                raise no_overlap([polygons])
            polygons.prepare(folder, emit)
            reach = polygons.prepared_extent()
            window = window.intersect(grid.around(reach)) if reach else Window(0, 0, 0, 0)
            if not window.pixels:
                limits = f"{area} and the extent {extent}" if extent else area
                raise EngineError(
                    "no_overlap",
                    f"No pixel of the image lies within {limits}.",
                    "Choose a part of the image, or all of it.",
                )
            return cls(window, box, polygons, owned.pop_all())

    def inside(self, window: Window) -> npt.NDArray[np.bool_]:
        """Which pixels of ``window`` belong to the region, as ``inside_HW``."""
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

    def __enter__(self) -> AreaOfInterest:
        return self

    def __exit__(self, *_: object) -> None:
        self._owned.close()
