"""How QGIS shows points that are to be labelled: where they are and what can be chosen, not what the map
says.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree  # nosec B405 (writes XML, and reads none)

_RED, _NONE = "200,16,46,255", "0,0,0,0"


def sample_qml(
    fields: Iterable[str], label: str, choices: Iterable[str], hidden: Iterable[str], side: float
) -> str:
    """A QGIS layer style: a cross, and a square as large as a pixel (``side`` in map units).

    In the form and the table of attributes, one of ``choices`` is chosen for the field ``label``, and the
    fields ``hidden`` are not shown, since who knows the map's class is drawn to it.
    """
    root = ElementTree.Element(
        "qgis", version="3.22.0", styleCategories="Symbology|Fields|Forms|AttributeTable"
    )
    renderer = ElementTree.SubElement(root, "renderer-v2", type="singleSymbol")
    symbol = ElementTree.SubElement(
        ElementTree.SubElement(renderer, "symbols"), "symbol", name="0", type="marker", alpha="1"
    )
    _marker(symbol, name="cross", size="4", size_unit="MM")
    _marker(symbol, name="square", size=f"{side:.12g}", size_unit="MapUnit")
    configured = ElementTree.SubElement(root, "fieldConfiguration")
    table = ElementTree.SubElement(ElementTree.SubElement(root, "attributetableconfig"), "columns")
    for field in fields:
        is_hidden = field in hidden
        ElementTree.SubElement(
            table, "column", name=field, type="field", width="-1", hidden=str(int(is_hidden))
        )
        if is_hidden or field == label:
            settings = _widget(configured, field, "Hidden" if is_hidden else "ValueMap")
            if not is_hidden:
                _list(settings, choices)
    return ElementTree.tostring(root, encoding="unicode")


def _marker(symbol: ElementTree.Element, **settings: str) -> None:
    layer = ElementTree.SubElement(symbol, "layer", {"class": "SimpleMarker"}, enabled="1", locked="0")
    options = ElementTree.SubElement(layer, "Option", type="Map")
    lines = {"color": _NONE, "outline_color": _RED, "outline_width": "0.4", "outline_width_unit": "MM"}
    for name, value in {**lines, **settings}.items():
        ElementTree.SubElement(options, "Option", name=name, type="QString", value=value)


def _widget(configured: ElementTree.Element, field: str, kind: str) -> ElementTree.Element:
    widget = ElementTree.SubElement(
        ElementTree.SubElement(configured, "field", name=field), "editWidget", type=kind
    )
    return ElementTree.SubElement(ElementTree.SubElement(widget, "config"), "Option", type="Map")


def _list(settings: ElementTree.Element, choices: Iterable[str]) -> None:
    choices_of = ElementTree.SubElement(settings, "Option", name="map", type="List")
    for choice in choices:
        if (
            choice.isprintable()
        ):  # XML cannot hold control characters, which names out of attribute tables may contain
            entry = ElementTree.SubElement(choices_of, "Option", type="Map")
            ElementTree.SubElement(entry, "Option", name=choice, type="QString", value=choice)
