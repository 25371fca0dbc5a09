"""The QGIS style: every class with its value, colour and name."""

from xml.etree import ElementTree

import pytest

from engine.core.legend import LegendClass
from engine.files.qgis_style import is_ours, polygon_qml, write_gray_qml, write_qml
from engine.protocol import EngineError

CLASSES = (
    LegendClass(0, "background", (225, 225, 225)),
    LegendClass(300, 'Häuser & "Höfe" <1>', (1, 2, 254)),
)


def test_every_class_has_its_entry(tmp_path):
    write_qml(tmp_path / "map.qml", CLASSES, 65535)
    renderer = ElementTree.parse(tmp_path / "map.qml").find("pipe/rasterrenderer")
    assert renderer.get("type") == "paletted" and renderer.get("band") == "1"
    entries = [dict(entry.attrib) for entry in renderer.iter("paletteEntry")]
    assert entries == [
        {"value": "0", "color": "#e1e1e1", "alpha": "255", "label": "background"},
        {"value": "300", "color": "#0102fe", "alpha": "255", "label": 'Häuser & "Höfe" <1>'},
    ]


def test_nodata_is_unseen(tmp_path):
    write_qml(tmp_path / "map.qml", CLASSES, 65535)
    (pixel,) = ElementTree.parse(tmp_path / "map.qml").iter("pixelListEntry")
    assert pixel.attrib == {"min": "65535", "max": "65535", "percentTransparent": "100"}


def test_control_characters_in_names_do_not_break_the_file(tmp_path):
    write_qml(tmp_path / "map.qml", [LegendClass(1, "a\x00b\x1fc", (0, 0, 0))], 255)
    (entry,) = ElementTree.parse(tmp_path / "map.qml").iter("paletteEntry")
    assert entry.get("label") == "a b c"


def test_an_unwritable_style_is_said(tmp_path):
    with pytest.raises(EngineError) as caught:
        write_qml(tmp_path / "nowhere" / "map.qml", CLASSES, 255)
    assert caught.value.code == "unwritable"


def test_grey_runs_from_low_to_high_and_nodata_is_unseen(tmp_path):
    write_gray_qml(tmp_path / "sure.qml", 0, 100, 255, band=3)
    renderer = ElementTree.parse(tmp_path / "sure.qml").find("pipe/rasterrenderer")
    assert renderer.get("type") == "singlebandgray" and renderer.get("gradient") == "BlackToWhite"
    assert renderer.get("grayBand") == "3"
    assert [renderer.findtext(f"contrastEnhancement/{name}") for name in ("minValue", "maxValue")] == [
        "0",
        "100",
    ]
    assert [pixel.get("min") for pixel in renderer.iter("pixelListEntry")] == ["255"]


def test_polygons_are_filled_by_class():
    renderer = ElementTree.fromstring(polygon_qml("value", CLASSES)).find("renderer-v2")
    assert renderer.get("type") == "categorizedSymbol" and renderer.get("attr") == "value"
    colors = {
        s.get("name"): s.find("layer/Option/Option[@name='color']").get("value")
        for s in renderer.iter("symbol")
    }
    found = [(c.get("value"), c.get("label"), colors[c.get("symbol")]) for c in renderer.iter("category")]
    assert found == [("0", "background", "225,225,225,255"), ("300", 'Häuser & "Höfe" <1>', "1,2,254,255")]


def test_our_own_style_is_known_from_any_other(tmp_path):
    """QGIS writes a style anew when it saves it, without comments: from then on it is the user's."""
    path = tmp_path / "map.qml"
    assert not is_ours(path)
    for write in (lambda: write_qml(path, CLASSES, 65535), lambda: write_gray_qml(path, 0, 100, 255)):
        write()
        assert is_ours(path)
    ElementTree.ElementTree(ElementTree.parse(path).getroot()).write(path)
    assert not is_ours(path)
