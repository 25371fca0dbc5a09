"""QGIS styles: one coloured, named entry per class for class maps and their polygons, outlines, and grey for
per cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 (writes XML, and reads none)

from ..core.legend import LegendClass
from .atomic import whole

_OURS = "Written by Raster Segmenter, and replaced when the map is made again"


def is_ours(path: str | Path) -> bool:
    """Whether `write_ours` wrote the file; what QGIS has saved since is the user's."""
    try:
        return _OURS.encode() in Path(path).read_bytes()[:1000]
    except OSError:
        return False


def write_qml(path: str | Path, classes: Sequence[LegendClass], nodata: int) -> None:
    """Write a QGIS layer style (3.22 or newer reads it): paletted by class, ``nodata`` unseen."""
    root, renderer = _style(nodata, type="paletted", band="1")
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for c in classes:
        color = c.hex_color
        ElementTree.SubElement(
            palette, "paletteEntry", value=str(c.value), color=color, alpha="255", label=printable(c.name)
        )
    write_ours(path, root)


def polygon_qml(field: str, classes: Sequence[LegendClass]) -> str:
    """A QGIS layer style for polygons: filled with the colour of the class whose value ``field`` holds,
    without outlines.
    """
    root = ElementTree.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = ElementTree.SubElement(root, "renderer-v2", type="categorizedSymbol", attr=field)
    categories, symbols = (ElementTree.SubElement(renderer, name) for name in ("categories", "symbols"))
    for number, c in enumerate(classes):
        label, symbol = printable(c.name), str(number)
        ElementTree.SubElement(
            categories, "category", value=str(c.value), type="long", symbol=symbol, label=label, render="true"
        )
        drawn = ElementTree.SubElement(symbols, "symbol", name=symbol, type="fill", alpha="1")
        fill = ElementTree.SubElement(drawn, "layer", {"class": "SimpleFill"}, enabled="1", locked="0")
        settings = ElementTree.SubElement(fill, "Option", type="Map")
        for name, value in (("color", "{},{},{},255".format(*c.color)), ("outline_style", "no")):
            ElementTree.SubElement(settings, "Option", name=name, type="QString", value=value)
    return ElementTree.tostring(root, encoding="unicode")


def outline_qml(color: tuple[int, int, int] = (200, 16, 46), width_mm: float = 0.6) -> str:
    """A QGIS layer style for polygons: outlines alone."""
    root = ElementTree.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = ElementTree.SubElement(root, "renderer-v2", type="singleSymbol")
    drawn = ElementTree.SubElement(
        ElementTree.SubElement(renderer, "symbols"), "symbol", name="0", type="fill", alpha="1"
    )
    fill = ElementTree.SubElement(drawn, "layer", {"class": "SimpleFill"}, enabled="1", locked="0")
    settings = ElementTree.SubElement(fill, "Option", type="Map")
    outline = {
        "style": "no",
        "outline_style": "solid",
        "outline_width": f"{width_mm:g}",
        "outline_width_unit": "MM",
    }
    for name, value in {**outline, "outline_color": "{},{},{},255".format(*color)}.items():
        ElementTree.SubElement(settings, "Option", name=name, type="QString", value=value)
    return ElementTree.tostring(root, encoding="unicode")


def write_gray_qml(path: str | Path, low: float, high: float, nodata: int, band: int = 1) -> None:
    """Write a QGIS layer style that shows one band: black at ``low``, white at ``high``, ``nodata``
    unseen.
    """
    root, renderer = _style(nodata, type="singlebandgray", grayBand=str(band), gradient="BlackToWhite")
    contrast = ElementTree.SubElement(renderer, "contrastEnhancement")
    for name, text in (
        ("minValue", f"{low:g}"),
        ("maxValue", f"{high:g}"),
        ("algorithm", "StretchToMinimumMaximum"),
    ):
        ElementTree.SubElement(contrast, name).text = text
    write_ours(path, root)


def _style(nodata: int, **renderer: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    """A style's root, and its renderer, which does not show ``nodata``."""
    root = ElementTree.Element("qgis", version="3.22.0", styleCategories="Symbology")
    pipe = ElementTree.SubElement(root, "pipe")
    drawn = ElementTree.SubElement(
        pipe, "rasterrenderer", renderer, opacity="1", alphaBand="-1", nodataColor=""
    )
    transparency = ElementTree.SubElement(drawn, "rasterTransparency")
    pixels = ElementTree.SubElement(transparency, "singleValuePixelList")
    ElementTree.SubElement(
        pixels, "pixelListEntry", min=str(nodata), max=str(nodata), percentTransparent="100"
    )
    return root, drawn


def write_ours(path: str | Path, root: ElementTree.Element, own: str = "a style") -> None:
    """Write what QGIS looks for beside a file; for ``own`` in its place, users are told how to keep it."""
    ElementTree.indent(root)
    comment = f"<!-- {_OURS}: save {own} of your own without this line. -->"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{comment}\n{ElementTree.tostring(root, encoding="unicode")}\n'
    with whole(path) as partial:
        partial.write_text(text, encoding="utf-8")


def printable(text: str) -> str:
    """XML cannot hold control characters, which names out of attribute tables may contain."""
    return "".join(character if character.isprintable() else " " for character in text)
