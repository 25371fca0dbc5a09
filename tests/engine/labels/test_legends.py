"""Titles of classes: those of the layers' styles, the user's own, and references that disagree; what lies
over what.
"""

import itertools

import numpy as np
import pytest
from labelled import box, boxes, rasterized, refused

from engine.core.legend import BACKGROUND_COLOR, LegendClass, default_color
from engine.labels import ReferenceOptions, rasterize
from engine.labels.class_catalogue import Catalogue, FoundClass
from engine.protocol import ClassTitle, EngineError, Log
from engine.raster import ClassMapWriter

pytestmark = pytest.mark.usefixtures("no_leftovers")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("water", ClassTitle("water")),
        ("open water  #0000FF ", ClassTitle("open water", (0, 0, 255))),
        ("#102030", ClassTitle("", (16, 32, 48))),
        ("class #12", ClassTitle("class #12")),
        ("", ClassTitle()),
    ],
)
def test_a_title_is_a_name_a_colour_or_both(text, title):
    assert ClassTitle.parse(text) == title
    assert ClassTitle.parse(title.text) == title


def test_codes_have_the_titles_of_the_layer_s_style(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), 30), (box(30, 5, 10, 10), 2), (box(0, 0, 2, 2), 7)])
    legends = {path: {"30": "Wald #00aa00", "2": "#0000ff", "99": "never seen"}}
    events = []
    codes_HW, classes = rasterized(path, utm_grid, events, field="class", legends=legends)
    assert np.array_equal(codes_HW, boxes(_5_5_10_10=30, _30_5_10_10=2, _0_0_2_2=7))
    assert [(c.value, c.name) for c in classes] == [(2, "2"), (7, "7"), (30, "Wald")]
    assert [classes[n].color for n in (0, 2)] == [(0, 0, 255), (0, 170, 0)]
    assert not [e for e in events if isinstance(e, Log)], "a style may have more classes than the labels"


def test_names_have_titles_too_and_the_user_s_own_come_before(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), "wd"), (box(30, 5, 10, 10), "wt")], kind="OFTString")
    legends = {path: {"wd": "Wood #00aa00", "wt": "Water #0000ff"}}
    _, classes = rasterized(
        path, utm_grid, field="class", legends=legends, renames={"wood": "Forest", "WT": "Lake #010203"}
    )
    assert classes == (LegendClass(1, "Forest", (0, 170, 0)), LegendClass(2, "Lake", (1, 2, 3)))


def test_a_layer_without_a_field_has_the_title_of_all(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), 4)], layer="export")
    _, classes = rasterized(path, utm_grid, legends={path: {"": "Roofs #a02020"}})
    assert classes == (LegendClass(1, "Roofs", (160, 32, 32)),)


@pytest.mark.parametrize("learnt_with_style", [True, False])
def test_classes_of_a_map_are_known_by_their_titles_and_by_their_own_names(
    learnt_with_style, make_vector, utm_grid
):
    path = make_vector([(box(5, 5, 10, 10), "wd"), (box(30, 5, 10, 10), "wt")], kind="OFTString")
    legends = {path: {"wd": "Wood", "wt": "Water"}}
    names = ("Wood", "Water") if learnt_with_style else ("wd", "wt")
    mapped = [LegendClass(n, name, (n, n, n)) for n, name in enumerate(names, 5)]
    codes_HW, classes = rasterized(path, utm_grid, field="class", legends=legends, classes=mapped)
    assert np.array_equal(codes_HW, boxes(_5_5_10_10=5, _30_5_10_10=6)) and list(classes) == mapped


def test_codes_of_a_map_are_settled_whatever_references_call_them(tmp_path, utm_grid):
    one = named_raster(tmp_path / "one.tif", utm_grid, LegendClass(1, "Water", (0, 0, 255)))
    other = named_raster(tmp_path / "two.tif", utm_grid, LegendClass(1, "See", (0, 0, 255)))
    mapped = [LegendClass(1, "lake", (9, 9, 9))]
    assert rasterized([one, other], utm_grid, classes=mapped)[1] == tuple(mapped)


def named_raster(path, grid, *classes):
    """A raster of stripes of ``classes``, which says their names."""
    with ClassMapWriter(str(path), grid, classes) as writer:
        codes_HW = np.zeros((grid.height, grid.width), np.uint8)
        for n, c in enumerate(classes):
            codes_HW[n :: len(classes)] = c.value
        writer.write_codes(grid.window, codes_HW)
    return str(path)


def test_references_that_disagree_on_codes_are_refused(tmp_path, make_vector, utm_grid):
    one = named_raster(
        tmp_path / "one.tif",
        utm_grid,
        LegendClass(1, "Water", (0, 0, 255)),
        LegendClass(2, "Wood", (0, 99, 0)),
    )
    other_code = named_raster(tmp_path / "two.tif", utm_grid, LegendClass(1, "wood", (0, 99, 0)))
    error = refused([one, other_code], utm_grid)
    assert error.code == "codes_differ" and "'Water'" in error.message and "'wood'" in error.message
    assert "one.tif" in error.message and "two.tif" in error.message and "RENAMES" in error.remedy
    polygons = make_vector([(box(5, 5, 10, 10), 1)])
    assert (
        refused([one, polygons], utm_grid, field="class", legends={polygons: {"1": "Roof"}}).code
        == "codes_differ"
    )


def test_the_same_name_under_two_codes_is_refused_until_it_is_said_to_be_one(tmp_path, utm_grid):
    one = named_raster(
        tmp_path / "one.tif",
        utm_grid,
        LegendClass(1, "Water", (0, 0, 255)),
        LegendClass(2, "Wood", (0, 99, 0)),
    )
    other = named_raster(tmp_path / "two.tif", utm_grid, LegendClass(4, "water", (0, 0, 255)))
    assert refused([one, other], utm_grid).code == "codes_differ"
    codes_HW, classes = rasterized([one, other], utm_grid, renames={"4": "Water"})
    assert [(c.value, c.name) for c in classes] == [(1, "Water")] and (codes_HW == 1).all()


def test_references_that_agree_or_say_nothing_go_together(tmp_path, make_vector, utm_grid):
    one = named_raster(
        tmp_path / "one.tif",
        utm_grid,
        LegendClass(1, "Water", (0, 0, 255)),
        LegendClass(2, "Wood", (0, 99, 0)),
    )
    polygons = make_vector([(box(5, 5, 10, 10), 1), (box(20, 5, 10, 10), 2)])
    agreeing = {polygons: {"1": "WATER", "2": "Wood"}}
    for legends in ({}, agreeing):
        _, classes = rasterized([polygons, one], utm_grid, field="class", legends=legends)
        assert [(c.value, c.name.casefold()) for c in classes] == [(1, "water"), (2, "wood")]


def test_the_first_reference_that_names_a_code_names_the_class():
    catalogue = Catalogue()
    catalogue.add(FoundClass("3", 3), "polygons")
    catalogue.add(FoundClass("Grass", 3, (0, 200, 0)), "raster")
    assert catalogue.found == [FoundClass("Grass", 3, (0, 200, 0))]


@pytest.mark.parametrize("order", [("styled", "plain"), ("plain", "styled")])
def test_one_name_in_two_layers_is_one_class_though_only_one_has_a_style(order):
    catalogue = Catalogue(legends={"styled": {"forest": "Woodland #00aa00"}})
    assert [catalogue.add(FoundClass("forest"), reference) for reference in order] == [0, 0]
    assert [(found.name, found.color) for found in catalogue.found] == [("Woodland", (0, 170, 0))]


def test_styles_that_title_one_name_differently_are_refused():
    catalogue = Catalogue(legends={"a": {"f": "Forest"}, "b": {"f": "Field"}})
    with pytest.raises(EngineError, match="calls the class 'f'"):
        catalogue.add(FoundClass("f"), "a")


def test_two_references_of_one_legend_agree_whatever_it_says():
    """Also where it calls two codes the same: these stay two classes, as in one reference."""
    legend = {"1": "forest", "2": "forest", "3": "water"}
    catalogue = Catalogue(legends={"west": legend, "east": legend})
    for reference, codes in (("west", (1,)), ("east", (2, 3, 1))):
        for code in codes:
            catalogue.add(FoundClass(str(code), code), reference)
    assert [found.value for found in catalogue.found] == [1, 2, 3]


def test_overlaps_within_a_layer_and_between_layers_are_told(make_vector, utm_grid):
    first = make_vector(
        [(box(0, 0, 10, 10), 1), (box(5, 0, 10, 10), 2), (box(0, 20, 5, 5), 1), (box(2, 20, 5, 5), 1)]
    )
    second = make_vector([(box(0, 0, 3, 10), 2)], name="second.gpkg")
    events = []
    codes_HW, _ = rasterized([first, second], utm_grid, events, field="class")
    wanted_HW = boxes(_0_0_10_10=1, _5_0_10_10=2, _0_20_7_5=1)
    wanted_HW[:10, :3] = 2
    assert np.array_equal(codes_HW, wanted_HW)
    warnings = [e.text for e in events if isinstance(e, Log) and e.warning]
    assert len(warnings) == 2
    assert (
        warnings[0] == f"{first}: features of different classes overlap on 50 px; the later feature is used."
    )
    assert warnings[1].startswith(f"On 30 px, {second} has other classes")


def test_features_are_counted_by_class_where_the_grid_meets_them(make_vector, utm_grid):
    features = [
        (box(0, 0, 5, 5), "b"),
        (box(9, 0, 5, 5), "a"),
        (box(20, 0, 5, 5), "b"),
        (box(9000, 0, 5, 5), "a"),
    ]
    path = make_vector(features, kind="OFTString")
    with rasterize([path], utm_grid, ReferenceOptions("class", "background"), emit=[].append) as labels:
        assert dict(zip([c.name for c in labels.classes], labels.features)) == {
            "background": 0,
            "a": 1,
            "b": 2,
        }


# Linear RGB as seen with dichromacy: Machado, Oliveira & Fernandes, "A physiologically-based model for
# simulation of color vision deficiency" (IEEE TVCG 2009), table 1, severity 1.
DICHROMACIES = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def lab(color, dichromacy):
    """CIELAB (D65) of an sRGB colour, as somebody sees it."""
    srgb = np.array(color) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = np.array(TO_XYZ) @ np.clip(np.array(DICHROMACIES[dichromacy]) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("dichromacy", DICHROMACIES)
def test_colours_of_classes_are_told_apart_by_everyone(dichromacy):
    """The background and eight classes: ten times the least difference that an eye sees side by side (a
    distance of about 1).
    """
    seen = [lab(color, dichromacy) for color in (BACKGROUND_COLOR, *map(default_color, range(8)))]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 10
