"""Evaluation: counted by windows, matched by value or name, and nothing left behind when it fails."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import jobs
from engine.core.legend import LegendClass
from engine.jobs.evaluate import evaluate
from engine.protocol import Cancelled, EngineError, EvaluateJob, Log, Progress, Started, figures
from engine.raster import Grid, read_classes

gdal = pytest.importorskip("osgeo.gdal")
gdal_array = pytest.importorskip("osgeo.gdal_array")

from evaluated import GRID, LAND, WATER, X, Y, stripes, wkt, write_map, write_plots  # noqa: E402 (needs GDAL)

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def scene(tmp_path):
    return write_map(tmp_path / "map.tif", stripes(), (WATER, LAND))


@pytest.fixture
def told():
    return []


def texts(told, warning=None):
    return " ".join(
        event.text for event in told if isinstance(event, Log) and warning in (None, event.warning)
    )


def test_polygons_by_name_in_another_crs(scene, tmp_path, told):
    plots = write_plots(
        tmp_path / "plots.gpkg", [("Water", 10, 10, 24, 20), ("LAND", 30, 10, 40, 20)], crs=4326
    )
    job = EvaluateJob(
        scene, (plots,), field="kind", json=str(tmp_path / "figures.json"), csv=str(tmp_path / "matrix.csv")
    )
    values = evaluate(job, told.append)
    assert values["pixels"] == 240 and values["overall_accuracy"] == pytest.approx(200 / 240)
    document = json.loads(Path(job.json).read_text(encoding="utf-8"))
    assert document["confusion"] == [[100, 40], [0, 100]]
    assert [c["value"] for c in document["classes"]] == [3, 7]
    assert document["area_ha"] == pytest.approx(2.4)
    assert "water,100,40,140" in Path(job.csv).read_text(encoding="utf-8-sig")
    assert values["report"] == "" and set(values) == {
        *(figure.name for figure in figures("map")),
        "pixels", "eroded_overall_accuracy", "eroded_mean_f1", "estimated_overall_accuracy", "auc",
        "report", "json", "csv", "errors", "places",
    }  # fmt: skip
    assert values["auc"] is values["eroded_mean_f1"] is None
    assert isinstance(told[0], Started) and "Classes compared: 3 water, 7 land." in texts(told)


def test_label_raster_on_another_grid_and_all_outputs(scene, tmp_path, told):
    fine = Grid(80, 60, (X, 5.0, 0.0, Y, 0.0, -5.0), wkt(32633))
    truth_HW = np.full((60, 80), 7, np.uint8)
    truth_HW[:, :40] = 3
    truth = write_map(tmp_path / "wahrheit ä.tif", truth_HW, (WATER, LAND), fine)
    job = EvaluateJob(
        scene,
        (truth,),
        **{kind: str(tmp_path / f"bericht {kind}.{kind}") for kind in ("report", "json", "csv")},
    )
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
    assert values["overall_accuracy"] == pytest.approx(100 / 220) and values["mean_iou"] == pytest.approx(
        100 / 200 / 2
    )
    assert "Only the reference has" in texts(
        told, warning=True
    ) and "its 120 pixels count as errors" in texts(told)
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
            "more than 254 different values",
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
    job = EvaluateJob(
        str(tmp_path / "image.tif"), (plots,), field="kind", report=str(tmp_path / "report.html")
    )
    refused(job, told, "not_classes", "image.tif", words)


def test_an_empty_file(tmp_path, told):
    (tmp_path / "empty.tif").touch()
    refused(EvaluateJob(str(tmp_path / "empty.tif"), ("plots.gpkg",)), told, "unreadable", "empty.tif")


def test_no_overlap(scene, tmp_path, told):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 5000, 10, 5010, 20)])
    refused(
        EvaluateJob(scene, (plots,), field="kind", report=str(tmp_path / "report.html")),
        told,
        "no_overlap",
        "plots.gpkg",
    )


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
    job = EvaluateJob(
        scene, (str(tmp_path / "plots.gpkg"),), report=str(tmp_path / "missing" / "report.html")
    )
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
    job = EvaluateJob(
        scene,
        (plots,),
        field="kind",
        report=str(tmp_path / "report.html"),
        json=str(tmp_path / "figures.json"),
    )
    before = sorted(tmp_path.rglob("*"))

    def cancel(event):
        if moment(event):
            raise Cancelled

    with pytest.raises(Cancelled):
        evaluate(job, cancel)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared Zion data is not here")
def test_real_land_cover_against_a_shifted_copy(tmp_path, told):
    """NLCD moved by one pixel: accuracy is what numpy counts, and the map's own names and colours are
    used.
    """
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
