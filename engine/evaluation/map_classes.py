"""Which classes a raster holds that is to be a class map."""

from __future__ import annotations

import numpy as np

from .. import raster
from ..core.legend import LegendClass
from ..protocol import EngineError


def map_classes(source: raster.Source, path: str) -> tuple[LegendClass, ...]:
    """The classes of the map; `EngineError` for a raster that is no class map, such as an image or an
    elevation model.
    """
    remedy = "Choose a class map: a raster with one band of whole numbers, as Classify raster writes it."
    if source.bands != 1:
        raise EngineError("not_classes", f"{path} has {source.bands} bands; a class map has one.", remedy)
    if not np.issubdtype(np.dtype(source.dtype), np.integer):
        raise EngineError(
            "not_classes", f"{path} holds {source.dtype} values; classes are whole numbers.", remedy
        )
    classes = raster.read_classes(path)
    if not classes:
        raise EngineError("not_classes", f"{path} holds no class at all.", remedy)
    return classes
