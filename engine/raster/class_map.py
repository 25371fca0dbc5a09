"""Class maps: writing them window by window, and reading the meaning of their values.

A map is a tiled, compressed GeoTIFF of the user's own class codes. Files beside it hold what a GeoTIFF has no
place for: the attribute table and category names (``.aux.xml``), its QGIS style (``.qml``) and its metadata
(``.qmd``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.classified import Classified
from ..core.counting import histogram
from ..core.legend import MOST_CLASSES, LegendClass, default_color, map_nodata
from ..core.windows import Window, cover
from ..files.qgis_style import write_qml
from ..protocol import EngineError
from .gdal import gdal
from .grid import Grid
from .source import RasterFile
from .tiff_writer import Layout, TiffWriter

_SCAN_PX = 1024


class ClassMapWriter(TiffWriter):
    """The sink that writes the class map: each class by its own code."""

    def __init__(self, path: str, grid: Grid, classes: Sequence[LegendClass], **how: Any) -> None:
        nodata = map_nodata(classes)
        meaning = f"Class of each pixel, by its code; {nodata}: no data"
        layout = Layout(1, "uint8" if nodata == 255 else "uint16", nodata, "NEAREST", meaning)
        super().__init__(path, grid, layout, **how)
        self._classes = tuple(classes)
        self._codes = np.full(256, nodata, layout.dtype)  # what is not valid may have any id
        self._codes[: len(classes)] = [c.value for c in classes]

    def _values(self, part: Classified) -> npt.NDArray[Any]:
        """The codes of the classes, and nodata where not valid."""
        codes_HW: npt.NDArray[Any] = self._codes[part.ids_HW]
        codes_HW[~part.valid_HW] = self._layout.nodata
        return codes_HW[None]

    def write_codes(self, window: Window, codes_HW: npt.NDArray[Any]) -> None:
        """Write class codes (nodata: `legend.map_nodata`) to a window within the grid."""
        self._put(window, codes_HW[None])

    def _dress(self, dataset: Any) -> None:
        if self._layout.nodata == 255:
            table = gdal().ColorTable()
            for c in self._classes:
                table.SetColorEntry(c.value, (*c.color, 255))
            dataset.GetRasterBand(1).SetColorTable(table)
        # Now that the file is open for writing: GDAL 3.11 and newer silently lose an attribute table that is
        # set later.
        _write_attribute_table(dataset.GetRasterBand(1), self._classes)

    def _write_style(self, path: Path) -> None:
        write_qml(path, self._classes, self._layout.nodata)


def _write_attribute_table(band: Any, classes: Sequence[LegendClass]) -> None:
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
        LegendClass(value, names.get(value, str(value)), colors.get(value, default_color(i)))
        for i, value in enumerate(values)
    )


def declared_names(band: Any) -> dict[int, str]:
    """Names by value from the attribute table or the category names; empty where there are neither."""
    rows = _attribute_rows(band, [gdal().GFU_Name])
    if not rows:
        rows = {value: (name,) for value, name in enumerate(band.GetCategoryNames() or [])}
    nodata = band.GetNoDataValue()
    return {value: str(name) for value, (name,) in rows.items() if name and value != nodata}


def declared_colors(band: Any) -> dict[int, tuple[int, int, int]]:
    """Colours by value from the attribute table or the colour table; empty where there are neither."""
    rows = _attribute_rows(band, [gdal().GFU_Red, gdal().GFU_Green, gdal().GFU_Blue])
    if rows:
        return {value: (int(r), int(g), int(b)) for value, (r, g, b) in rows.items()}
    table = band.GetColorTable()
    return {value: table.GetColorEntry(value)[:3] for value in range(table.GetCount())} if table else {}


def _attribute_rows(band: Any, usages: list[int]) -> dict[int, tuple[Any, ...]]:
    """The columns of the attribute table with these usages, by class value; empty if one is missing."""
    table, module = band.GetDefaultRAT(), gdal()
    if table is None:
        return {}
    by_name = {table.GetNameOfCol(i).casefold(): i for i in range(table.GetColumnCount())}
    value_column = max(
        table.GetColOfUsage(module.GFU_MinMax), table.GetColOfUsage(module.GFU_Min), by_name.get("value", -1)
    )
    columns = [table.GetColOfUsage(usage) for usage in usages]
    if value_column < 0 or min(columns) < 0:
        return {}
    return {
        table.GetValueAsInt(row, value_column): tuple(
            table.GetValueAsString(row, column) for column in columns
        )
        for row in range(table.GetRowCount())
    }


def _occurring(source: RasterFile) -> list[int]:
    if source.bands != 1 or np.dtype(source.dtype).kind not in "iu":
        raise EngineError(
            "not_classes",
            "{name} holds {bands} band(s) of {dtype}, not class codes.",
            "Choose a class map.",
            name=source.name,
            bands=source.bands,
            dtype=source.dtype,
        )
    found: set[int] = set()
    for window in cover(source.grid.width, source.grid.height, _SCAN_PX):
        image_CHW, valid_HW = source.read(window)
        values = image_CHW[0] if valid_HW.all() else image_CHW[0][valid_HW]
        found.update(_different(values))
        if len(found) > MOST_CLASSES:
            raise EngineError(
                "not_classes",
                "{name} holds more than {most} different values. "
                "At most {most} classes are possible, since classes are counted in 8 bits.",
                "Choose a class map, or join classes.",
                name=source.name,
                most=MOST_CLASSES,
            )
    return sorted(found)


def _different(values: npt.NDArray[Any]) -> list[int]:
    """The values that occur. Values of 8 or 16 bits are counted, which is many times faster than sorting."""
    if values.dtype.kind == "u" and values.itemsize <= 2:
        return np.flatnonzero(histogram(values.ravel(), 256)).tolist()
    return np.unique(values).tolist()
