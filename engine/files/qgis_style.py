"""QGIS layer styles for class maps, maps of per cent, polygons, outlines, and points to be labelled.

QGIS 3.22 and newer read them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 (writes XML, and reads none)

from ..core.legend import LegendClass
from .atomic import atomic_write

_OURS = "Written by Raster Segmenter, and replaced when the map is made again"
_RED = (200, 16, 46)


def is_ours(path: str | Path) -> bool:
    """Whether `write_ours` wrote the file. A file that QGIS has saved since then is the user's own."""
    try:
        return _OURS.encode() in Path(path).read_bytes()[:1000]
    except OSError:
        return False


def write_ours(path: str | Path, root: ElementTree.Element, kind: str = "a style") -> None:
    """Write the file that QGIS looks for beside a result, marked as ours, so that `is_ours` recognises it.

    A comment says how users keep a file of their own; ``kind`` names such a file in it.
    """
    ElementTree.indent(root)
    comment = f"<!-- {_OURS}: save {kind} of your own without this line. -->"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{comment}\n{xml_text(root)}\n'
    with atomic_write(path) as partial:
        partial.write_text(text, encoding="utf-8")


def xml_text(root: ElementTree.Element) -> str:
    """An element as text."""
    return ElementTree.tostring(root, encoding="unicode")


def printable(text: str) -> str:
    """``text`` without control characters, which attribute tables may hold and XML may not."""
    return "".join(character if character.isprintable() else " " for character in text)


def write_qml(path: str | Path, classes: Sequence[LegendClass], nodata: int) -> None:
    """Write the style of a class map: a colour and a name for each value, ``nodata`` transparent."""
    root, renderer = _raster_style(nodata, type="paletted", band="1")
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for c in classes:
        entry = {"value": str(c.value), "color": c.hex_color, "alpha": "255", "label": printable(c.name)}
        ElementTree.SubElement(palette, "paletteEntry", entry)
    write_ours(path, root)


def write_gray_qml(path: str | Path, low: float, high: float, nodata: int, band: int = 1) -> None:
    """Write the style of one band: black at ``low``, white at ``high``, ``nodata`` transparent."""
    root, renderer = _raster_style(nodata, type="singlebandgray", grayBand=str(band), gradient="BlackToWhite")
    contrast = ElementTree.SubElement(renderer, "contrastEnhancement")
    for name, text in (
        ("minValue", f"{low:g}"),
        ("maxValue", f"{high:g}"),
        ("algorithm", "StretchToMinimumMaximum"),
    ):
        ElementTree.SubElement(contrast, name).text = text
    write_ours(path, root)


def _raster_style(nodata: int, **renderer: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    """A style's root, and its renderer, which does not show ``nodata``."""
    root = _style("Symbology")
    settings = {**renderer, "opacity": "1", "alphaBand": "-1", "nodataColor": ""}
    element = ElementTree.SubElement(ElementTree.SubElement(root, "pipe"), "rasterrenderer", settings)
    transparency = ElementTree.SubElement(element, "rasterTransparency")
    pixels = ElementTree.SubElement(transparency, "singleValuePixelList")
    entry = {"min": str(nodata), "max": str(nodata), "percentTransparent": "100"}
    ElementTree.SubElement(pixels, "pixelListEntry", entry)
    return root, element


def polygon_qml(field: str, classes: Sequence[LegendClass]) -> str:
    """The style of polygons filled with the colour of the class whose value ``field`` holds."""
    root = _style("Symbology")
    renderer = ElementTree.SubElement(root, "renderer-v2", type="categorizedSymbol", attr=field)
    categories, symbols = (ElementTree.SubElement(renderer, name) for name in ("categories", "symbols"))
    for number, c in enumerate(classes):
        category = {"value": str(c.value), "type": "long", "symbol": str(number), "render": "true"}
        ElementTree.SubElement(categories, "category", category, label=printable(c.name))
        fill = {"color": _rgba(c.color), "outline_style": "no"}
        _symbol_layer(_symbol(symbols, "fill", number), "SimpleFill", fill)
    return xml_text(root)


def outline_qml(color: tuple[int, int, int] = _RED, width_mm: float = 0.6) -> str:
    """The style of polygons of which only the outlines are drawn."""
    root = _style("Symbology")
    outline = {"style": "no", "outline_style": "solid", "outline_color": _rgba(color)}
    outline |= {"outline_width": f"{width_mm:g}", "outline_width_unit": "MM"}
    _symbol_layer(_single_symbol(root, "fill"), "SimpleFill", outline)
    return xml_text(root)


def sample_qml(
    fields: Iterable[str], label: str, choices: Iterable[str], hidden: Collection[str], side: float
) -> str:
    """The style of points to be labelled: a cross, and a square of a pixel's size (``side`` in map units).

    In the form and in the attribute table, the field ``label`` offers ``choices``, and the fields ``hidden``
    are not shown: people who know the map's class tend to choose it.
    """
    root = _style("Symbology|Fields|Forms|AttributeTable")
    symbol = _single_symbol(root, "marker")
    lines = {"color": _rgba((0, 0, 0), 0), "outline_color": _rgba(_RED)}
    lines |= {"outline_width": "0.4", "outline_width_unit": "MM"}
    _symbol_layer(symbol, "SimpleMarker", {**lines, "name": "cross", "size": "4", "size_unit": "MM"})
    square = {"name": "square", "size": f"{side:.12g}", "size_unit": "MapUnit"}
    _symbol_layer(symbol, "SimpleMarker", {**lines, **square})
    widgets = ElementTree.SubElement(root, "fieldConfiguration")
    table = ElementTree.SubElement(ElementTree.SubElement(root, "attributetableconfig"), "columns")
    for field in fields:
        column = {"name": field, "type": "field", "width": "-1", "hidden": str(int(field in hidden))}
        ElementTree.SubElement(table, "column", column)
        if field in hidden:
            _widget(widgets, field, "Hidden")
        elif field == label:
            options = ElementTree.SubElement(
                _widget(widgets, field, "ValueMap"), "Option", name="map", type="List"
            )
            for choice in filter(str.isprintable, choices):
                _options(options, {choice: choice})
    return xml_text(root)


def _widget(widgets: ElementTree.Element, field: str, kind: str) -> ElementTree.Element:
    """The settings of the widget with which ``field`` is edited."""
    element = ElementTree.SubElement(widgets, "field", name=field)
    widget = ElementTree.SubElement(element, "editWidget", type=kind)
    return _options(ElementTree.SubElement(widget, "config"), {})


def _style(categories: str) -> ElementTree.Element:
    return ElementTree.Element("qgis", version="3.22.0", styleCategories=categories)


def _single_symbol(root: ElementTree.Element, kind: str) -> ElementTree.Element:
    """The one symbol of all features of a layer."""
    renderer = ElementTree.SubElement(root, "renderer-v2", type="singleSymbol")
    return _symbol(ElementTree.SubElement(renderer, "symbols"), kind)


def _symbol(symbols: ElementTree.Element, kind: str, number: int = 0) -> ElementTree.Element:
    return ElementTree.SubElement(symbols, "symbol", name=str(number), type=kind, alpha="1")


def _symbol_layer(symbol: ElementTree.Element, kind: str, settings: Mapping[str, str]) -> None:
    layer = ElementTree.SubElement(symbol, "layer", {"class": kind}, enabled="1", locked="0")
    _options(layer, settings)


def _options(parent: ElementTree.Element, settings: Mapping[str, str]) -> ElementTree.Element:
    """Add settings in the form in which QGIS writes a map of texts."""
    options = ElementTree.SubElement(parent, "Option", type="Map")
    for name, value in settings.items():
        ElementTree.SubElement(options, "Option", name=name, type="QString", value=value)
    return options


def _rgba(color: tuple[int, int, int], alpha: int = 255) -> str:
    return ",".join(map(str, (*color, alpha)))
