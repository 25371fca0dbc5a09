"""A class map's QGIS style: one coloured, named entry per class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from .legend import LegendClass
from .outputs import whole


def write_qml(path: str | Path, classes: Sequence[LegendClass], nodata: int) -> None:
    """Write a QGIS layer style (3.22 or newer reads it): paletted by class, ``nodata`` unseen."""
    root = ElementTree.Element("qgis", version="3.22.0", styleCategories="Symbology")
    pipe = ElementTree.SubElement(root, "pipe")
    renderer = ElementTree.SubElement(
        pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1", nodataColor=""
    )
    transparency = ElementTree.SubElement(renderer, "rasterTransparency")
    pixels = ElementTree.SubElement(transparency, "singleValuePixelList")
    ElementTree.SubElement(pixels, "pixelListEntry", min=str(nodata), max=str(nodata), percentTransparent="100")
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for c in classes:
        color = "#{:02x}{:02x}{:02x}".format(*c.color)
        ElementTree.SubElement(palette, "paletteEntry", value=str(c.value), color=color, alpha="255", label=_printable(c.name))
    ElementTree.indent(root)
    with whole(path) as partial:
        ElementTree.ElementTree(root).write(partial, encoding="utf-8", xml_declaration=True)


def _printable(name: str) -> str:
    """XML cannot hold control characters, which names out of attribute tables may contain."""
    return "".join(character if character.isprintable() else " " for character in name)
