"""What cannot be labels is refused before any work, with what to do, and nothing is left behind."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from labelled import box, refused

from engine.labels import rasterize, rasterizer
from engine.protocol import Cancelled
from engine.raster import Grid

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("no_leftovers")


def test_an_area_elsewhere_is_refused(make_vector, utm_grid):
    area = make_vector([(box(1000, 10, 20, 20), None)], name="area.gpkg")
    error = refused(make_vector([(box(0, 0, 20, 20), 1)]), utm_grid, area=area)
    assert error.code == "no_overlap" and "area.gpkg" in error.message


def test_a_missing_field_is_said_with_those_there_are(make_vector, utm_grid):
    error = refused(make_vector([(box(0, 0, 20, 20), 1)]), utm_grid, field="kind")
    assert "'kind'" in error.message and "class" in error.remedy


@pytest.mark.slow
def test_a_field_of_identifiers_is_refused(make_vector, utm_grid):
    path = make_vector([(box(i % 50, 5, 1, 1), i) for i in range(10_000)])
    error = refused(path, utm_grid, field="class")
    assert error.code == "too_many_classes" and "field class" in error.message and "10000" in error.message


@pytest.mark.parametrize("code", [-1, 65_535])
def test_impossible_codes_are_named(code, make_vector, make_raster, utm_grid):
    vector = make_vector([(box(0, 0, 20, 20), code)])
    raster = make_raster(np.full((40, 60), code, np.int32), grid=utm_grid)
    for path in (vector, raster):
        error = refused(path, utm_grid, field="class")
        assert str(code) in error.message and error.remedy == "Reclassify it."


def test_no_overlap_is_said_with_both_extents(make_vector, utm_grid):
    error = refused(make_vector([(box(1000, 0, 20, 20), 1)]), utm_grid)
    assert error.code == "no_overlap"
    assert "302000" in error.message and "300120" in error.message


@pytest.mark.parametrize(
    ("features", "field", "said"),
    [([], "class", "no features"), ([(None, 1)], "class", "geometry"),
     ([(box(0, 0, 9, 9), None)], "class", "empty in all features"),
     ([(box(0.1, 0.1, 0.2, 0.2), 1)], "class", "No pixel")],
)  # fmt: skip
def test_labels_that_label_nothing_are_refused(features, field, said, make_vector, utm_grid):
    error = refused(make_vector(features), utm_grid, field=field)
    assert error.code == "no_labels" and said in error.message


def test_polygons_need_a_crs_on_both_sides(make_vector, utm_grid):
    path = make_vector([(box(0, 0, 20, 20), 1)])
    error = refused(path, Grid(60, 40, utm_grid.transform, ""))
    assert error.code == "no_crs" and "Assign projection" in error.remedy
    path = make_vector([(box(0, 0, 20, 20), 1)], crs=None, name="bare.shp")
    error = refused(path, utm_grid)
    assert "bare.shp" in error.message and "Define projection" in error.remedy


@pytest.mark.parametrize("content", [b"", b'{"type": "FeatureCollection", "features": [{"type": "Fea'])
def test_damaged_vectors_are_said(content, tmp_path, utm_grid):
    (tmp_path / "labels.geojson").write_bytes(content)
    assert "labels.geojson" in refused(str(tmp_path / "labels.geojson"), utm_grid).message


def test_a_truncated_shapefile_is_said(make_vector, utm_grid):
    path = Path(make_vector([(box(i, 0, 2, 20), i) for i in range(50)], name="labels.shp"))
    path.write_bytes(path.read_bytes()[:3000])
    assert refused(str(path), utm_grid, field="class").code == "unreadable"


def test_a_missing_reference_is_said(tmp_path, utm_grid):
    assert refused(str(tmp_path / "none.gpkg"), utm_grid).code == "no_file"


def test_cancelling_leaves_nothing(make_vector, utm_grid, monkeypatch):
    def cancel(event):
        raise Cancelled

    monkeypatch.setattr(rasterizer, "_WINDOW_PX", 16)
    path = make_vector([(box(0, 0, 20, 20), 1)])
    with pytest.raises(Cancelled), rasterize([path], utm_grid, emit=cancel):
        pass


FULL_DISK = """
import resource, signal, sys, tempfile
sys.path.insert(0, sys.argv[1])
from engine.labels import rasterize
from engine.protocol import EngineError
from engine.raster import RasterFile
tempfile.tempdir = sys.argv[3]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with RasterFile.open(sys.argv[2]) as source:
    grid = source.grid
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, -1))
try:
    with rasterize(sys.argv[4:], grid, emit=print):
        pass
except EngineError as error:
    print(error.code)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on file sizes")
@pytest.mark.parametrize("kind", ["vector", "raster"])
def test_a_full_disk_is_said_and_leaves_nothing(kind, make_vector, make_raster, tmp_path, utm_grid):
    codes_HW = np.random.default_rng(0).integers(0, 200, (500, 500)).astype(np.uint8)
    raster = make_raster(codes_HW, grid=utm_grid)
    path = raster if kind == "raster" else make_vector([(box(i, 5, 9, 9), i) for i in range(50)])
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-c", FULL_DISK, str(ROOT), raster, str(tmp_path / "temporary"), path]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "disk_full", run.stderr
    assert list((tmp_path / "temporary").iterdir()) == []
