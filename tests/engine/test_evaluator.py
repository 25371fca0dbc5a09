"""Evaluation: counted by windows, matched by value or name, and nothing left behind when it fails."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import jobs
from engine.evaluator import compare, evaluate
from engine.labels import ArrayLabels
from engine.legend import IGNORE, LegendClass
from engine.protocol import Cancelled, EngineError, EvaluateJob, Log, Progress, Started
from engine.raster import ArraySource, ClassMapWriter, Grid, read_classes

gdal = pytest.importorskip("osgeo.gdal")
gdal_array = pytest.importorskip("osgeo.gdal_array")
ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

SHARED = Path(__file__).parents[3] / "shared" / "data"
WATER, LAND, WOOD = (
    LegendClass(3, "water", (0, 0, 200)),
    LegendClass(7, "land", (200, 180, 90)),
    LegendClass(9, "wood", (0, 90, 0)),
)
X, Y = 500_000.0, 5_300_000.0


def wkt(code):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(code)
    return crs.ExportToWkt()


GRID = Grid(40, 30, (X, 10.0, 0.0, Y, 0.0, -10.0), wkt(32633))


def write_map(path, values_HW, classes, grid=GRID):
    with ClassMapWriter(str(path), grid, classes) as writer:
        writer.write_codes(grid.window, values_HW)
    return str(path)


def write_plots(path, plots, crs=32633):
    """``plots``: class name, first and last column and row on `GRID` (exclusive)."""
    source, target = osr.SpatialReference(), osr.SpatialReference()
    for reference, code in ((source, 32633), (target, crs)):
        reference.ImportFromEPSG(code)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("plots", target, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("kind", ogr.OFTString))
    for name, left, top, right, bottom in plots:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        ring = ", ".join(f"{X + 10 * column} {Y - 10 * row}" for column, row in corners)
        geometry = ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))", source)
        geometry.TransformTo(target)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("kind", name)
        feature.SetGeometry(geometry)
        layer.CreateFeature(feature)
    return str(path)


@pytest.fixture
def scene(tmp_path):
    """A map that is water on its left 20 columns and land on the right, with a corner of 5 x 5 without data."""
    values_HW = np.full((30, 40), 7, np.uint8)
    values_HW[:, :20] = 3
    values_HW[:5, :5] = 255
    return write_map(tmp_path / "map.tif", values_HW, (WATER, LAND))


@pytest.fixture
def told():
    return []


def texts(told, warning=None):
    return " ".join(event.text for event in told if isinstance(event, Log) and warning in (None, event.warning))


def test_compare_counts_every_pixel_once_whatever_the_windows(told):
    rng = np.random.default_rng(3)
    values_HW = rng.choice(np.array([3, 7, 255], np.uint8), (50, 70))
    reference_HW = rng.choice(np.array([0, 1, 2, IGNORE], np.uint8), (50, 70))
    source = ArraySource(values_HW[None], values_HW != 255)
    reference = ArrayLabels(reference_HW, (WATER, LAND, WOOD))
    for window_px in (1000, 64, 9):
        found = compare(source, (WATER, LAND), reference, told.append, window_px)
        for row in range(3):
            for column, value in enumerate((3, 7)):
                assert found.confusion_KK[row, column] == np.sum((reference_HW == row) & (values_HW == value))
        assert not found.confusion_KK[:, 2].any()
        assert found.without_class_px == np.sum((reference_HW != IGNORE) & (values_HW == 255))
        assert np.array_equal(found.reference_picture.ids_HW, reference_HW)


def test_compare_tells_progress_to_the_end(told):
    source, labels = ArraySource(np.full((1, 50, 70), 3, np.uint8)), ArrayLabels(np.zeros((50, 70), np.uint8), (WATER,))
    compare(source, (WATER,), labels, told.append, 32)
    done = [event.done for event in told]
    assert len(done) == 6 and done == sorted(done) and done[-1] == told[-1].total == 3500
    assert all(isinstance(event, Progress) and event.rate > 0 for event in told) and told[-1].remaining_s == 0


def test_values_the_legend_does_not_name_are_told_and_left_out(told):
    values_HW = np.array([[3, 3, 7, 4000, -2]], np.int32)
    found = compare(
        ArraySource(values_HW[None]),
        (LAND, WATER),
        ArrayLabels(np.array([[1, 0, 0, 0, 1]], np.uint8), (LAND, WATER)),
        told.append,
    )
    assert found.confusion_KK.tolist() == [[1, 1], [0, 1]]
    assert found.unknown_values == (-2, 4000) and found.without_class_px == 2


def test_polygons_by_name_in_another_crs(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("Water", 10, 10, 24, 20), ("LAND", 30, 10, 40, 20)], crs=4326)
    job = EvaluateJob(scene, (plots,), field="kind", json=str(tmp_path / "figures.json"), csv=str(tmp_path / "matrix.csv"))
    values = evaluate(job, told.append)
    assert values["pixels"] == 240 and values["overall_accuracy"] == pytest.approx(200 / 240)
    document = json.loads(Path(job.json).read_text(encoding="utf-8"))
    assert document["confusion"] == [[100, 40], [0, 100]]
    assert [c["value"] for c in document["classes"]] == [3, 7]
    assert document["area_ha"] == pytest.approx(2.4)
    assert "water,100,40,140" in Path(job.csv).read_text(encoding="utf-8-sig")
    assert values["report"] == "" and set(values) == {
        "overall_accuracy", "kappa", "mean_f1", "mean_iou", "pixels", "report", "json", "csv",
    }  # fmt: skip
    assert isinstance(told[0], Started) and "Classes compared: 3 water, 7 land." in texts(told)


def test_label_raster_on_another_grid_and_all_outputs(scene, tmp_path, told):
    fine = Grid(80, 60, (X, 5.0, 0.0, Y, 0.0, -5.0), wkt(32633))
    truth_HW = np.full((60, 80), 7, np.uint8)
    truth_HW[:, :40] = 3
    truth = write_map(tmp_path / "wahrheit ä.tif", truth_HW, (WATER, LAND), fine)
    job = EvaluateJob(scene, (truth,), **{kind: str(tmp_path / f"bericht {kind}.{kind}") for kind in ("report", "json", "csv")})
    values = jobs.run(job, told.append)
    assert values["overall_accuracy"] == values["kappa"] == values["mean_iou"] == 1.0
    assert values["pixels"] == 1200 - 25 and values["seconds"] > 0
    for kind in ("report", "json", "csv"):
        assert values[kind] == getattr(job, kind) and Path(values[kind]).stat().st_size > 100
    assert not list(tmp_path.glob("*partial*"))
    assert "wahrheit ä.tif" in Path(job.report).read_text(encoding="utf-8")
    assert "25 reference pixels (2.1%) lie where the map has no class" in texts(told, warning=True)


def test_classes_of_one_side_only_are_told(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 10, 10, 20, 20), ("wood", 10, 20, 22, 30)])
    job = EvaluateJob(scene, (plots,), field="kind", json=str(tmp_path / "figures.json"))
    values = evaluate(job, told.append)
    assert values["overall_accuracy"] == pytest.approx(100 / 220) and values["mean_iou"] == pytest.approx(100 / 200 / 2)
    assert "Only the reference has" in texts(told, warning=True) and "its 120 pixels count as errors" in texts(told)
    assert "Only the map has 7 land" in texts(told, warning=False)
    assert "wood" in Path(job.json).read_text()


def test_polygons_without_field_against_a_map_of_one_class_and_background(tmp_path, told):
    values_HW = np.zeros((30, 40), np.uint8)
    values_HW[10:20, 10:20] = 1
    classes = (LegendClass(0, "background", (225, 225, 225)), LegendClass(1, "building", (213, 94, 0)))
    class_map = write_map(tmp_path / "map.tif", values_HW, classes)
    plots = write_plots(tmp_path / "plots.gpkg", [("yes", 10, 10, 20, 25)])
    job = EvaluateJob(class_map, (plots,), unlabelled="background", json=str(tmp_path / "figures.json"))
    evaluate(job, told.append)
    assert json.loads(Path(job.json).read_text())["confusion"] == [[1050, 0], [50, 100]]


def refused(job, told, code, *words):
    """The job fails with ``code``, says ``words``, and leaves the folder as it was."""
    folder = Path(job.class_map).parent
    before = sorted(folder.rglob("*"))
    with pytest.raises(EngineError) as failure:
        jobs.run(job, told.append)
    assert failure.value.code == code and failure.value.remedy
    assert all(word in failure.value.message for word in words), failure.value.message
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("array_CHW", "words"),
    [
        (np.zeros((1, 30, 40), np.float32), "float32"),
        (np.zeros((3, 30, 40), np.uint8), "3 bands"),
        (
            np.arange(1200, dtype=np.int16).reshape(1, 30, 40),
            "more than 254 different values. Of classes, at most 254 are possible",
        ),
        (np.full((1, 30, 40), -9999, np.int16), "no class at all"),
    ],
    ids=["floats", "image", "elevation", "empty"],
)
def test_a_raster_that_is_no_class_map(tmp_path, told, array_CHW, words):
    dataset = gdal_array.SaveArray(array_CHW, str(tmp_path / "image.tif"), "GTiff")
    dataset.SetGeoTransform(GRID.transform)
    dataset.SetProjection(GRID.crs_wkt)
    dataset.GetRasterBand(1).SetNoDataValue(-9999)
    dataset = None
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 10, 10, 20, 20)])
    job = EvaluateJob(str(tmp_path / "image.tif"), (plots,), field="kind", report=str(tmp_path / "report.html"))
    refused(job, told, "not_classes", "image.tif", words)


def test_an_empty_file(tmp_path, told):
    (tmp_path / "empty.tif").touch()
    refused(EvaluateJob(str(tmp_path / "empty.tif"), ("plots.gpkg",)), told, "unreadable", "empty.tif")


def test_no_overlap(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 5000, 10, 5010, 20)])
    refused(EvaluateJob(scene, (plots,), field="kind", report=str(tmp_path / "report.html")), told, "no_overlap", "plots.gpkg")


def test_labels_only_where_the_map_has_no_class(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 0, 0, 4, 4)])
    job = EvaluateJob(scene, (plots,), field="kind", report=str(tmp_path / "report.html"))
    refused(job, told, "no_overlap", "map.tif", "plots.gpkg")


def test_field_missing(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 10, 10, 20, 20)])
    job = EvaluateJob(scene, (plots,), field="landuse", report=str(tmp_path / "report.html"))
    with pytest.raises(EngineError, match="landuse"):
        jobs.run(job, told.append)
    assert not Path(job.report).exists()


def test_no_class_in_common(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("wood", 10, 10, 20, 20), ("rock", 30, 10, 40, 20)])
    job = EvaluateJob(scene, (plots,), field="kind", csv=str(tmp_path / "matrix.csv"))
    refused(job, told, "no_common_class", "wood", "rock", "3 water, 7 land")


def test_unwritable_report_folder_is_refused_before_any_work(scene, tmp_path, told):
    job = EvaluateJob(scene, (str(tmp_path / "plots.gpkg"),), report=str(tmp_path / "missing" / "report.html"))
    refused(job, told, "unwritable", "missing")
    assert told == []


@pytest.mark.parametrize(
    "moment",
    [
        lambda event: isinstance(event, Started),
        lambda event: isinstance(event, Progress) and not event.rate,  # while labels are burned
        lambda event: isinstance(event, Progress) and event.rate,  # while pixels are counted
        lambda event: isinstance(event, Log) and "Classes compared" in event.text,  # just before writing
    ],
    ids=["start", "burning", "counting", "writing"],
)
def test_cancelling_leaves_nothing(scene, tmp_path, moment):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 0, 0, 20, 20)])
    job = EvaluateJob(scene, (plots,), field="kind", report=str(tmp_path / "report.html"), json=str(tmp_path / "figures.json"))
    before = sorted(tmp_path.rglob("*"))

    def cancel(event):
        if moment(event):
            raise Cancelled

    with pytest.raises(Cancelled):
        evaluate(job, cancel)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(not SHARED.exists(), reason="the shared Zion data is not here")
def test_real_land_cover_against_a_shifted_copy(tmp_path, told):
    """NLCD moved by one pixel: accuracy is what numpy counts, and the map's own names and colours are used."""
    nlcd = str(SHARED / "zion" / "nlcd.tif")
    dataset = gdal.Open(nlcd)
    values_HW = dataset.ReadAsArray()
    grid = Grid(dataset.RasterXSize, dataset.RasterYSize, dataset.GetGeoTransform(), dataset.GetProjection())
    moved_HW = np.roll(values_HW, 1, axis=1)
    class_map = write_map(tmp_path / "moved.tif", moved_HW, read_classes(nlcd), grid)
    values = evaluate(EvaluateJob(class_map, (nlcd,), report=str(tmp_path / "report.html")), told.append)
    both = (values_HW != 255) & (moved_HW != 255)
    assert values["pixels"] == both.sum()
    assert values["overall_accuracy"] == pytest.approx(np.mean(values_HW[both] == moved_HW[both]))
    assert Path(values["report"]).stat().st_size < 2_000_000
