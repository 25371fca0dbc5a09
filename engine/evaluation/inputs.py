"""Probabilities that belong to a class map: one band per class, on the map's grid, in the order of its
classes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import numpy as np

from ..core.legend import LegendClass
from ..protocol import EngineError
from ..raster import RasterFile, Source

_REMEDY = "Choose the probabilities that Classify raster wrote together with this map."


def open_probabilities(
    path: str, class_map: Source, classes: Sequence[LegendClass], stack: contextlib.ExitStack
) -> Source:
    """The raster at ``path``, closed by ``stack``. Raises `EngineError` unless it belongs to
    ``class_map``.
    """
    found = stack.enter_context(RasterFile.open(path))
    same_size = (found.grid.width, found.grid.height) == (class_map.grid.width, class_map.grid.height)
    if not same_size or (
        found.grid.crs_wkt and class_map.grid.crs_wkt and not found.grid.same_pixels(class_map.grid)
    ):
        sizes = " and ".join(f"{side.grid.width} × {side.grid.height} px" for side in (found, class_map))
        raise EngineError(
            "grids_differ", f"{path} is not on the grid of {class_map.name} ({sizes}).", _REMEDY
        )
    if found.bands != len(classes):
        message = f"{path} has {found.bands} band(s), but {class_map.name} has {len(classes)} class(es)."
        raise EngineError("bands_differ", message, _REMEDY)
    names, bands = [c.name for c in classes], list(found.band_names)
    if bands != names and sorted(bands) == sorted(names):
        raise EngineError(
            "band_order", f"The bands of {path} are {', '.join(bands)}, not {', '.join(names)}.", _REMEDY
        )
    if np.dtype(found.dtype).kind != "f" and found.dtype != "uint8":
        message = f"{path} holds {found.dtype}; probabilities are per cent in bytes, or numbers from 0 to 1."
        raise EngineError("bad_dtype", message, _REMEDY)
    return found
