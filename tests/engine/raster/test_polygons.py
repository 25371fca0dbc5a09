"""Polygons: every patch with its exact area and mean confidence."""

import numpy as np
import pytest
from scipy import ndimage

from engine.core.classified import Classified
from engine.core.legend import LegendClass
from engine.protocol import Cancelled, EngineError
from engine.raster import ClassMapWriter, ConfidenceWriter, Grid, polygons, write_polygons

CLASSES = tuple(
    LegendClass(code, name, (0, 0, 0)) for code, name in ((3, "meadow"), (40, "Gebäude"), (77, "road"))
)
NO_CLASS = 9


@pytest.fixture
def polygons_of(tmp_path, osgeo):
    """Write the polygons of a scene (ids, 9 for nodata) and read them: (value, class, area, confidence,
    geometry).
    """

    def of(ids_HW, grid, confidence_HW=None, minimum_area_m2=0.0, emit=lambda event: None):
        ids_HW = np.asarray(ids_HW, np.uint8)
        confidence_HW = np.full(ids_HW.shape, 50, np.uint8) if confidence_HW is None else confidence_HW
        part = Classified(grid.window, ids_HW != NO_CLASS, ids_HW, confidence_HW)
        paths = [str(tmp_path / name) for name in ("map.tif", "sure.tif", "patches.gpkg")]
        for sink in ClassMapWriter(paths[0], grid, CLASSES), ConfidenceWriter(paths[1], grid):
            with sink:
                sink.write(part)
        count = write_polygons(paths[2], paths[0], paths[1], CLASSES, minimum_area_m2, emit)
        dataset = osgeo.gdal.OpenEx(paths[2])
        layer = dataset.GetLayer("patches")
        assert layer.GetFeatureCount() == count
        fields = ("value", "class", "area_m2", "confidence")
        return [(*(feature[name] for name in fields), feature.GetGeometryRef().Clone()) for feature in layer]

    return of


@pytest.fixture
def make_grid(utm_grid):
    """A grid of 2 m in UTM, turned by some degrees."""

    def make(height, width, angle=0):
        sine, cosine = 2 * np.sin(np.radians(angle)), 2 * np.cos(np.radians(angle))
        return Grid(width, height, (300000.0, cosine, sine, 3060000.0, sine, -cosine), utm_grid.crs_wkt)

    return make


def test_a_known_scene(polygons_of, make_grid):
    """A house of 2 × 2 px with a courtyard of none, in a meadow with a hole without data; a road beside."""
    ids = np.array([
        [0, 0, 0, 0, 0, 2],
        [0, 1, 1, 1, 0, 2],
        [0, 1, 9, 1, 0, 2],
        [0, 1, 1, 1, 0, 2],
        [0, 0, 0, 0, 9, 2],
    ])  # fmt: skip
    confidence = np.arange(30, dtype=np.uint8).reshape(5, 6)
    found = {row[1]: row for row in polygons_of(ids, make_grid(5, 6), confidence)}
    assert {name: row[0] for name, row in found.items()} == {"meadow": 3, "Gebäude": 40, "road": 77}
    assert {name: row[2] for name, row in found.items()} == {
        "meadow": 15 * 4.0,
        "Gebäude": 8 * 4.0,
        "road": 5 * 4.0,
    }
    for number, name in enumerate(("meadow", "Gebäude", "road")):
        assert found[name][3] == pytest.approx(confidence[ids == number].mean())
        assert found[name][4].GetArea() == pytest.approx(found[name][2])
    assert found["Gebäude"][4].GetGeometryCount() == 2 and found["road"][4].GetEnvelope() == (
        300010,
        300012,
        3059990,
        3060000,
    )


@pytest.mark.parametrize("angle", [0, 30])
def test_patches_are_those_of_an_independent_labelling(angle, polygons_of, make_grid, monkeypatch):
    """Patches joined by their sides, measured by scipy; the map is read in several windows."""
    monkeypatch.setattr(polygons, "_WINDOW_PX", 37)
    draw = np.random.default_rng(angle)
    smooth = ndimage.gaussian_filter(draw.normal(size=(110, 90)), 1.2)
    ids = np.digitize(smooth, np.quantile(smooth, [0.3, 0.6]))
    ids[draw.random(ids.shape) < 0.02] = NO_CLASS
    confidence = draw.integers(0, 101, ids.shape, np.uint8)
    expected = []
    for number, c in enumerate(CLASSES):
        patches, count = ndimage.label(ids == number)
        indices = np.arange(1, count + 1)
        means = ndimage.mean(confidence, patches, indices)
        expected += [
            (c.value, 4.0 * px, mean) for px, mean in zip(ndimage.sum(ids == number, patches, indices), means)
        ]
    found = sorted(
        (row[0], round(row[2], 6), row[3]) for row in polygons_of(ids, make_grid(110, 90, angle), confidence)
    )
    assert len(found) > 100 and np.allclose(found, sorted(expected), rtol=1e-6)


def test_small_patches_join_their_neighbours_and_lonely_ones_are_left_out(polygons_of, make_grid):
    ids = np.zeros((12, 12), int)
    ids[2:4, 2:4] = 1  # 16 m²: stays
    ids[6, 6:9] = 2  # 12 m²: becomes meadow
    ids[9:] = NO_CLASS
    ids[11, :3] = 2  # 12 m² with nothing around
    found = sorted((row[0], row[2]) for row in polygons_of(ids, make_grid(12, 12), minimum_area_m2=16))
    assert found == [(3, (9 * 12 - 4) * 4.0), (40, 16.0)]


def test_a_map_without_data_has_no_polygons(polygons_of, make_grid):
    assert polygons_of(np.full((4, 5), NO_CLASS), make_grid(4, 5), minimum_area_m2=10) == []


def test_one_pixel_is_a_polygon(polygons_of, make_grid):
    ((value, name, area, confidence, _),) = polygons_of([[1]], make_grid(1, 1))
    assert (value, name, area, confidence) == (40, "Gebäude", pytest.approx(4), 50)


def test_areas_in_degrees_are_of_the_ground(polygons_of, wkt):
    """At 60° north a degree of longitude is half as long as at the equator."""
    rows = [
        polygons_of(np.zeros((1, 1)), Grid(1, 1, (10, 0.01, 0, north, 0, -0.01), wkt(4326)))
        for north in (60.005, 0.005)
    ]
    assert rows[0][0][2] / rows[1][0][2] == pytest.approx(0.5, rel=0.02)
    assert rows[1][0][2] == pytest.approx(1113.195 * 1105.743, rel=1e-4)


def test_without_a_crs_there_are_polygons_but_no_areas(polygons_of, make_grid):
    grid = Grid(3, 2, make_grid(2, 3).transform, "")
    assert [row[:4] for row in polygons_of(np.zeros((2, 3)), grid)] == [(3, "meadow", None, 50)]
    with pytest.raises(EngineError) as caught:
        polygons_of(np.zeros((2, 3)), grid, minimum_area_m2=100)
    assert caught.value.code == "no_crs" and "100 m²" in caught.value.message


@pytest.mark.parametrize("heard", [1, 5, 100])
def test_cancel_leaves_nothing(heard, polygons_of, make_grid, tmp_path, no_leftovers):
    said = []

    def emit(event):
        said.append(event)
        if len(said) >= heard:
            raise Cancelled

    ids = np.random.default_rng(0).integers(0, 3, (200, 200))
    with pytest.raises(Cancelled):
        polygons_of(ids, make_grid(200, 200), minimum_area_m2=5, emit=emit)
    assert len(said) == heard and not list(tmp_path.glob("patches*"))


def test_a_new_file_takes_the_old_ones_place(polygons_of, make_grid, tmp_path):
    (tmp_path / "patches.partial.gpkg").write_text("of a killed run")
    for ids in ([[0, 1]], [[0, 0]]):
        found = polygons_of(ids, make_grid(1, 2))
    assert len(found) == 1 and not list(tmp_path.glob("*partial*"))
