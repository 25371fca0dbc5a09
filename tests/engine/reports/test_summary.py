"""Class areas: counted while the map is written, right on the ground, and told with what made them."""

import json
import math

import numpy as np
import pytest
from test_report import Page

from engine.classification.class_areas import ClassCounter, class_areas
from engine.core.classified import Classified
from engine.core.legend import LegendClass
from engine.core.windows import cover
from engine.protocol import ClassifyJob, parse_job
from engine.raster import Grid, row_areas_m2
from engine.reports.classification import Summary, classification_html, to_json

LAKE = '<b>"lake" & co'
CLASSES = (
    LegendClass(1, "forest", (0, 90, 0)),
    LegendClass(30, LAKE, (0, 0, 200)),
    LegendClass(40, "rock", (9, 9, 9)),
)
SEMI_MAJOR_M, FLATTENING = 6378137.0, 1 / 298.257223563


def zone_m2(south, north, width_degrees):
    """A part of WGS 84's surface between two parallels: the closed integral, with the authalic function of
    latitude.
    """
    e = math.sqrt(FLATTENING * (2 - FLATTENING))

    def q(lat):
        sine = math.sin(math.radians(lat))
        return sine / (1 - (e * sine) ** 2) + math.atanh(e * sine) / e

    semi_minor = SEMI_MAJOR_M * (1 - FLATTENING)
    return semi_minor**2 / 2 * math.radians(width_degrees) * (q(north) - q(south))


def counted(grid, ids_HW, valid_HW, tile_px=64):
    counter = ClassCounter(grid, CLASSES)
    with counter:
        for window in cover(grid.width, grid.height, tile_px):
            part = window.within(grid.window)
            counter.write(Classified(window, valid_HW[part], ids_HW[part]))
    return counter


def test_degrees_shrink_towards_the_poles(wkt):
    grid = Grid(40, 1800, (-20.0, 1.0, 0.0, 90.0, 0.0, -0.1), wkt(4326))
    expected = [zone_m2(90 - (row + 1) * 0.1, 90 - row * 0.1, 1.0) for row in range(1800)]
    assert np.allclose(row_areas_m2(grid), expected, rtol=1e-5)
    assert sum(expected) * 360 == pytest.approx(510_065_621_724_088, rel=1e-9)
    assert row_areas_m2(grid).sum() * 360 == pytest.approx(510_065_621_724_088, rel=1e-5)


@pytest.mark.parametrize("rows", [1, 2, 5000])
def test_any_number_of_rows_is_measured(rows, wkt):
    areas = row_areas_m2(Grid(3, rows, (8.0, 1e-4, 0.0, 60.0, 0.0, -1e-4), wkt(4326)))
    expected = [zone_m2(60 - (row + 1) * 1e-4, 60 - row * 1e-4, 1e-4) for row in (0, rows - 1)]
    assert areas.shape == (rows,) and np.allclose(areas[[0, -1]], expected, rtol=1e-6)


@pytest.mark.parametrize("angle", [0, 30])
@pytest.mark.parametrize(("code", "unit_m"), [(32645, 1.0), (2263, 1200 / 3937)])
def test_a_projections_own_metres_stand(angle, code, unit_m, wkt):
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    place = (300000.0, 3060000.0) if code == 32645 else (980000.0, 200000.0)
    grid = Grid(50, 40, (place[0], 3 * cosine, 2 * sine, place[1], 3 * sine, -2 * cosine), wkt(code))
    assert np.allclose(row_areas_m2(grid), 6 * unit_m**2, rtol=1e-12)


def test_web_mercator_becomes_what_is_on_the_ground(wkt):
    """At 60° its lengths are twice those on the ground; the rows' own parallels tell the exact areas."""
    metres = SEMI_MAJOR_M * math.log(math.tan(math.radians(45 + 30)))
    grid = Grid(4, 3, (0.0, 1000.0, 0.0, metres, 0.0, -1000.0), wkt(3857))
    parallels = [
        math.degrees(2 * math.atan(math.exp((metres - 1000 * row) / SEMI_MAJOR_M))) - 90 for row in range(4)
    ]
    width = math.degrees(1000 / SEMI_MAJOR_M)
    expected = [zone_m2(south, north, width) for north, south in zip(parallels, parallels[1:])]
    assert np.allclose(row_areas_m2(grid), expected, rtol=1e-5) and expected[0] == pytest.approx(
        250_000, rel=0.01
    )


def test_without_a_crs_there_is_no_area():
    assert row_areas_m2(Grid(4, 3, (0, 1, 0, 0, 0, 1), "")) is None


@pytest.mark.parametrize("code", [32645, 4326])
def test_classes_are_counted_with_the_area_of_their_rows(code, wkt):
    transform = (
        (300000.0, 2.0, 0.0, 3060000.0, 0.0, -2.0) if code == 32645 else (8.0, 0.01, 0.0, 65.0, 0.0, -0.01)
    )
    grid = Grid(150, 100, transform, wkt(code))
    draw = np.random.default_rng(5)
    ids_HW, valid_HW = draw.integers(0, 2, (100, 150), np.uint8), draw.random((100, 150)) > 0.3
    ids_HW[~valid_HW] = draw.integers(0, 255, (~valid_HW).sum(), np.uint8)
    counter = counted(grid, ids_HW, valid_HW)
    areas = [
        4.0 if code == 32645 else zone_m2(65 - (row + 1) * 0.01, 65 - row * 0.01, 0.01) for row in range(100)
    ]
    for number in range(3):
        own_HW = valid_HW & (ids_HW == number)
        assert counter.pixels_K[number] == own_HW.sum()
        assert counter.area_m2_K[number] == pytest.approx((own_HW.sum(1) * areas).sum(), rel=1e-6)
    rows = class_areas(counter, CLASSES)
    assert [row.pixels for row in rows] == counter.pixels_K.tolist() and rows[2].share == rows[2].area_ha == 0
    assert rows[0].area_ha == pytest.approx(counter.area_m2_K[0] / 10_000) and sum(
        row.share for row in rows
    ) == pytest.approx(1)


def test_a_map_of_254_classes_is_counted():
    classes = [LegendClass(i, str(i), (0, 0, 0)) for i in range(254)]
    counter = ClassCounter(Grid(254, 2, (0, 1, 0, 0, 0, 1), ""), classes)
    ids_HW = np.tile(np.arange(254, dtype=np.uint8), (2, 1))
    counter.write(Classified(Grid(254, 2, (0, 1, 0, 0, 0, 1), "").window, np.ones((2, 254), bool), ids_HW))
    assert counter.pixels_K.tolist() == [2] * 254 and counter.area_m2_K is None


def told(grid=None, classes=CLASSES, **changes):
    """A summary of 40 × 60 pixels: half forest, a quarter lake, a quarter without data."""
    grid = grid or Grid(60, 40, (0, 1, 0, 0, 0, 1), "")
    ids_HW, valid_HW = np.zeros((40, 60), np.uint8), np.ones((40, 60), bool)
    ids_HW[20:30], valid_HW[30:] = 1, False
    counter = counted(grid, ids_HW, valid_HW)
    values = {
        "job": ClassifyJob(
            image="/data/bild <ä>.tif", models=("/m/one.safetensors",), output="/out/karte.tif"
        ),
        "rows": class_areas(counter, classes),
        "without_class_px": 600,
        "pixel_size_m": grid.pixel_size_m(),
        "models": ("/m/one.safetensors: unet, mean IoU 0.81 in validation",),
        "device": "cpu, 2 cores",
        "settings": {"Precision": "bf16", "Window": "1024 px"},
        "seconds": 75.0,
        "map_HW": counter.picture(),
        "warnings": ("Band 2 is far from what the model knows.",),
        "versions": {"raster_segmenter": "0.1.0", "torch": "2.13.0"},
        "date": "2026-11-20T15:04:05+01:00",
    }
    return Summary(**{**values, **changes})


def test_json_has_each_classs_hectares_by_name(utm_grid):
    document = json.loads(to_json(told(utm_grid)))
    assert document["AREA_forest"] == pytest.approx(1200 * 4 / 10_000) and document["AREA_rock"] == 0
    assert (
        document['AREA_<b>"lake" & co']
        == document["classes"][1]["area_ha"]
        == pytest.approx(600 * 4 / 10_000)
    )
    assert (document["pixels"], document["pixels_without_class"]) == (1800, 600)
    assert document["area_ha"] == pytest.approx(0.72) and document["classes"][0]["share"] == pytest.approx(
        2 / 3
    )
    assert document["job"]["models"] == ["/m/one.safetensors"] and document["settings"]["Precision"] == "bf16"


def test_json_without_a_crs_has_no_hectares():
    document = json.loads(to_json(told()))
    assert document["AREA_forest"] is None and document["area_ha"] is None
    assert [row["share"] for row in document["classes"]] == pytest.approx([2 / 3, 1 / 3, 0])


def test_classes_of_one_name_have_their_value_beside():
    classes = (LegendClass(1, "x", (0, 0, 0)), LegendClass(2, "x", (0, 0, 0)), LegendClass(3, "y", (0, 0, 0)))
    keys = [key for key in json.loads(to_json(told(classes=classes))) if key.startswith("AREA_")]
    assert keys == ["AREA_x_1", "AREA_x_2", "AREA_y"]


def test_the_page_tells_areas_and_what_made_the_map(utm_grid):
    text = classification_html(told(utm_grid))
    page = Page(text)
    assert "<b>" not in text and not {"script", "link"} & {tag for tag, _ in page.tags}
    for shown in (
        "karte.tif",
        '<b>"lake" & co',
        "7200 m²",
        "0.4800",
        "66.7 %",
        "33.3 %",
        "1 800 pixels",
        "1 min 15 s",
    ):
        assert shown in page.text, shown
    for shown in (
        "bf16",
        "mean IoU 0.81",
        "cpu, 2 cores",
        "2 × 2 m",
        "20 November 2026",
        "Band 2 is far",
    ):
        assert shown in page.text, shown
    job_text = page.text[page.text.index('{ "job"') : page.text.rindex("} Versions") + 1]
    assert parse_job(job_text).image == "/data/bild <ä>.tif"
    assert page.all("img")[0]["src"].startswith("data:image/png;base64,")


@pytest.mark.parametrize("nothing", [False, True])
def test_the_page_without_a_crs_or_any_class(nothing):
    changes = (
        {"rows": class_areas(ClassCounter(Grid(1, 1, (0, 1, 0, 0, 0, 1), ""), CLASSES), CLASSES)}
        if nothing
        else {}
    )
    page = Page(classification_html(told(**changes)))
    assert "None" not in page.text and "nan" not in page.text and "the raster has no CRS" in page.text
