"""Maps of per cent and cloud-optimised GeoTIFFs: whole or not at all, and readable as what they are."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.core.classified import Classified
from engine.core.legend import LegendClass
from engine.core.windows import Window, cover
from engine.protocol import Cancelled, EngineError
from engine.raster import ClassMapWriter, ConfidenceWriter, Grid, ProbabilityWriter, RasterFile, read_classes
from engine.raster.gdal import has_overviews_of_strips

ROOT = Path(__file__).parents[3]
NAMES = {2: "water", 9: "Wald", 30: "soil", 31: "é"}
CLASSES = tuple(LegendClass(code, name, (code, 0, 0)) for code, name in NAMES.items())
WRITERS = {
    "map.tif": lambda path, grid, **options: ClassMapWriter(path, grid, CLASSES, **options),
    "percent.tif": lambda path, grid, **options: ProbabilityWriter(path, grid, CLASSES, **options),
    "sure.tif": ConfidenceWriter,
}


def scene(grid):
    draw = np.random.default_rng(3)
    shape = grid.height, grid.width
    valid_HW = draw.random(shape) > 0.2
    layers = draw.integers(0, len(CLASSES), shape, np.uint8), draw.integers(0, 101, shape, np.uint8)
    return Classified(grid.window, valid_HW, *layers, draw.integers(0, 101, (len(CLASSES), *shape), np.uint8))


def cut(whole, window):
    rows, columns = window.within(whole.window)
    layers = (whole.valid_HW[rows, columns], whole.ids_HW[rows, columns], whole.confidence_HW[rows, columns])
    return Classified(window, *layers, whole.percent_KHW[:, rows, columns])


def expected(name, whole):
    codes = np.array([c.value for c in CLASSES])[whole.ids_HW]
    values = {
        "map.tif": codes[None],
        "percent.tif": whole.percent_KHW,
        "sure.tif": whole.confidence_HW[None],
    }[name]
    return np.where(whole.valid_HW, values, 255)


@pytest.mark.parametrize("cloud_optimised", [False, True])
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(("width", "height"), [(1, 1), (700, 3), (600, 530)])
def test_what_was_written_is_read_back(name, cloud_optimised, width, height, utm_grid, tmp_path, osgeo):
    grid = Grid(width, height, utm_grid.transform, utm_grid.crs_wkt)
    whole = scene(grid)
    with WRITERS[name](str(tmp_path / name), grid, cloud_optimised=cloud_optimised) as sink:
        for window in cover(width, height, 200):
            sink.write(cut(whole, window))
        assert not (tmp_path / name).exists()
    dataset = osgeo.gdal.Open(str(tmp_path / name))
    assert np.array_equal(
        np.atleast_3d(dataset.ReadAsArray().T).T.reshape(-1, height, width), expected(name, whole)
    )
    assert dataset.GetGeoTransform() == grid.transform and "45N" in dataset.GetProjection()
    bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
    assert {(band.GetNoDataValue(), band.DataType, *band.GetBlockSize()) for band in bands} <= {
        (255, osgeo.gdal.GDT_Byte, 256, 256), (255, osgeo.gdal.GDT_Byte, width, height)
    }  # fmt: skip
    strip = cloud_optimised and height == 3 and not has_overviews_of_strips()
    assert bands[0].GetOverviewCount() == (
        0 if strip else len([level for level in (1, 2) if max(width, height) / level > 256])
    )
    if name == "map.tif":
        assert read_classes(str(tmp_path / name)) == CLASSES


@pytest.mark.parametrize("name", WRITERS)
def test_gdals_own_check_finds_it_cloud_optimised(name, utm_grid, tmp_path):
    check = pytest.importorskip("osgeo_utils.samples.validate_cloud_optimized_geotiff")
    grid = Grid(900, 700, utm_grid.transform, utm_grid.crs_wkt)
    with WRITERS[name](str(tmp_path / name), grid, cloud_optimised=True) as sink:
        sink.write(scene(grid))
    warnings, errors, _ = check.validate(str(tmp_path / name), full_check=True)
    assert not warnings and not errors
    assert not [path.name for path in tmp_path.iterdir() if "partial" in path.name]


@pytest.mark.parametrize("cloud_optimised", [False, True])
@pytest.mark.parametrize("classes", [3, 4])
def test_probabilities_are_named_bands_and_no_colours_or_masks(
    classes, cloud_optimised, utm_grid, tmp_path, osgeo
):
    """GDAL takes three bands of bytes for a photograph, and a fourth one for its mask."""
    path = str(tmp_path / "percent.tif")
    with ProbabilityWriter(path, utm_grid, CLASSES[:classes], cloud_optimised=cloud_optimised) as sink:
        part = scene(utm_grid)
        sink.write(Classified(part.window, part.valid_HW, part.ids_HW, None, part.percent_KHW[:classes]))
    with RasterFile.open(path) as source:
        assert source.bands == classes and source.band_names == tuple(c.name for c in CLASSES[:classes])
        assert np.array_equal(source.read(source.grid.window)[1], part.valid_HW)
    dataset = osgeo.gdal.Open(path)
    assert dataset.GetRasterBand(
        2
    ).GetUnitType() == "%" and "0 to 100; 255: no data" in dataset.GetMetadataItem("VALUES")


def test_overviews_of_per_cent_are_means_of_what_is_valid(utm_grid, tmp_path, osgeo):
    grid = Grid(300, 300, utm_grid.transform, utm_grid.crs_wkt)
    percent_HW = np.tile(np.array([[10, 30], [50, 90]], np.uint8), (150, 150))
    valid_HW = np.tile(np.array([[True, True], [True, False]]), (150, 150))
    with ConfidenceWriter(str(tmp_path / "sure.tif"), grid) as sink:
        sink.write(Classified(grid.window, valid_HW, percent_HW, percent_HW))
    dataset = osgeo.gdal.Open(str(tmp_path / "sure.tif"))
    assert (dataset.GetRasterBand(1).GetOverview(0).ReadAsArray() == 30).all()


def test_confidence_is_drawn_in_greys_from_0_to_100(utm_grid, tmp_path):
    with ConfidenceWriter(str(tmp_path / "sure.tif"), utm_grid) as sink:
        sink.write(scene(utm_grid))
    renderer = ElementTree.parse(tmp_path / "sure.qml").find("pipe/rasterrenderer")
    assert renderer.get("type") == "singlebandgray" and renderer.get("grayBand") == "1"
    assert (
        renderer.findtext("contrastEnhancement/minValue"),
        renderer.findtext("contrastEnhancement/maxValue"),
    ) == ("0", "100")
    (pixel,) = renderer.iter("pixelListEntry")
    assert pixel.get("min") == pixel.get("max") == "255"


@pytest.mark.parametrize(("first", "shown"), [("water", "1"), ("Background", "2")])
def test_probabilities_are_drawn_in_greys_by_the_first_class_that_is_not_background(
    first, shown, utm_grid, tmp_path
):
    classes = (LegendClass(0, first, (1, 1, 1)), *CLASSES[1:])
    with ProbabilityWriter(str(tmp_path / "percent.tif"), utm_grid, classes) as sink:
        sink.write(scene(utm_grid))
    renderer = ElementTree.parse(tmp_path / "percent.qml").find("pipe/rasterrenderer")
    assert renderer.get("type") == "singlebandgray" and renderer.get("grayBand") == shown
    assert renderer.findtext("contrastEnhancement/maxValue") == "100"


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_to_be_kept_of_a_cancelled_run_stays_readable_under_its_partial_name(
    name, utm_grid, tmp_path
):
    whole, window = scene(utm_grid), Window(10, 5, 30, 20)
    with pytest.raises(Cancelled), WRITERS[name](str(tmp_path / name), utm_grid, keep=True) as sink:
        sink.write(cut(whole, window))
        raise Cancelled
    partial = tmp_path / name.replace(".tif", ".partial.tif")
    assert list(tmp_path.iterdir()) == [partial]
    with RasterFile.open(str(partial)) as source:
        image_CHW, valid_HW = source.read(window)
        assert source.read(source.grid.window)[1].sum() == valid_HW.sum()
    assert np.array_equal(np.where(valid_HW, image_CHW, 255), expected(name, cut(whole, window)))


@pytest.mark.parametrize("name", ["map", "map.v2"])
def test_other_files_of_like_names_are_left_alone(name, utm_grid, tmp_path):
    for ending in ("", ".gpkg", ".tif", ".partial.v3"):
        (tmp_path / f"map{ending}").write_text("mine")
    with ConfidenceWriter(str(tmp_path / name), utm_grid) as sink:
        sink.write(scene(utm_grid))
    mine = [path.name for path in tmp_path.iterdir() if path.stat().st_size == 4]
    assert sorted(mine) == sorted({"map", "map.gpkg", "map.tif", "map.partial.v3"} - {name})


FULL_DISK = """
import resource, signal, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/engine", sys.argv[1] + "/tests/engine/raster"]
from test_percent_map import WRITERS, scene
from engine.protocol import EngineError
from engine.raster import Grid
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
grid = Grid(1024, 1024, (0, 1, 0, 0, 0, 1), "")
try:
    with WRITERS["percent.tif"](sys.argv[2], grid, cloud_optimised=sys.argv[4] == "True") as sink:
        sink.write(scene(grid))
    raise SystemExit("all was written")
except EngineError as error:
    print(error.code, error.message)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on file sizes")
@pytest.mark.parametrize("cloud_optimised", [False, True])
@pytest.mark.parametrize("size", [1000, 300_000, 3_600_000])
def test_a_full_disk_is_said_and_leaves_nothing(size, cloud_optimised, tmp_path, osgeo):
    if size == 3_600_000 and not cloud_optimised and int(osgeo.gdal.VersionInfo()) < 3_05_00_00:
        pytest.skip("GDAL 3.4 ends the process where the disk fills up while it builds overviews")
    path = str(tmp_path / "percent.tif")
    command = [sys.executable, "-c", FULL_DISK, str(ROOT), path, str(size), str(cloud_optimised)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and run.stdout.startswith("disk_full"), run.stdout + run.stderr
    assert "percent.tif could not be written" in run.stdout and list(tmp_path.iterdir()) == []


def test_an_error_leaves_nothing(utm_grid, tmp_path):
    with pytest.raises(EngineError), ConfidenceWriter(str(tmp_path / "sure.tif"), utm_grid) as sink:
        sink.write(scene(utm_grid))
        raise EngineError("unreadable", "A block is damaged.")
    assert list(tmp_path.iterdir()) == []
