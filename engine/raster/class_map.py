"""Class maps: writing them window by window, and reading what their values mean.

A map is a tiled, compressed GeoTIFF of the user's own class codes. Beside it lie what GeoTIFF has no
place for (``.aux.xml``: attribute table and category names) and its QGIS style (``.qml``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from ..legend import MOST_CLASSES, LegendClass, default_color, map_nodata
from ..outputs import check_writable, disk_errors
from ..protocol import EngineError, partial_path
from ..style import write_qml
from ..windows import Window, cover
from .grid import Grid
from .library import close, discard, gdal, write_errors
from .source import RasterFile

_TILE_PX = 256
_SCAN_PX = 1024
_OPTIONS = [
    "TILED=YES", f"BLOCKXSIZE={_TILE_PX}", f"BLOCKYSIZE={_TILE_PX}", "COMPRESS=DEFLATE", "ZLEVEL=6", "BIGTIFF=IF_SAFER",
]  # fmt: skip


class ClassMapWriter:
    """Writes ``path`` by windows, in any order. It appears whole when the ``with`` block ends well, or not at all."""

    def __init__(self, path: str, grid: Grid, classes: Sequence[LegendClass]) -> None:
        self._path, self._grid, self._classes = Path(path), grid, tuple(classes)
        self._nodata = map_nodata(classes)
        self._partial = partial_path(path)
        self._style = self._path.with_suffix(".qml")
        self._partial_style = partial_path(self._style)
        self._dataset: Any = None

    def __enter__(self) -> ClassMapWriter:
        check_writable(str(self._path))  # GDAL does not say why it cannot create a file
        try:
            with write_errors(self._path):
                self._create()
        except EngineError:
            self._discard()
            raise
        return self

    def _create(self) -> None:
        kind = gdal().GDT_Byte if self._nodata == 255 else gdal().GDT_UInt16
        driver = gdal().GetDriverByName("GTiff")
        self._dataset = driver.Create(str(self._partial), self._grid.width, self._grid.height, 1, kind, _OPTIONS)
        self._dataset.SetGeoTransform(self._grid.transform)
        if self._grid.crs_wkt:
            self._dataset.SetProjection(self._grid.crs_wkt)
        band = self._dataset.GetRasterBand(1)
        band.SetNoDataValue(self._nodata)
        if self._nodata == 255:
            table = gdal().ColorTable()
            for c in self._classes:
                table.SetColorEntry(c.value, (*c.color, 255))
            band.SetColorTable(table)

    def write(self, window: Window, values_HW: npt.NDArray[Any]) -> None:
        """Write class codes (nodata: `legend.map_nodata`) to a window within the grid."""
        assert window.intersect(self._grid.window) == window and values_HW.shape == (window.height, window.width)
        values_HW = np.ascontiguousarray(values_HW, np.uint8 if self._nodata == 255 else np.uint16)
        with write_errors(self._path):
            self._dataset.GetRasterBand(1).WriteArray(values_HW, window.x, window.y)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
            elif kind is EngineError:
                # Blocks of ours are also written when another file's reader needs their memory: then
                # that reader was told that our disk is full. It is told again here, and rightly.
                with write_errors(self._path):
                    self._dataset.FlushCache()
        finally:
            self._discard()

    def _finish(self) -> None:
        with write_errors(self._path):
            self._dataset.FlushCache()
            self._dataset.BuildOverviews("NEAREST", _overview_levels(self._grid))
            _describe(self._dataset.GetRasterBand(1), self._classes)
            self._dataset.FlushCache()
            close(self._dataset)
        write_qml(self._partial_style, self._classes, self._nodata)
        with disk_errors(self._path):
            # The map last: whoever waits for it finds the rest in place. An older map's overviews would not fit it.
            _aux(self._path, ".ovr").unlink(missing_ok=True)
            os.replace(self._partial_style, self._style)
            os.replace(_aux(self._partial, ".aux.xml"), _aux(self._path, ".aux.xml"))
            os.replace(self._partial, self._path)

    def _discard(self) -> None:
        discard(self._dataset)
        for left in (self._partial, _aux(self._partial, ".aux.xml"), self._partial_style):
            left.unlink(missing_ok=True)


def _aux(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _overview_levels(grid: Grid) -> list[int]:
    levels = [2]
    while max(grid.width, grid.height) / levels[-1] > 256:
        levels.append(levels[-1] * 2)
    return levels if max(grid.width, grid.height) > 256 else []


def _describe(band: Any, classes: Sequence[LegendClass]) -> None:
    """Names and colours as a raster attribute table, and as category names where the list stays short."""
    module = gdal()
    table = module.RasterAttributeTable()
    columns = [
        ("Value", module.GFT_Integer, module.GFU_MinMax), ("Class", module.GFT_String, module.GFU_Name),
        ("Red", module.GFT_Integer, module.GFU_Red), ("Green", module.GFT_Integer, module.GFU_Green),
        ("Blue", module.GFT_Integer, module.GFU_Blue),
    ]  # fmt: skip
    for name, kind, usage in columns:
        table.CreateColumn(name, kind, usage)
    table.SetRowCount(len(classes))
    for row, c in enumerate(classes):
        table.SetValueAsInt(row, 0, c.value)
        table.SetValueAsString(row, 1, c.name)
        for column, part in enumerate(c.color, start=2):
            table.SetValueAsInt(row, column, part)
    band.SetDefaultRAT(table)
    if all(c.value <= 255 for c in classes):
        names = {c.value: c.name for c in classes}
        band.SetCategoryNames([names.get(value, "") for value in range(max(names) + 1)])


def read_classes(path: str) -> tuple[LegendClass, ...]:
    """The classes of a class map: those it declares by name, else the values that occur in it."""
    with RasterFile.open(path) as source:
        band = source.dataset.GetRasterBand(1)
        names, colors = declared_names(band), declared_colors(band)
        values = sorted(names) if 0 < len(names) <= MOST_CLASSES else _occurring(source)
    return tuple(
        LegendClass(value, names.get(value, str(value)), colors.get(value, default_color(i))) for i, value in enumerate(values)
    )


def declared_names(band: Any) -> dict[int, str]:
    """Names by value out of the attribute table or the category names; empty where there are neither."""
    rows = _attribute_rows(band, [gdal().GFU_Name])
    if not rows:
        rows = {value: (name,) for value, name in enumerate(band.GetCategoryNames() or [])}
    nodata = band.GetNoDataValue()
    return {value: str(name) for value, (name,) in rows.items() if name and value != nodata}


def declared_colors(band: Any) -> dict[int, tuple[int, int, int]]:
    """Colours by value out of the attribute table or the colour table; empty where there are neither."""
    rows = _attribute_rows(band, [gdal().GFU_Red, gdal().GFU_Green, gdal().GFU_Blue])
    if rows:
        return {value: (int(r), int(g), int(b)) for value, (r, g, b) in rows.items()}
    table = band.GetColorTable()
    return {value: table.GetColorEntry(value)[:3] for value in range(table.GetCount())} if table else {}


def _attribute_rows(band: Any, usages: list[int]) -> dict[int, tuple[Any, ...]]:
    """The attribute table's columns of these usages by class value; empty unless it has them all."""
    table, module = band.GetDefaultRAT(), gdal()
    if table is None:
        return {}
    by_name = {table.GetNameOfCol(i).casefold(): i for i in range(table.GetColumnCount())}
    value_column = max(table.GetColOfUsage(module.GFU_MinMax), table.GetColOfUsage(module.GFU_Min), by_name.get("value", -1))
    columns = [table.GetColOfUsage(usage) for usage in usages]
    if value_column < 0 or min(columns) < 0:
        return {}
    return {
        table.GetValueAsInt(row, value_column): tuple(table.GetValueAsString(row, column) for column in columns)
        for row in range(table.GetRowCount())
    }


def _occurring(source: RasterFile) -> list[int]:
    if source.bands != 1 or np.dtype(source.dtype).kind not in "iu":
        held = f"{source.bands} band(s) of {source.dtype}"
        raise EngineError("not_classes", f"{source.name} holds {held}, not class codes.", "Choose a class map.")
    found: set[int] = set()
    for window in cover(source.grid.width, source.grid.height, _SCAN_PX):
        image_CHW, valid_HW = source.read(window)
        found.update(np.unique(image_CHW[0][valid_HW]).tolist())
        if len(found) > MOST_CLASSES:
            raise EngineError(
                "not_classes", f"{source.name} holds more than {MOST_CLASSES} different values.", "Choose a class map."
            )
    return sorted(found)
