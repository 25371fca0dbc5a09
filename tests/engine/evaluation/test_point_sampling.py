"""Stratified random points: exact strata, equal chances, the same for the same seed; and labelled, figures of
the whole map.
"""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy import stats

from engine import jobs
from engine.core.legend import IGNORE, LegendClass
from engine.evaluation import point_sampling
from engine.evaluation.point_sampling import FIELDS, Population
from engine.files.qgis_style import sample_qml
from engine.labels import AreaOfInterest
from engine.protocol import Cancelled, EngineError, EvaluateJob, Log, Progress, SamplePointsJob, Started
from engine.raster import Grid, RasterFile

gdal = pytest.importorskip("osgeo.gdal")
ogr = pytest.importorskip("osgeo.ogr")

from evaluated import (  # noqa: E402 (needs GDAL)
    GRID,
    LAND,
    WATER,
    WOOD,
    X,
    Y,
    stripes,
    wkt,
    write_map,
    write_plots,
)

CLASSES = (WATER, LAND, WOOD)


def ignore(event):
    pass


def scene(shape=(300, 400), seed=1):
    """Water of 5 %, land of 35 % and wood, scattered; a tenth without data."""
    rng = np.random.default_rng(seed)
    values_HW = rng.choice(np.array([3, 7, 9], np.uint8), shape, p=[0.05, 0.35, 0.6])
    values_HW[rng.random(shape) < 0.1] = 255
    return values_HW


def grid_of(values_HW):
    return Grid(values_HW.shape[1], values_HW.shape[0], GRID.transform, GRID.crs_wkt)


@pytest.fixture
def class_map(tmp_path):
    return write_map(tmp_path / "map.tif", scene(), CLASSES, grid_of(scene()))


@pytest.fixture
def sample(tmp_path, class_map):
    """Run a job; returns the rows of the points (fields, column, row), the figures and the words told."""

    def run(class_map=class_map, output="points.gpkg", **settings):
        told = []
        job = SamplePointsJob(class_map, str(tmp_path / output), **settings)
        figures = jobs.run(job, told.append)
        return read(job.output, class_map), figures, told

    return run


def read(path, class_map):
    """Fields and pixel of each point, in the file's order."""
    with RasterFile.open(class_map) as source:
        grid = source.grid
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer(0)
    assert [field.name for field in layer.schema] == list(FIELDS)
    rows = []
    for feature in layer:
        column, row = grid.to_pixels(*feature.GetGeometryRef().GetPoint_2D())
        assert (column % 1, row % 1) == pytest.approx((0.5, 0.5), abs=1e-6), "points are centres of pixels"
        rows.append({**{name: feature[name] for name in FIELDS}, "column": int(column), "row": int(row)})
    return rows


def logs(told, warning=False):
    return [event.text for event in told if isinstance(event, Log) and event.warning == warning]


def refused(sample, *arguments, **settings):
    with pytest.raises(EngineError) as caught:
        sample(*arguments, **settings)
    assert caught.value.remedy
    return caught.value


def test_each_stratum_has_its_points_on_pixels_of_its_class(sample):
    values_HW = scene()
    rows, figures, told = sample(points=400, fewest=60)
    px = {c.value: int((values_HW == c.value).sum()) for c in CLASSES}
    total = sum(px.values())
    counts = {value: sum(row["stratum"] == value for row in rows) for value in px}
    assert counts[3] == 60 and sum(counts.values()) == 400 == figures["count"] and figures["pixels"] == total
    assert counts[7] == pytest.approx(340 * px[7] / (px[7] + px[9]), abs=1)
    assert len({(row["column"], row["row"]) for row in rows}) == 400, "drawn without replacement"
    names = {c.value: c.name for c in CLASSES}
    for row in rows:
        assert (
            values_HW[row["row"], row["column"]] == row["stratum"]
            and row["map_class"] == names[row["stratum"]]
        )
        assert row["weight"] == pytest.approx(px[row["stratum"]] / total) and row["reference"] is None
    assert [row["id"] for row in rows] == list(range(1, 401))
    assert isinstance(told[0], Started) and any(isinstance(event, Progress) for event in told)
    assert logs(told)[0] == f"3 water: {px[3]:,} px ({px[3] / total:.2%}), 60 points." and not logs(
        told, warning=True
    )


def test_the_number_of_points_follows_from_the_standard_error(sample):
    """0.85 × 0.15 / 0.02² = 318.75."""
    rows, figures, told = sample(standard_error=0.02, fewest=2)
    assert len(rows) == figures["count"] == 319
    said = re.fullmatch(
        r"319 points in all\. If 85% of the pixels of each class are correct, .* "
        r"standard error of (0\.\d+)\.",
        logs(told)[-1],
    )
    assert float(said[1]) == pytest.approx(0.02, abs=1e-3)
    assert len(sample(standard_error=0.02, accuracy=0.5, fewest=2)[0]) == 625


def test_the_same_seed_draws_the_same_points(sample):
    one, other = sample(points=90, fewest=20)[0], sample(points=90, fewest=20, output="again.gpkg")[0]
    assert one == other
    assert sample(points=90, fewest=20, seed=1)[0] != one


def test_the_first_points_are_a_sample_as_well(sample):
    """In random order: strata come mixed, and their places too."""
    rows = sample(points=600, fewest=200)[0]
    half = [row["stratum"] for row in rows[:300]]
    for value in (3, 7, 9):
        in_all = sum(row["stratum"] == value for row in rows)
        assert (
            stats.hypergeom(600, in_all, 300).ppf(1e-4)
            <= half.count(value)
            <= stats.hypergeom(600, in_all, 300).ppf(1 - 1e-4)
        )
    assert abs(stats.spearmanr(range(600), [row["row"] for row in rows])[0]) < 0.2


def population(path, classes=CLASSES):
    source = RasterFile.open(path)
    return Population(source, classes, AreaOfInterest(source.grid.window), ignore)


@pytest.mark.slow
def test_every_pixel_of_a_stratum_has_the_same_chance(class_map, monkeypatch):
    """300 draws of 50 points on each class: how often each of 12 x 16 blocks was hit follows its pixels,
    window by window too.
    """
    monkeypatch.setattr(point_sampling, "_WINDOW_PX", 97)
    drawn, values_HW = population(class_map), scene()
    hits_KHW = np.zeros((3, 300, 400), int)
    for seed in range(300):
        found = drawn.draw(np.array([50, 50, 50]), seed, ignore)
        assert np.bincount(found.ids_P).tolist() == [50, 50, 50]
        hits_KHW[found.ids_P, found.rows_P, found.columns_P] += 1
    for at, c in enumerate(CLASSES):
        is_class = values_HW == c.value
        assert not hits_KHW[at][~is_class].any()
        blocks = [part.reshape(12, 25, 16, 25).sum(axis=(1, 3)).ravel() for part in (hits_KHW[at], is_class)]
        test = stats.chisquare(blocks[0], blocks[1] * blocks[0].sum() / blocks[1].sum())
        assert 1e-3 < test.pvalue < 1 - 1e-3


def test_windows_of_any_size_find_what_was_drawn(class_map, monkeypatch):
    values_HW = scene()
    for window_px in (64, 97, 1000):
        monkeypatch.setattr(point_sampling, "_WINDOW_PX", window_px)
        found = population(class_map).draw(np.array([500, 1000, 2000]), 5, ignore)
        assert len({*zip(found.columns_P.tolist(), found.rows_P.tolist())}) == 3500
        assert np.array_equal(values_HW[found.rows_P, found.columns_P], np.array([3, 7, 9])[found.ids_P])


def test_all_pixels_of_a_small_class(tmp_path, sample):
    values_HW = np.full((30, 40), 7, np.uint8)
    values_HW[3, 4], values_HW[29, 39] = 3, 3
    values_HW[0, 0] = 9
    rows, *_ = sample(write_map(tmp_path / "small.tif", values_HW, CLASSES), points=100, fewest=10)
    small = [(row["column"], row["row"]) for row in rows if row["stratum"] != 7]
    assert sorted(small) == [(0, 0), (4, 3), (39, 29)] and len(rows) == 100
    assert len(sample(write_map(tmp_path / "small.tif", values_HW, CLASSES), points=5000)[0]) == 1200


def test_only_the_area_is_sampled_and_weighed(tmp_path, sample):
    """Water on the left, land on the right: of 10 x 10 px at the border each has half, and of 5 x 20 px apart
    all is land.
    """
    path = write_map(tmp_path / "stripes.tif", stripes(), CLASSES)
    area = write_plots(
        tmp_path / "area.gpkg", [("border", 15, 15, 25, 25), ("land", 30, 5, 35, 25), ("off", 60, 0, 70, 10)]
    )
    rows, figures, told = sample(path, area=area, points=80, fewest=30)
    assert figures["pixels"] == 200 and {row["stratum"]: row["weight"] for row in rows} == {3: 0.25, 7: 0.75}
    assert all((15 <= row["column"] < 25 and row["row"] >= 15) or 30 <= row["column"] < 35 for row in rows)
    assert "9 wood: no pixels, so no points are drawn." in logs(told)


def test_maps_in_odd_grids(tmp_path, sample):
    """Turned against north, in degrees far north: centres of pixels all the same, and it is told that pixels
    differ in size.
    """
    for name, transform, crs in (
        ("turned.tif", (X, 8.0, 6.0, Y, 6.0, -8.0), wkt(32633)),
        ("degrees.tif", (10.0, 0.1, 0.0, 72.0, 0.0, -0.2), wkt(4326)),
        ("nowhere.tif", (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), ""),
    ):
        path = write_map(tmp_path / name, stripes(), (WATER, LAND), Grid(40, 30, transform, crs))
        rows, _, told = sample(path, points=40, fewest=10)
        assert all(stripes()[row["row"], row["column"]] == row["stratum"] for row in rows) and len(rows) == 40
        warned = " ".join(logs(told, warning=True))
        assert ("more ground than others" in warned) == (name == "degrees.tif")


def test_values_that_the_legend_does_not_name_are_told(tmp_path, make_raster, sample):
    values_HW = stripes()
    values_HW[10, :7] = 8
    path = write_map(tmp_path / "named.tif", values_HW, (WATER, LAND))
    rows, figures, told = sample(path, points=40, fewest=10)
    assert "7 px hold values" in logs(told, warning=True)[0] and figures["pixels"] == 1200 - 25 - 7
    plain = make_raster(values_HW, grid=GRID, nodata=255)
    rows, figures, told = sample(plain, points=40, fewest=10)
    assert figures["pixels"] == 1200 - 25 and {row["map_class"] for row in rows} == {"3", "7", "8"}
    assert sum(row["stratum"] == 8 for row in rows) == 7


def test_more_points_on_each_class_than_were_asked_for_in_all(sample):
    error = refused(sample, points=60)
    assert (
        error.code == "too_few_points"
        and "60 points are too few for 3 classes with 50 points each" in error.message
    )
    assert error.remedy == "Ask for 150 points or more, or lower FEWEST to 20."
    assert "join classes" in refused(sample, points=5, fewest=2).remedy
    assert len(sample(points=60, fewest=20)[0]) == 60


def test_an_area_without_a_class(tmp_path, sample):
    values_HW = stripes()
    path = write_map(tmp_path / "map.tif", values_HW, (WATER, LAND))
    empty = write_plots(tmp_path / "empty.gpkg", [("corner", 0, 0, 4, 4)])
    error = refused(sample, path, area=empty)
    assert error.code == "no_pixels" and "empty.gpkg" in error.message
    far = write_plots(tmp_path / "far.gpkg", [("far", 100, 0, 110, 10)])
    assert refused(sample, path, area=far).code == "no_overlap"


def test_what_is_no_class_map_is_refused(sample, make_raster):
    assert (
        refused(sample, make_raster(np.zeros((3, 20, 20), np.uint8), "image.tif", GRID)).code == "not_classes"
    )
    assert (
        refused(sample, make_raster(np.zeros((20, 20), np.float32), "heights.tif", GRID)).code
        == "not_classes"
    )
    assert (
        refused(sample, make_raster(np.zeros((20, 20), np.uint8), "empty.tif", GRID, nodata=0)).code
        == "not_classes"
    )
    assert refused(sample, "/nowhere/map.tif").code == "no_file"


def test_outputs_are_whole_or_not_there(sample, class_map, tmp_path):
    assert refused(sample, output="map.tif").code == "same_file"
    assert refused(sample, output="folder/points.gpkg").code == "unwritable"
    sample(points=60, fewest=10)
    before = (tmp_path / "points.gpkg").read_bytes()

    def stop(event):
        if isinstance(event, Progress) and event.unit == "windows searched":
            raise Cancelled

    with pytest.raises(Cancelled):
        jobs.run(SamplePointsJob(class_map, str(tmp_path / "points.gpkg"), points=90, fewest=10), stop)
    assert (tmp_path / "points.gpkg").read_bytes() == before
    assert len(sample(points=90, fewest=10)[0]) == 90, "an earlier sample is replaced"
    assert not list(tmp_path.glob("*partial*"))


def test_from_points_to_figures_of_the_whole_map(tmp_path, class_map, sample):
    """Whoever labels the points sees the truth, of which 15 % differs from the map: the interval holds the
    map's accuracy.
    """
    rng = np.random.default_rng(4)
    values_HW = scene()
    truth_HW = np.where(
        rng.random(values_HW.shape) < 0.15, rng.choice(np.array([3, 7, 9]), values_HW.shape), values_HW
    )
    rows, *_ = sample(points=900, fewest=200)
    names = {c.value: c.name for c in CLASSES}
    dataset = ogr.Open(str(tmp_path / "points.gpkg"), 1)
    layer = dataset.GetLayer(0)
    dataset.StartTransaction()
    for feature, row in zip(list(layer), rows):
        if row["id"] <= 750:  # the others stay empty, and do not count
            feature["reference"] = names[int(truth_HW[row["row"], row["column"]])]
            layer.SetFeature(feature)
    dataset.CommitTransaction()
    del layer, dataset
    job = EvaluateJob(
        class_map, (str(tmp_path / "points.gpkg"),), "reference", json=str(tmp_path / "figures.json")
    )
    jobs.run(job, ignore)
    found = json.loads(Path(job.json).read_text(encoding="utf-8"))["estimate"]
    valid_HW = values_HW != IGNORE
    low, high = found["overall_accuracy"]["interval"]
    assert found["points"] == 750 and low < (truth_HW == values_HW)[valid_HW].mean() < high
    for row, c in zip(found["classes"], CLASSES):
        low, high = row["class_share"]["interval"]
        assert low < (truth_HW == c.value)[valid_HW].mean() < high
        assert row["mapped_share"] == pytest.approx((values_HW == c.value).sum() / valid_HW.sum())


def test_the_style_offers_the_classes_and_hides_what_the_map_says(tmp_path, sample):
    path = write_map(tmp_path / "odd.tif", stripes(), (WATER, LegendClass(7, "Wälder & <b>", (0, 0, 0))))
    sample(path, points=40, fewest=10)
    dataset = ogr.Open(str(tmp_path / "points.gpkg"))
    root = ElementTree.fromstring(dataset.GetLayer("layer_styles").GetNextFeature()["styleQML"])
    offered = [
        option.get("name") for option in root.iterfind(".//Option[@type='List']//Option[@type='QString']")
    ]
    assert offered == ["water", "Wälder & <b>"]
    hidden = {column.get("name") for column in root.iterfind(".//column[@hidden='1']")}
    assert hidden == {
        field.get("name") for field in root.iterfind(".//field") if field[0].get("type") == "Hidden"
    }
    assert hidden == {"stratum", "map_class", "weight"}
    assert root.find(".//Option[@name='size'][@value='10']") is not None, "a square of a pixel's size"


def test_names_that_xml_cannot_hold_are_not_offered():
    root = ElementTree.fromstring(sample_qml(("label",), "label", ("good", "b\x02ad"), (), 1.0))
    assert [
        option.get("name") for option in root.iterfind(".//Option[@type='List']//Option[@type='QString']")
    ] == ["good"]


@pytest.mark.slow
def test_ten_times_the_pixels_need_no_more_memory(tmp_path):
    """What the passes hold at once is a window; the rest is 8 bytes per class and window."""
    import tracemalloc

    peaks = []
    for height in (2048, 20480):
        path = write_map(
            tmp_path / f"{height}.tif",
            np.full((height, 512), 7, np.uint8),
            CLASSES,
            Grid(512, height, GRID.transform, ""),
        )
        tracemalloc.start()
        population(path).draw(np.array([0, 500, 0]), 1, ignore)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]
