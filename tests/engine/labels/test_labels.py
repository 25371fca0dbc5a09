"""Labels burned on a grid: vectors and rasters, any CRS, later references over earlier ones."""

import numpy as np
import pytest
from labelled import X0, Y0, box, boxes, rasterized, refused

from engine.core.legend import BACKGROUND_COLOR, IGNORE, LegendClass
from engine.core.windows import Window
from engine.labels import ArrayLabels, ReferenceOptions, rasterize, rasterizer
from engine.protocol import Log, Progress
from engine.raster import Grid, RasterFile

pytestmark = pytest.mark.usefixtures("no_leftovers")


def test_integer_codes_are_the_values(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), 30), (box(30, 5, 10, 10), 2)])
    codes_HW, classes = rasterized(path, utm_grid, field="class")
    assert np.array_equal(codes_HW, boxes(_5_5_10_10=30, _30_5_10_10=2))
    assert [(c.value, c.name) for c in classes] == [(2, "2"), (30, "30")]


def test_names_are_numbered_in_their_order(make_vector, utm_grid):
    features = [(box(5, 5, 10, 10), "wood"), (box(30, 5, 10, 10), "Äcker"), (box(0, 0, 2, 2), " wood ")]
    codes_HW, classes = rasterized(make_vector(features, kind="OFTString"), utm_grid, field="class")
    assert [(c.value, c.name) for c in classes] == [(1, "wood"), (2, "Äcker")]
    assert np.array_equal(codes_HW, boxes(_5_5_10_10=1, _30_5_10_10=2, _0_0_2_2=1))


def test_without_a_field_a_layer_is_one_class(make_vector, utm_grid):
    codes_HW, classes = rasterized(make_vector([(box(5, 5, 10, 10), 4)], layer="roofs"), utm_grid)
    assert [(c.value, c.name) for c in classes] == [(1, "roofs")]
    assert np.array_equal(codes_HW, boxes(_5_5_10_10=1))


def test_whole_real_numbers_are_codes_and_others_are_refused(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), 3.0)], kind="OFTReal")
    assert rasterized(path, utm_grid, field="class")[1][0].value == 3
    other = make_vector([(box(5, 5, 10, 10), 3.5)], kind="OFTReal", name="other.gpkg")
    assert "3.5" in refused(other, utm_grid, field="class").message


def test_null_and_empty_values_are_ignored_never_background(make_vector, utm_grid):
    features = [(box(5, 5, 10, 10), "a"), (box(10, 5, 10, 10), None), (box(40, 5, 5, 5), "")]
    path = make_vector(features, kind="OFTString")
    wanted_HW = boxes(_10_5_10_10=-1, _5_5_10_10=1)
    assert np.array_equal(rasterized(path, utm_grid, field="class")[0], wanted_HW)
    codes_HW, classes = rasterized(path, utm_grid, field="class", unlabelled="background")
    wanted_HW = np.zeros((40, 60), int)
    wanted_HW[5:15, 10:20], wanted_HW[5:10, 40:45], wanted_HW[5:15, 5:15] = -1, -1, 1
    assert np.array_equal(codes_HW, wanted_HW)
    assert classes[0] == LegendClass(0, "background", BACKGROUND_COLOR) and len(classes) == 2


def test_a_code_of_0_is_the_background(make_vector, utm_grid):
    path = make_vector([(box(5, 5, 10, 10), 5), (box(0, 0, 1, 1), 0)])
    codes_HW, classes = rasterized(path, utm_grid, field="class", unlabelled="background")
    assert [c.value for c in classes] == [0, 5]
    assert (codes_HW == 0).sum() == 40 * 60 - 100


def test_later_references_win_and_kinds_mix(make_vector, make_raster, utm_grid):
    first = make_vector([(box(0, 0, 20, 20), 1)])
    raster_HW = np.full((40, 60), 255, np.uint8)
    raster_HW[10:30, 10:30] = 2
    second = make_raster(raster_HW, name="codes.tif", grid=utm_grid, nodata=255)
    third = make_vector([(box(25, 25, 10, 10), 3), (box(0, 0, 5, 5), None)], name="third.geojson")
    codes_HW, classes = rasterized([first, second, third], utm_grid, field="class")
    assert np.array_equal(codes_HW, boxes(_0_0_20_20=1, _10_10_20_20=2, _25_25_10_10=3))
    assert [c.value for c in classes] == [1, 2, 3]


def test_layers_without_a_field_are_a_class_each(make_vector, utm_grid):
    references = [
        make_vector([(box(5, 5, 9, 9), 1)], name="w.gpkg", layer="water"),
        make_vector([(box(20, 5, 9, 9), 1)], name="f.gpkg", layer="forest"),
    ]
    codes_HW, classes = rasterized(references, utm_grid)
    assert [(c.value, c.name) for c in classes] == [(1, "forest"), (2, "water")]
    assert np.array_equal(codes_HW, boxes(_5_5_9_9=2, _20_5_9_9=1))


@pytest.mark.parametrize("crs", [4326, 32644, 3857])
def test_vectors_in_another_crs_land_on_the_same_pixels(crs, make_vector, utm_grid, osgeo):
    change = [osgeo.osr.SpatialReference() for _ in range(2)]
    for reference, code in zip(change, (32645, crs)):
        reference.ImportFromEPSG(code)
        reference.SetAxisMappingStrategy(osgeo.osr.OAMS_TRADITIONAL_GIS_ORDER)
    shape = osgeo.ogr.CreateGeometryFromWkt(box(7, 9, 21, 13))
    shape.Transform(osgeo.osr.CoordinateTransformation(*change))
    path = make_vector(
        [(shape.ExportToWkt(), 1)], crs=crs, name="labels.geojson" if crs == 4326 else "labels.gpkg"
    )
    codes_HW, _ = rasterized(path, utm_grid, field="class")
    assert (codes_HW != boxes(_7_9_21_13=1)).sum() <= 2


def test_a_rotated_grid_is_burned_where_it_lies(make_vector, make_raster, utm_grid, wkt):
    angle = np.radians(30)
    rotated = Grid(
        50,
        30,
        (X0 + 60, 2 * np.cos(angle), 2 * np.sin(angle), Y0 - 40, 2 * np.sin(angle), -2 * np.cos(angle)),
        wkt(32645),
    )
    column, row = np.meshgrid(np.arange(50) + 0.5, np.arange(30) + 0.5)
    x, y = rotated.to_map(column, row)
    inside_HW = (x > X0 + 80) & (x < X0 + 110) & (y < Y0 - 30) & (y > Y0 - 60)
    codes_HW, _ = rasterized(make_vector([(box(40, 15, 15, 15), 4)]), rotated, field="class")
    assert inside_HW.sum() > 100 and (codes_HW == np.where(inside_HW, 4, -1)).mean() > 0.995
    raster_HW = np.full((40, 60), 9, np.uint8)
    raster_HW[15:30, 40:55] = 4
    codes_HW, _ = rasterized(make_raster(raster_HW, grid=utm_grid, nodata=9), rotated)
    assert (codes_HW == np.where(inside_HW, 4, -1)).mean() > 0.995


def test_windows_give_what_the_whole_gives(make_vector, utm_grid, monkeypatch):
    path = make_vector([(box(i * 3 % 50, i * 7 % 30, 9, 8), i % 5) for i in range(30)])
    whole_HW, _ = rasterized(path, utm_grid, field="class")
    monkeypatch.setattr(rasterizer, "_WINDOW_PX", 16)
    events = []
    assert np.array_equal(rasterized(path, utm_grid, events, field="class")[0], whole_HW)
    steps = [event for event in events if isinstance(event, Progress) and event.unit == "px"]
    assert len(steps) == 12 and steps[-1].done == steps[-1].total == 2400


def test_reading_beyond_the_grid_gives_ignored_pixels(make_vector, utm_grid):
    path, options = make_vector([(box(0, 0, 60, 40), 4)]), ReferenceOptions(unlabelled="background")
    with rasterize([path], utm_grid, options, emit=print) as labels:
        ids_HW = labels.read(Window(-2, 35, 5, 10))
        assert labels.read(Window(100, 100, 2, 2)).tolist() == [[IGNORE] * 2] * 2
    assert (
        (ids_HW[:5, 2:] != IGNORE).all() and (ids_HW[5:] == IGNORE).all() and (ids_HW[:, :2] == IGNORE).all()
    )


def test_points_lines_curves_and_crossing_outlines_are_burned_and_empty_ones_counted(make_vector, utm_grid):
    features = [
        (f"POINT ({X0 + 5} {Y0 - 5})", 1),
        (f"LINESTRING ({X0 + 21} {Y0 - 1}, {X0 + 21} {Y0 - 9})", 2),
        (f"CURVEPOLYGON (CIRCULARSTRING ({X0 + 60} {Y0 - 20}, {X0 + 80} {Y0 - 20}, {X0 + 60} {Y0 - 20}))", 3),
        (
            f"POLYGON (({X0} {Y0 - 60}, {X0 + 20} {Y0 - 80}, {X0 + 20} {Y0 - 60}, {X0} {Y0 - 80}, "
            f"{X0} {Y0 - 60}))",
            4,
        ),
        ("POLYGON EMPTY", 5),
        (None, 5),
    ]
    events = []
    codes_HW, classes = rasterized(make_vector(features), utm_grid, events, field="class")
    assert (codes_HW == 1).sum() == 1 and codes_HW[2, 2] == 1
    assert (codes_HW[:, 10] == 2).sum() == 5
    assert (codes_HW == 3).sum() == pytest.approx(np.pi * 25, rel=0.1)
    assert (codes_HW == 4).sum() == pytest.approx(50, rel=0.2)
    assert [c.value for c in classes] == [1, 2, 3, 4]
    warnings = [event.text for event in events if isinstance(event, Log) and event.warning]
    assert len(warnings) == 1 and "2 feature(s)" in warnings[0]


def test_outside_the_area_all_is_ignored(make_vector, utm_grid):
    path = make_vector([(box(0, 0, 20, 20), 1)])
    area = make_vector([(box(10, 10, 20, 20), None)], name="area.gpkg")
    codes_HW, _ = rasterized(path, utm_grid, field="class", area=area, unlabelled="background")
    assert np.array_equal(codes_HW, boxes(_10_10_20_20=0, _10_10_10_10=1))


def test_a_named_layer_of_a_file(make_vector, utm_grid):
    path = make_vector([(box(0, 0, 20, 20), 1)], layer="Dächer 1")
    assert rasterized(f"{path}|layername=Dächer 1", utm_grid)[1][0].name == "Dächer 1"
    assert rasterized(f"{path}|layerid=0", utm_grid)[1][0].name == "Dächer 1"
    error = refused(f"{path}|layername=roofs", utm_grid)
    assert "'roofs'" in error.message and "Dächer 1" in error.remedy
    assert "subset" in refused(f"{path}|subset=a", utm_grid).message


def test_a_reference_elsewhere_is_left_out_with_a_warning(make_vector, utm_grid):
    near, far = make_vector([(box(0, 0, 9, 9), 1)]), make_vector([(box(1000, 0, 20, 20), 2)], name="far.gpkg")
    events = []
    assert len(rasterized([near, far], utm_grid, events, field="class")[1]) == 1
    assert any(isinstance(event, Log) and event.warning and "far.gpkg" in event.text for event in events)


def test_labels_in_memory():
    labels = ArrayLabels(np.array([[0, 1], [IGNORE, 0]], np.uint8), [LegendClass(5, "a", (0, 0, 0))])
    assert labels.read(Window(-1, 0, 3, 2)).tolist() == [[IGNORE, 0, 1], [IGNORE, IGNORE, 0]]
    assert (labels.grid.width, labels.grid.height) == (2, 2)


@pytest.mark.slow
def test_buildings_of_banepa_cover_what_their_outlines_do(shared_data, osgeo):
    with RasterFile.open(str(shared_data / "banepa" / "image.tif")) as source:
        grid = source.grid
    codes_HW, classes = rasterized(
        str(shared_data / "banepa" / "buildings.geojson"), grid, unlabelled="background"
    )
    xmin, ymin, xmax, ymax = grid.bounds(grid.window)
    image = osgeo.ogr.CreateGeometryFromWkt(
        f"POLYGON (({xmin} {ymin}, {xmax} {ymin}, {xmax} {ymax}, {xmin} {ymax}, {xmin} {ymin}))"
    )
    shapes = osgeo.ogr.Geometry(osgeo.ogr.wkbMultiPolygon)
    dataset = osgeo.ogr.Open(str(shared_data / "banepa" / "buildings.geojson"))
    for feature in dataset.GetLayer(0):
        polygon = feature.GetGeometryRef().MakeValid()
        for part in [polygon] if polygon.GetGeometryType() == osgeo.ogr.wkbPolygon else polygon:
            shapes.AddGeometry(part)
    share = shapes.UnionCascaded().Intersection(image).Area() / image.Area()
    assert (codes_HW == 1).mean() == pytest.approx(share, rel=0.01)
    assert [(c.value, c.name) for c in classes] == [(0, "background"), (1, "buildings")]
