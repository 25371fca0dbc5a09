"""The rectangle of the parameter EXTENT, on the grid of the image."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import EngineError
from ..raster import Grid
from ..raster.alignment import require_crs
from ..raster.gdal import gdal, named_reference, ogr, spatial_reference, transformation
from ..raster.grid import NO_GEOREFERENCE, Box, box_text
from ..raster.warp import window_dataset

_TEXT = re.compile(r"\s*([^\[\]]*?)\s*(?:\[(.+)\]\s*)?", re.DOTALL)
_POINTS_PER_SIDE = 1000
"""Points of each side that are transformed: a side that is straight in one CRS is bent in another."""
_NEGLIGIBLE_PX = 0.001
_PIXELS_WKT = 'LOCAL_CS["columns and rows",UNIT["pixel",1]]'


class Extent:
    """The pixels whose centre lies in a box. Only one thread at a time may use it."""

    def __init__(self, text: str, grid: Grid) -> None:
        """Read ``text``, "xmin,ymin,xmax,ymax" in the grid's CRS or in another, "1,2,3,4 [EPSG:4326]".

        Raises `EngineError` for any other text, and if no pixel has its centre in the box.
        """
        box, crs = _parse(text, grid)
        self._grid, self._polygon = Grid(grid.width, grid.height, NO_GEOREFERENCE, _PIXELS_WKT), None
        outline = _outline(box, crs, grid)
        self.window = _window(outline).intersect(grid.window)
        """The smallest window that contains all these pixels."""
        if not self.window.pixels:
            image = (grid.bounds_in(crs) if crs is not None else None) or grid.bounds(grid.window)
            raise EngineError(
                "no_overlap",
                "EXTENT is {box}, but the image covers {image}: no pixel's centre lies in it.",
                "Give an extent on the image, or name the coordinate reference system that it is in.",
                box=box_text(box),
                image=box_text(image),
            )
        if crs is not None or not _is_upright(grid):
            self._polygon = _polygon_dataset(outline)

    def inside(self, window: Window) -> npt.NDArray[np.bool_]:
        """``inside_HW``: which pixels of ``window``, a part of the extent's, have their centre in the box."""
        if self._polygon is None:
            return np.ones((window.height, window.width), bool)
        dataset = window_dataset(self._grid, window, gdal().GDT_Byte, _PIXELS_WKT, 0)
        gdal().RasterizeLayer(dataset, [1], self._polygon.GetLayer(), burn_values=[1])
        return np.asarray(dataset.ReadAsArray() > 0)


def _parse(text: str, grid: Grid) -> tuple[Box, Any]:
    """The box and its CRS, which is None if it is the CRS of the grid."""
    matched = _TEXT.fullmatch(text)
    try:
        xmin, ymin, xmax, ymax = (float(part) for part in (matched[1] if matched else "").split(","))
    except ValueError:
        xmin = ymin = xmax = ymax = math.nan
    if not (xmin < xmax and ymin < ymax and all(map(math.isfinite, (xmin, ymin, xmax, ymax)))):
        raise EngineError(
            "bad_extent",
            "EXTENT is {text!r}.",
            "Give EXTENT as xmin,ymin,xmax,ymax: four numbers, each minimum smaller than its maximum.",
            text=text,
        )
    named = matched[2] if matched else None
    if named is None:
        return (xmin, ymin, xmax, ymax), None
    require_crs("EXTENT", has_crs=True, grid=grid)
    try:
        crs = named_reference(named)
    except RuntimeError as error:
        raise EngineError(
            "bad_extent",
            "EXTENT is in {named!r}, which is not a coordinate reference system: {error}.",
            "Name it by its code, as in [EPSG:4326].",
            named=named,
            error=error,
        ) from None
    return (xmin, ymin, xmax, ymax), None if crs.IsSame(spatial_reference(grid.crs_wkt)) else crs


def _outline(box: Box, crs: Any, grid: Grid) -> npt.NDArray[np.float64]:
    """``outline_N2``: columns and rows of the box's outline on the grid; empty if it lies elsewhere."""
    if crs is not None:
        reach = grid.bounds_in(crs)
        if reach is None:
            raise EngineError(
                "no_overlap",
                "The image reaches beyond what the coordinate reference system of EXTENT can describe.",
                "Give EXTENT in the image's coordinate reference system.",
            )
        # The image's CRS may have no coordinates for corners of the box far from the image.
        box = _cut(box, reach)
        if not (box[0] < box[2] and box[1] < box[3]):
            return np.empty((0, 2))
    xmin, ymin, xmax, ymax = box
    corners = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax), (xmin, ymin)]
    points = 1 if crs is None else _POINTS_PER_SIDE
    places = np.concatenate(
        [np.linspace(*side, points, endpoint=False) for side in zip(corners, corners[1:])]
    ).tolist()
    if crs is not None:
        places = [
            place[:2]
            for place in transformation(crs, spatial_reference(grid.crs_wkt)).TransformPoints(places)
        ]
    return np.array([grid.to_pixels(x, y) for x, y in places])


def _cut(box: Box, reach: Box) -> Box:
    """The part of ``box`` in ``reach`` or a fiftieth beyond it, since ``reach`` is only approximate."""
    width, height = (reach[2] - reach[0]) / 50, (reach[3] - reach[1]) / 50
    least, most = (reach[0] - width, reach[1] - height), (reach[2] + width, reach[3] + height)
    return max(box[0], least[0]), max(box[1], least[1]), min(box[2], most[0]), min(box[3], most[1])


def _window(outline_N2: npt.NDArray[np.float64]) -> Window:
    """The window of pixels whose centres lie between the outermost points, up to a thousandth of a pixel."""
    if not len(outline_N2) or not np.isfinite(outline_N2).all():
        return Window(0, 0, 0, 0)
    left, top = (math.ceil(least - 0.5 - _NEGLIGIBLE_PX) for least in outline_N2.min(0))
    right, bottom = (math.floor(most + 0.5 + _NEGLIGIBLE_PX) for most in outline_N2.max(0))
    return Window(left, top, max(0, right - left), max(0, bottom - top))


def _is_upright(grid: Grid) -> bool:
    """Whether the rows and columns of the grid run along the axes of its CRS, so that a window is a box."""
    _, x_column, x_row, _, y_column, y_row = grid.transform
    return (x_row == 0 and y_column == 0) or (x_column == 0 and y_row == 0)


def _polygon_dataset(outline_N2: npt.NDArray[np.float64]) -> Any:
    """A dataset in memory with the outline as a polygon."""
    ring = ogr().Geometry(ogr().wkbLinearRing)
    for column, row in (*outline_N2, outline_N2[0]):
        ring.AddPoint_2D(column, row)
    polygon = ogr().Geometry(ogr().wkbPolygon)
    polygon.AddGeometry(ring)
    # From GDAL 3.11 on, one driver is for rasters and vectors.
    driver = gdal().GetDriverByName("Memory") or gdal().GetDriverByName("MEM")
    dataset = driver.Create("", 0, 0, 0, gdal().GDT_Unknown)
    layer = dataset.CreateLayer("extent", spatial_reference(_PIXELS_WKT), ogr().wkbPolygon)
    feature = ogr().Feature(layer.GetLayerDefn())
    feature.SetGeometry(polygon)
    layer.CreateFeature(feature)
    return dataset
