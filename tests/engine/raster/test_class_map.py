"""Class maps: written whole or not at all, and read back with what they mean."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.core.legend import LegendClass
from engine.core.windows import Window, cover
from engine.protocol import Cancelled, EngineError, Log, Progress
from engine.raster import ClassMapWriter, Grid, RasterFile, read_classes

ROOT = Path(__file__).parents[3]
CLASSES = (LegendClass(0, "background", (225, 225, 225)), LegendClass(7, "Gebäude", (213, 94, 0)))


@pytest.mark.parametrize(("angle", "cloud_optimised"), [(0, False), (30, False), (0, True)])
@pytest.mark.parametrize(
    ("classes", "nodata"), [(CLASSES, 255), ((*CLASSES, LegendClass(1000, "far", (1, 2, 3))), 65535)]
)
def test_a_class_map_is_read_back_as_written(
    angle, cloud_optimised, classes, nodata, tmp_path, utm_grid, osgeo
):
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    grid = Grid(
        600, 300, (300000.0, 2 * cosine, 2 * sine, 3060000.0, 2 * sine, -2 * cosine), utm_grid.crs_wkt
    )
    codes = np.array([c.value for c in classes] + [nodata])
    values_HW = codes[np.random.default_rng(1).integers(0, len(codes), (300, 600))]
    path = str(tmp_path / "Karte von Bañepa.tif")
    with ClassMapWriter(path, grid, classes, cloud_optimised=cloud_optimised) as writer:
        for window in cover(600, 300, 130):
            writer.write_codes(window, values_HW[window.within(grid.window)])
        assert not Path(path).exists()
    beside = {p.name for p in tmp_path.iterdir()} - {
        "Karte von Bañepa.tif.aux.xml"
    }  # not written where the file holds all
    assert beside == {"Karte von Bañepa.qml", "Karte von Bañepa.tif"}
    dataset = osgeo.gdal.Open(path)
    band = dataset.GetRasterBand(1)
    assert np.array_equal(dataset.ReadAsArray(), values_HW)
    assert dataset.GetGeoTransform() == pytest.approx(grid.transform) and band.GetNoDataValue() == nodata
    assert band.GetOverviewCount() == 2 and band.GetBlockSize() == [256, 256]
    assert read_classes(path) == classes
    if nodata == 255:
        assert band.GetColorTable().GetColorEntry(7)[:3] == (213, 94, 0)
        assert band.GetCategoryNames()[7] == "Gebäude"


def test_pixels_never_written_are_nodata(tmp_path, utm_grid):
    path = str(tmp_path / "map.tif")
    with ClassMapWriter(path, utm_grid, CLASSES) as writer:
        writer.write_codes(Window(0, 0, 10, 10), np.full((10, 10), 7))
    with RasterFile.open(path) as source:
        values_CHW, valid_HW = source.read(source.grid.window)
    assert valid_HW.sum() == 100 and (values_CHW[0][valid_HW] == 7).all()


@pytest.mark.parametrize("name", ["map", "map.v2.tif"])
def test_a_name_without_ending_or_with_dots_has_its_style_too(name, tmp_path, utm_grid):
    with ClassMapWriter(str(tmp_path / name), utm_grid, CLASSES) as writer:
        writer.write_codes(Window(0, 0, 10, 10), np.full((10, 10), 7))
    style = Path(name).with_suffix(".qml").name
    assert {p.name for p in tmp_path.iterdir()} == {name, f"{name}.aux.xml", style}


def test_a_map_that_fails_leaves_the_old_one_and_nothing_else(tmp_path, utm_grid):
    path = tmp_path / "map.tif"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), ClassMapWriter(str(path), utm_grid, CLASSES) as writer:
        writer.write_codes(Window(0, 0, 10, 10), np.zeros((10, 10)))
        raise ZeroDivisionError
    assert [p.name for p in tmp_path.iterdir()] == ["map.tif"] and path.read_text() == "old"


def test_a_new_map_takes_the_old_ones_place_with_all_that_lay_beside(tmp_path, utm_grid):
    path = tmp_path / "map.tif"
    (tmp_path / "map.tif.ovr").write_text("overviews of the old map")
    for classes in (CLASSES[:1], CLASSES):
        with ClassMapWriter(str(path), utm_grid, classes) as writer:
            writer.write_codes(utm_grid.window, np.zeros((40, 60)))
    assert read_classes(str(path)) == CLASSES
    assert sorted(p.name for p in tmp_path.iterdir()) == ["map.qml", "map.tif", "map.tif.aux.xml"]


def test_a_style_of_the_users_own_stays_and_that_is_said(tmp_path, utm_grid):
    path, style, said = tmp_path / "map.tif", tmp_path / "map.qml", []
    style.write_text("<qgis><!-- a style that somebody made --></qgis>")
    for _ in range(2):
        with ClassMapWriter(str(path), utm_grid, CLASSES, emit=said.append) as writer:
            writer.write_codes(utm_grid.window, np.zeros((40, 60)))
        assert "somebody" in style.read_text()
    assert [event.warning for event in said] == [True, True] and all(
        str(style) in event.text for event in said
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["map.qml", "map.tif", "map.tif.aux.xml"]


@pytest.mark.parametrize(
    ("cloud_optimised", "word"), [(False, "Building the overviews of map.tif"), (True, "laying it out")]
)
def test_the_last_steps_are_told_and_can_be_stopped(cloud_optimised, word, tmp_path):
    grid, said = Grid(1500, 900, (0, 1, 0, 0, 0, -1), ""), []

    def stopped(event):
        if isinstance(event, Progress) and event.done > 20:
            raise Cancelled

    def write(emit):
        with ClassMapWriter(
            str(tmp_path / "map.tif"), grid, CLASSES, cloud_optimised=cloud_optimised, emit=emit
        ) as writer:
            writer.write_codes(grid.window, np.random.default_rng(0).integers(0, 2, (900, 1500)) * 7)

    with pytest.raises(Cancelled):
        write(stopped)
    assert list(tmp_path.iterdir()) == []
    write(said.append)
    assert word in next(event.text for event in said if isinstance(event, Log))
    progress = [event for event in said if isinstance(event, Progress)]
    assert (
        len(progress) >= 2 and progress[-1].done == progress[-1].total
    )  # GDAL 3.4 takes so small a map at once


def test_a_folder_that_is_not_there_is_said(tmp_path, utm_grid):
    with (
        pytest.raises(EngineError) as caught,
        ClassMapWriter(str(tmp_path / "none" / "map.tif"), utm_grid, CLASSES),
    ):
        pytest.fail("the block ran")
    assert caught.value.code == "unwritable"


FULL_DISK = """
import resource, signal, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from engine.protocol import Cancelled, EngineError, Log, Progress
from engine.core.legend import LegendClass
from engine.raster import ClassMapWriter, Grid
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
grid = Grid(1024, 1024, (0, 1, 0, 0, 0, 1), "")
values_HW = np.random.default_rng(0).integers(0, 200, (1024, 1024))
try:
    classes = [LegendClass(i, str(i), (0, 0, 0)) for i in range(200)]
    with ClassMapWriter(sys.argv[2], grid, classes, keep=len(sys.argv) > 4) as writer:
        writer.write_codes(grid.window, values_HW)
except EngineError as error:
    print(error.code, error.message)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on file sizes")
@pytest.mark.parametrize("size", [0, 1000, 300_000, 1_050_000, 1_250_000])
def test_a_full_disk_is_said_and_leaves_nothing(size, tmp_path, osgeo):
    """Whenever it happens: at creating, in the middle, while closing, or in the overviews."""
    command = [sys.executable, "-c", FULL_DISK, str(ROOT), str(tmp_path / "map.tif"), str(size)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("disk_full") and "map.tif could not be written" in run.stdout, run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on file sizes")
@pytest.mark.parametrize("size", [0, 1000, 300_000, 1_050_000, 1_250_000])
def test_of_a_full_disk_what_is_readable_is_kept_on_demand(size, tmp_path, osgeo):
    """All of it where only the overviews had no room; never a file that cannot be read."""
    command = [sys.executable, "-c", FULL_DISK, str(ROOT), str(tmp_path / "map.tif"), str(size), "keep"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("disk_full"), run.stderr
    values_HW = np.random.default_rng(0).integers(0, 200, (1024, 1024))
    kept = [path.name for path in tmp_path.iterdir()]
    print(size, kept)
    assert kept == ["map.partial.tif"] or (not kept and size < 1_250_000)
    if kept:
        found = osgeo.gdal.Open(str(tmp_path / "map.partial.tif")).ReadAsArray()
        assert set(np.unique(found[found != values_HW])) <= {255} and (
            size < 1_250_000 or (found == values_HW).all()
        )


def test_classes_without_names_are_the_values_that_occur(make_raster, osgeo):
    def colours(dataset):
        table = osgeo.gdal.ColorTable()
        table.SetColorEntry(4, (1, 2, 3, 255))
        dataset.GetRasterBand(1).SetColorTable(table)

    path = make_raster(np.array([[4, 9, 0]], np.uint8), nodata=0, change=colours)
    assert read_classes(path) == (LegendClass(4, "4", (1, 2, 3)), LegendClass(9, "9", (0, 0, 0)))


@pytest.mark.parametrize(
    "image", [np.zeros((1, 2, 2), np.float32), np.arange(1024, dtype=np.uint16).reshape(1, 32, 32)]
)
def test_what_holds_no_classes_is_refused(image, make_raster):
    with pytest.raises(EngineError) as caught:
        read_classes(make_raster(image))
    assert caught.value.code == "not_classes"
