"""What can be asked for beside the figures of all pixels: no borders, regions, probabilities, errors, worst
places, points.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import jobs
from engine.core.classified import Classified
from engine.core.legend import LegendClass
from engine.jobs.evaluate import evaluate
from engine.protocol import EngineError, EvaluateJob
from engine.raster import Grid, ProbabilityWriter, read_classes

gdal = pytest.importorskip("osgeo.gdal")
ogr = pytest.importorskip("osgeo.ogr")

from evaluated import GRID, LAND, WATER, X, Y, stripes, write_map, write_plots  # noqa: E402 (needs GDAL)


@pytest.fixture
def scene(tmp_path):
    return write_map(tmp_path / "map.tif", stripes(), (WATER, LAND))


@pytest.fixture
def truth(tmp_path):
    """The border between water and land lies 3 columns farther to the right than in the map, and a pond of 4
    x 4 is missing.
    """
    values_HW = np.full((30, 40), 7, np.uint8)
    values_HW[:, :23] = 3
    values_HW[20:24, 30:34] = 3
    return write_map(tmp_path / "truth.tif", values_HW, (WATER, LAND))


def ignore(event):
    pass


def figures(job):
    evaluate(job, ignore)
    return json.loads(Path(job.json).read_text(encoding="utf-8"))


def test_erosion_hand_worked(scene, truth, tmp_path):
    """Three columns of 30 px and the pond are wrong. Three pixels on each side of the border count no more,
    nor the pond, nor what lies around it.
    """
    job = EvaluateJob(
        scene, (truth,), erode_px=3, json=str(tmp_path / "figures.json"), report=str(tmp_path / "report.html")
    )
    values = evaluate(job, ignore)
    told = json.loads(Path(job.json).read_text())
    assert told["overall_accuracy"] == values["overall_accuracy"] == pytest.approx(1 - (90 + 16) / 1175)
    # Around the 4 x 4 pond lie 4 x 3 on each side, and at each corner 2 x 2: (2, 2) is nearer than 3.
    around_pond = 4 * 12 + 4 * 4
    assert told["eroded"]["pixels"] == 1175 - 6 * 30 - 16 - around_pond
    assert (
        values["eroded_overall_accuracy"]
        == values["eroded_mean_f1"]
        == told["eroded"]["overall_accuracy"]
        == 1.0
    )
    assert "Without the borders" in Path(job.report).read_text(encoding="utf-8")


def test_no_erosion_has_no_figures_of_its_own(scene, truth, tmp_path):
    assert "eroded" not in figures(EvaluateJob(scene, (truth,), json=str(tmp_path / "figures.json")))


def test_where_erosion_leaves_nothing_that_is_told(scene, truth, tmp_path):
    told = figures(EvaluateJob(scene, (truth,), erode_px=40, json=str(tmp_path / "figures.json")))
    assert "eroded" not in told and "within 40 px" in " ".join(told["warnings"])


def test_regions_by_name(scene, truth, tmp_path):
    zones = write_plots(
        tmp_path / "zones.gpkg", [("west", 0, 0, 20, 30), ("east", 20, 0, 40, 30), ("off", 60, 0, 70, 10)]
    )
    job = EvaluateJob(
        scene,
        (truth,),
        regions=zones,
        region_field="kind",
        json=str(tmp_path / "f.json"),
        report=str(tmp_path / "report.html"),
    )
    told = figures(job)
    regions = {row["region"]: row for row in told["regions"]}
    assert set(regions) == {"west", "east"}
    assert regions["west"]["overall_accuracy"] == 1.0 and regions["west"]["pixels"] == 600 - 25
    assert regions["east"]["overall_accuracy"] == pytest.approx(1 - 106 / 600)
    assert np.array_equal(sum(np.array(row["confusion"]) for row in regions.values()), told["confusion"])
    assert "west" in Path(job.report).read_text(encoding="utf-8")


def test_regions_by_numbers_as_large_as_census_codes(scene, truth, tmp_path):
    zones = write_plots(tmp_path / "zones.gpkg", [("1", 0, 0, 20, 30), ("2", 20, 0, 40, 30)])
    dataset = ogr.Open(zones, 1)
    layer = dataset.GetLayer(0)
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger64))
    for feature in layer:
        feature.SetField("code", 27_053_000_000 + int(feature["kind"]))
        layer.SetFeature(feature)
    layer = dataset = None
    told = figures(
        EvaluateJob(scene, (truth,), regions=zones, region_field="code", json=str(tmp_path / "f.json"))
    )
    assert {row["region"] for row in told["regions"]} == {"27053000001", "27053000002"}


def test_errors_are_told_by_pair_and_place(scene, truth, tmp_path):
    job = EvaluateJob(
        scene,
        (truth,),
        errors=str(tmp_path / "errors.tif"),
        places=str(tmp_path / "places.gpkg"),
        json=str(tmp_path / "figures.json"),
    )
    (place,) = figures(job)["places"]
    assert place == {
        "window": {"x": 0, "y": 0, "width": 40, "height": 30},
        "wrong": 106 / place["compared_px"],
        "wrong_px": 106,
        "compared_px": place["compared_px"],
        "mostly": "water mapped as land",
    }
    legend = {c.value: c.name for c in read_classes(job.errors)}
    assert sorted(legend.values()) == ["correct", "water mapped as land, at a border"]
    values_HW = gdal.Open(job.errors).ReadAsArray()
    wrong_HW = np.vectorize(legend.get)(np.where(values_HW == 255, 0, values_HW)) != "correct"
    assert wrong_HW[:, 20:23].all() and wrong_HW[20:24, 30:34].all() and wrong_HW.sum() == 106
    assert (values_HW[:5, :5] == 255).all() and (tmp_path / "errors.qml").exists()
    dataset = ogr.Open(job.places)
    layer = dataset.GetLayerByName("places")
    first = layer.GetNextFeature()
    assert (
        layer.GetFeatureCount() == 1
        and first["wrong_px"] == 106
        and first["mostly"] == "water mapped as land"
    )
    assert first.GetGeometryRef().GetEnvelope() == (X, X + 400, Y - 300, Y)


def test_errors_far_from_borders_are_a_kind_of_their_own(scene, tmp_path):
    values_HW = np.full((30, 40), 3, np.uint8)
    values_HW[:, 20:] = 7
    values_HW[10:20, :] = (
        7  # the map says water there, ten rows high: the rows in the middle are far from a border
    )
    truth = write_map(tmp_path / "truth.tif", values_HW, (WATER, LAND))
    job = EvaluateJob(scene, (truth,), errors=str(tmp_path / "errors.tif"), erode_px=2)
    jobs.run(job, ignore)
    values = {c.name: c.value for c in read_classes(job.errors)}
    found_HW = gdal.Open(job.errors).ReadAsArray()[:, 10]
    assert (
        found_HW[10:20].tolist()
        == [values["land mapped as water, at a border"]] * 2
        + [values["land mapped as water"]] * 6
        + [values["land mapped as water, at a border"]] * 2
    )


def test_more_kinds_of_errors_than_8_bits_hold(tmp_path):
    rng = np.random.default_rng(0)
    classes = [LegendClass(v, f"class {v}", (v, v, v)) for v in range(1, 25)]
    one, other = (rng.integers(1, 25, (30, 40)).astype(np.uint8) for _ in range(2))
    paths = [
        write_map(tmp_path / name, values, classes)
        for name, values in (("map.tif", one), ("truth.tif", other))
    ]
    job = EvaluateJob(paths[0], (paths[1],), errors=str(tmp_path / "errors.tif"))
    jobs.run(job, ignore)
    found_HW = gdal.Open(job.errors).ReadAsArray()
    names = {c.value: c.name for c in read_classes(job.errors)}
    assert names[253] == "other errors" and len(names) == 254 and (found_HW == 253).any()
    assert np.array_equal(found_HW == 0, one == other)


@pytest.fixture
def probabilities(tmp_path):
    """Of water: 90 % in the map's water but 60 % in its last columns, 20 % on land but 45 % in its first."""
    water_HW = np.full((30, 40), 20, np.uint8)
    water_HW[:, :17], water_HW[:, 17:20], water_HW[:, 20:23] = 90, 60, 45
    path = str(tmp_path / "probabilities.tif")
    with ProbabilityWriter(path, GRID, (WATER, LAND)) as writer:
        valid_HW = np.ones((30, 40), bool)
        ids_HW = (water_HW < 50).astype(np.uint8)
        writer.write(
            Classified(GRID.window, valid_HW, ids_HW, percent_KHW=np.stack([water_HW, 100 - water_HW]))
        )
    return path


def test_probabilities_give_roc_and_calibration(scene, truth, probabilities, tmp_path):
    job = EvaluateJob(
        scene,
        (truth,),
        probabilities=probabilities,
        json=str(tmp_path / "f.json"),
        report=str(tmp_path / "report.html"),
    )
    values = evaluate(job, ignore)
    from sklearn.metrics import roc_auc_score

    water = gdal.Open(probabilities).ReadAsArray()[0]
    is_water = gdal.Open(truth).ReadAsArray() == 3
    told = json.loads(Path(job.json).read_text())
    assert (
        values["auc"]
        == told["scores"]["mean_auc"]
        == pytest.approx(roc_auc_score(is_water.ravel(), water.ravel()), abs=1e-12)
    )
    page = Path(job.report).read_text(encoding="utf-8")
    assert "Probabilities" in page and "<svg" in page


def test_probabilities_of_another_map_are_refused(scene, truth, tmp_path):
    other = write_map(tmp_path / "one_band.tif", stripes(), (WATER, LAND))
    with pytest.raises(EngineError, match="1 band") as failure:
        jobs.run(EvaluateJob(scene, (truth,), probabilities=other, json=str(tmp_path / "f.json")), ignore)
    assert failure.value.code == "bands_differ" and not (tmp_path / "f.json").exists()


def write_points(path, places):
    """``places``: class name, column and row of pixels."""
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("points", None, ogr.wkbPoint)
    crs = gdal.Open(str(path.parent / "map.tif")).GetSpatialRef()
    layer = dataset.CreateLayer("sample", crs, ogr.wkbPoint)
    dataset.DeleteLayer("points")
    layer.CreateField(ogr.FieldDefn("reference", ogr.OFTString))
    for name, column, row in places:
        feature = ogr.Feature(layer.GetLayerDefn())
        if name:
            feature.SetField("reference", name)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({X + 10 * column + 5} {Y - 10 * row - 5})"))
        layer.CreateFeature(feature)
    dataset = None
    return str(path)


def test_points_give_figures_of_the_whole_map(scene, tmp_path):
    """Ten points in each class of the map, of water two wrong, and one that nobody has looked at."""
    rows = list(range(6, 26, 2))
    water = [("land" if row in (6, 8) else "water", 10, row) for row in rows]
    points = write_points(
        tmp_path / "points.gpkg", [*water, *(("land", 30, row) for row in rows), ("", 35, 3)]
    )
    job = EvaluateJob(
        scene,
        (points,),
        field="reference",
        json=str(tmp_path / "f.json"),
        report=str(tmp_path / "report.html"),
    )
    told = figures(job)
    water_px, land_px = 20 * 30 - 25, 20 * 30
    assert told["pixels"] == 20 and "intervals" not in told
    expected = (water_px * 0.8 + land_px) / (water_px + land_px)
    assert told["estimate"]["overall_accuracy"]["estimate"] == pytest.approx(expected)
    values = evaluate(job, ignore)
    assert values["estimated_overall_accuracy"] == values["overall_accuracy"] == pytest.approx(expected)
    assert "estimated from the points" in Path(job.report).read_text(encoding="utf-8")


def test_points_are_known_where_their_layer_declares_nothing(scene, tmp_path):
    rows = range(6, 26, 2)
    points = write_points(
        tmp_path / "points.gpkg",
        [*(("water", 10, row) for row in rows), *(("land", 30, row) for row in rows)],
    )
    undeclared = str(tmp_path / "undeclared.gpkg")
    gdal.VectorTranslate(undeclared, points, geometryType="GEOMETRY")
    assert "estimate" in figures(
        EvaluateJob(scene, (undeclared,), "reference", json=str(tmp_path / "f.json"))
    )


def test_points_of_an_area_give_figures_of_that_area(scene, tmp_path):
    """West of column 15 and east of column 25 nothing counts: 5 columns of water and of land are left."""
    rows = list(range(6, 26, 2))
    points = [("land" if row == 6 else "water", 17, row) for row in rows] + [
        ("land", 22, row) for row in rows
    ]
    area = write_plots(tmp_path / "area.gpkg", [("here", 15, 0, 25, 30)])
    job = EvaluateJob(
        scene,
        (write_points(tmp_path / "points.gpkg", points),),
        field="reference",
        area=area,
        json=str(tmp_path / "f.json"),
    )
    told = figures(job)["estimate"]
    assert [row["mapped_share"] for row in told["classes"]] == [0.5, 0.5]
    assert told["classes"][1]["class_area_ha"]["estimate"] == pytest.approx((150 + 15) * 0.01)


def test_too_few_points_give_figures_of_themselves_and_a_warning(scene, tmp_path):
    points = write_points(tmp_path / "points.gpkg", [("water", 10, 10), ("water", 11, 11), ("land", 30, 10)])
    job = EvaluateJob(scene, (points,), field="reference", json=str(tmp_path / "f.json"))
    told = figures(job)
    assert told["pixels"] == 3 and told["overall_accuracy"] == 1.0 and "estimate" not in told
    assert "not of the whole map" in told["warnings"][0] and "land (1 " in told["warnings"][0]


def test_probabilities_without_data_are_told(scene, truth, tmp_path):
    path = str(tmp_path / "probabilities.tif")
    with ProbabilityWriter(path, GRID, (WATER, LAND)):
        pass
    job = EvaluateJob(
        scene,
        (truth,),
        probabilities=path,
        json=str(tmp_path / "f.json"),
        report=str(tmp_path / "report.html"),
    )
    told = figures(job)
    assert "scores" not in told and "has probabilities" in " ".join(told["warnings"])


@pytest.mark.parametrize(
    ("names", "size", "code"), [("bl", (30, 40), "band_order"), ("lw", (15, 20), "grids_differ")]
)
def test_probabilities_that_do_not_fit_the_map(scene, truth, tmp_path, names, size, code):
    classes = {"b": (LAND, WATER), "l": (WATER, LAND)}[names[0]]
    grid = Grid(size[1], size[0], (X, 400 / size[1], 0, Y, 0, -300 / size[0]), GRID.crs_wkt)
    path = str(tmp_path / "probabilities.tif")
    with ProbabilityWriter(path, grid, classes) as writer:
        percent_KHW = np.full((2, *size), 50, np.uint8)
        writer.write(
            Classified(grid.window, np.ones(size, bool), np.zeros(size, np.uint8), percent_KHW=percent_KHW)
        )
    with pytest.raises(EngineError) as failure:
        jobs.run(EvaluateJob(scene, (truth,), probabilities=path, json=str(tmp_path / "f.json")), ignore)
    assert failure.value.code == code and not (tmp_path / "f.json").exists()


@pytest.mark.parametrize("side", ["class_map", "references"])
def test_outputs_never_replace_the_parts_of_a_mosaic(scene, truth, tmp_path, side):
    paths = {"class_map": scene, "references": truth}
    mosaic = str(tmp_path / "mosaic.vrt")
    gdal.BuildVRT(mosaic, [paths[side]]).FlushCache()
    before = Path(paths[side]).read_bytes()
    asked = {**paths, side: mosaic}
    job = EvaluateJob(asked["class_map"], (asked["references"],), errors=paths[side])
    with pytest.raises(EngineError) as failure:
        jobs.run(job, ignore)
    assert failure.value.code == "same_file" and Path(paths[side]).read_bytes() == before


def test_a_region_without_labels_is_told(scene, tmp_path):
    plots = write_plots(tmp_path / "plots.gpkg", [("water", 10, 10, 20, 20)])
    zones = write_plots(tmp_path / "zones.gpkg", [("west", 0, 0, 20, 30), ("east", 20, 0, 40, 30)])
    told = figures(
        EvaluateJob(
            scene, (plots,), "kind", regions=zones, region_field="kind", json=str(tmp_path / "f.json")
        )
    )
    assert [row["region"] for row in told["regions"]] == ["west"] and "region(s) east" in " ".join(
        told["warnings"]
    )
