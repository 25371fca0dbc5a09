"""The part of a grid that is asked for: within an extent, inside polygons, or all of it."""

from __future__ import annotations

import contextlib
import math
import tempfile
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..legend import IGNORE
from ..protocol import EngineError
from ..raster import Grid
from ..raster.alignment import Emit
from ..raster.grid import Box, box_text
from ..windows import Window
from .catalogue import Catalogue
from .reference import no_overlap, overlaps
from .vector import VectorReference


class Region:
    """Limits what is written, not what is seen: pixels outside keep their values as context of those inside.

    Use with ``with``; any thread may ask.
    """

    def __init__(self, window: Window, polygons: VectorReference | None, owned: contextlib.ExitStack) -> None:
        self.window = window
        """The smallest window that holds all of the region."""
        self._polygons, self._owned, self._lock = polygons, owned, threading.Lock()

    @classmethod
    def open(cls, grid: Grid, area: str, extent: str, emit: Emit) -> Region:
        """The pixels of ``grid`` whose centre is in a polygon of ``area`` and that ``extent`` touches; "" sets no limit.

        ``extent`` is "xmin,ymin,xmax,ymax" in the grid's CRS, the layer ``area`` is in any CRS. Raises `EngineError` for
        what is none of these, and where nothing of it lies on the grid.
        """
        window = extent_window(grid, parse_extent(extent)) if extent else grid.window
        if not area:
            return cls(window, None, contextlib.ExitStack())
        with contextlib.ExitStack() as owned:
            folder = Path(owned.enter_context(tempfile.TemporaryDirectory(prefix="raster-segmenter-")))
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
                    "no_overlap", f"No pixel of the image lies within {limits}.", "Choose a part of the image, or all of it."
                )
            return cls(window, polygons, owned.pop_all())

    def inside(self, window: Window) -> npt.NDArray[np.bool_]:
        """Which pixels of ``window`` belong to the region, as ``inside_HW``."""
        inside_HW = np.zeros((window.height, window.width), bool)
        shared = window.intersect(self.window)
        if not shared.pixels:
            return inside_HW
        if self._polygons is None:
            inside_HW[shared.within(window)] = True
        else:
            with self._lock:
                inside_HW[shared.within(window)] = self._polygons.read(shared) != IGNORE
        return inside_HW

    def __enter__(self) -> Region:
        return self

    def __exit__(self, *_: object) -> None:
        self._owned.close()


def parse_extent(text: str) -> Box:
    """The box that ``text`` gives as "xmin,ymin,xmax,ymax". Raises `EngineError` for anything else."""
    try:
        xmin, ymin, xmax, ymax = (float(part) for part in text.split(","))
    except ValueError:
        xmin = ymin = xmax = ymax = math.nan
    if not (xmin < xmax and ymin < ymax and all(map(math.isfinite, (xmin, ymin, xmax, ymax)))):
        raise EngineError(
            "bad_extent", f"EXTENT is {text!r}.", "Give xmin,ymin,xmax,ymax as four numbers, each minimum below its maximum."
        )
    return xmin, ymin, xmax, ymax


def extent_window(grid: Grid, extent: Box) -> Window:
    """The pixels of ``grid`` that a box in its CRS touches. Raises `EngineError` where it touches none."""
    window = grid.around(extent).intersect(grid.window)
    if not window.pixels:
        raise EngineError(
            "no_overlap",
            f"EXTENT is {box_text(extent)}, but the image covers {box_text(grid.bounds(grid.window))}: they do not overlap.",
            "Give an extent on the image, in the image's coordinate reference system.",
        )
    return window
