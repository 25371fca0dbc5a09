"""Rasters as references: their own codes, names and colours, on any grid."""

import numpy as np
import pytest

from engine.core.legend import IGNORE, LegendClass
from engine.labels import ReferenceOptions, label_raster, rasterize
from engine.protocol import EngineError, Log
from engine.raster import ClassMapWriter, Grid, RasterFile

NODATA = 255

pytestmark = pytest.mark.usefixtures("no_leftovers")


@pytest.fixture
def codes_HW():
    """40 × 60 codes 3, 7 and 9 in stripes, with a corner without data."""
    codes_HW = np.repeat([3, 7, 9], [10, 10, 40])[None].repeat(40, axis=0).astype(np.uint8)
    codes_HW[:10, :10] = NODATA
    return codes_HW


def rasterized(path, grid, events=None, classes=(), in_order=False, **options):
    """``codes_HW`` (255 = ignored) and the classes."""
    emit, options = [].append if events is None else events.append, ReferenceOptions(**options)
    with rasterize([path], grid, options, classes=classes, in_order=in_order, emit=emit) as labels:
        ids_HW = labels.read(grid.window)
        values = np.array([c.value for c in labels.classes] + [NODATA])
        return values[np.where(ids_HW == IGNORE, len(values) - 1, ids_HW)], labels.classes


def refused(path, grid):
    with pytest.raises(EngineError) as caught:
        rasterized(path, grid)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "float32", "float64"])
def test_codes_are_the_values_whatever_their_type(dtype, codes_HW, make_raster, utm_grid):
    path = make_raster(codes_HW.astype(dtype), grid=utm_grid, nodata=NODATA)
    values_HW, classes = rasterized(path, utm_grid, field="not asked of a raster")
    assert np.array_equal(values_HW, codes_HW)
    assert [(c.value, c.name) for c in classes] == [(3, "3"), (7, "7"), (9, "9")]


def test_what_a_raster_does_not_label_is_background_if_asked(codes_HW, make_raster, utm_grid):
    values_HW, classes = rasterized(
        make_raster(codes_HW, grid=utm_grid, nodata=NODATA), utm_grid, unlabelled="background"
    )
    assert np.array_equal(values_HW, np.where(codes_HW == NODATA, 0, codes_HW))
    assert classes[0].name == "background"


@pytest.mark.parametrize("unlabelled", ["ignore", "background"])
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_a_raster_on_the_grid_says_the_same_where_it_is_read_in_order(
    unlabelled, dtype, codes_HW, make_raster, utm_grid
):
    path = make_raster(codes_HW.astype(dtype), grid=utm_grid, nodata=NODATA)
    copied_HW, classes = rasterized(path, utm_grid, unlabelled=unlabelled)
    read_HW, same_classes = rasterized(path, utm_grid, unlabelled=unlabelled, in_order=True)
    assert np.array_equal(read_HW, copied_HW) and same_classes == classes
    with (
        rasterize(
            [path], utm_grid, ReferenceOptions(unlabelled=unlabelled), in_order=True, emit=[].append
        ) as labels,
        labels.reopen() as again,
    ):
        assert type(labels).__name__ == "CodedLabels" and np.array_equal(
            labels.read(utm_grid.window), again.read(utm_grid.window)
        )


def test_a_code_that_no_class_can_have_where_it_is_read_in_order(codes_HW, make_raster, utm_grid):
    path = make_raster(np.where(codes_HW == 9, np.uint16(65_535), codes_HW), grid=utm_grid)
    with pytest.raises(EngineError, match="65535"):
        rasterized(path, utm_grid, in_order=True)


def test_names_and_colours_come_along(codes_HW, tmp_path, utm_grid):
    classes = (
        LegendClass(3, "Wald", (1, 2, 3)),
        LegendClass(7, "Wiese", (4, 5, 6)),
        LegendClass(9, "See", (7, 8, 9)),
    )
    path = str(tmp_path / "map.tif")
    with ClassMapWriter(path, utm_grid, [*classes, LegendClass(11, "does not occur", (0, 0, 0))]) as writer:
        writer.write_codes(utm_grid.window, codes_HW)
    assert rasterized(path, utm_grid)[1] == classes


def test_a_colour_table_and_category_names_are_enough(codes_HW, make_raster, utm_grid, osgeo):
    def describe(dataset):
        table = osgeo.gdal.ColorTable()
        for value in (3, 7, 9):
            table.SetColorEntry(value, (value, 0, 0, 255))
        dataset.GetRasterBand(1).SetColorTable(table)
        dataset.GetRasterBand(1).SetCategoryNames(["", "", "", "three"])

    path = make_raster(codes_HW, grid=utm_grid, nodata=NODATA, change=describe)
    assert rasterized(path, utm_grid)[1] == tuple(
        LegendClass(v, n, (v, 0, 0)) for v, n in ((3, "three"), (7, "7"), (9, "9"))
    )


def test_another_grid_is_met_by_the_nearest_pixel(codes_HW, make_raster, utm_grid):
    path = make_raster(codes_HW, grid=utm_grid, nodata=NODATA)
    x0, y0 = utm_grid.to_map(-10, -10)
    finer = Grid(160, 120, (x0, 1.0, 0.0, y0, 0.0, -1.0), utm_grid.crs_wkt)
    values_HW, _ = rasterized(path, finer)
    wanted_HW = np.full((120, 160), NODATA)
    wanted_HW[20:100, 20:140] = np.kron(codes_HW, np.ones((2, 2)))
    assert np.array_equal(values_HW, wanted_HW)


def test_codes_averaged_into_overviews_are_no_labels(make_raster, wkt):
    """A coarse image over fine labels: GDAL would warp from the overviews, whose means are codes of other
    classes.
    """

    def average(dataset):
        dataset.WriteArray(codes_HW)
        dataset.BuildOverviews("AVERAGE", [2, 4, 8])

    codes_HW = np.random.default_rng(0).choice([2, 8], (512, 512)).astype(np.uint8)
    fine = Grid(512, 512, (300000.0, 1.0, 0.0, 3060000.0, 0.0, -1.0), wkt(32645))
    coarse = Grid(64, 64, (300000.0, 8.0, 0.0, 3060000.0, 0.0, -8.0), wkt(32645))
    burned_HW, classes = rasterized(make_raster(codes_HW, "labels.tif", fine, change=average), coarse)
    assert [c.value for c in classes] == [2, 8]
    assert (burned_HW == 2).mean() == pytest.approx(0.5, abs=0.05)


def test_another_crs_is_met_within_a_pixel(codes_HW, make_raster, utm_grid, wkt, osgeo):
    path = make_raster(codes_HW, grid=utm_grid, nodata=NODATA)
    warped = path.replace(".tif", "-geographic.tif")
    osgeo.gdal.Warp(warped, path, dstSRS="EPSG:4326", xRes=2e-6, yRes=2e-6).FlushCache()
    values_HW, _ = rasterized(warped, utm_grid)
    assert (values_HW == codes_HW).mean() > 0.98
    assert {3, 7, 9} <= set(np.unique(values_HW))


def test_windows_give_what_the_whole_gives(codes_HW, make_raster, utm_grid, monkeypatch):
    path = make_raster(codes_HW, grid=utm_grid, nodata=NODATA)
    rotated = Grid(70, 50, (299990.0, 1.9, 0.4, 3060010.0, 0.4, -1.9), utm_grid.crs_wkt)
    whole_HW, _ = rasterized(path, rotated)
    monkeypatch.setattr("engine.labels.rasterizer._WINDOW_PX", 16)
    assert np.array_equal(rasterized(path, rotated)[0], whole_HW)
    assert (whole_HW == NODATA).any() and (whole_HW != NODATA).sum() > 2000


def test_without_crs_the_same_size_is_laid_pixel_by_pixel_and_said(codes_HW, make_raster, utm_grid):
    path = make_raster(codes_HW, nodata=NODATA)
    for grid in (utm_grid, Grid(60, 40, (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), "")):
        events = []
        assert np.array_equal(rasterized(path, grid, events)[0], codes_HW)
        assert any(
            isinstance(event, Log) and event.warning and "pixel by pixel" in event.text for event in events
        )


def test_without_crs_another_size_is_refused(codes_HW, make_raster, utm_grid):
    error = refused(make_raster(codes_HW[:30], nodata=NODATA), utm_grid)
    assert error.code == "no_crs" and "Assign projection" in error.remedy
    error = refused(make_raster(codes_HW, grid=utm_grid), Grid(61, 40, utm_grid.transform, ""))
    assert error.code == "no_crs" and "The image has no" in error.message


def test_no_overlap_is_said(codes_HW, make_raster, utm_grid):
    x0, y0 = utm_grid.to_map(1000, 0)
    error = refused(
        make_raster(codes_HW, grid=utm_grid), Grid(60, 40, (x0, 2.0, 0.0, y0, 0.0, -2.0), utm_grid.crs_wkt)
    )
    assert error.code == "no_overlap" and "302000" in error.message


def test_values_between_codes_are_named(make_raster, utm_grid):
    error = refused(make_raster(np.full((40, 60), 0.25, np.float32), grid=utm_grid), utm_grid)
    assert error.code == "not_classes" and "0.25" in error.message


def test_infinite_values_are_no_labels(codes_HW, make_raster, utm_grid):
    values_HW = codes_HW.astype(np.float32)
    values_HW[20, :3] = np.inf, -np.inf, np.nan
    shifted = Grid(
        utm_grid.width,
        utm_grid.height,
        (utm_grid.transform[0] + 0.1, *utm_grid.transform[1:]),
        utm_grid.crs_wkt,
    )
    for number, grid in enumerate((utm_grid, shifted)):
        burned_HW, _ = rasterized(make_raster(values_HW, f"{number}.tif", grid, nodata=NODATA), utm_grid)
        assert (burned_HW[20, :3] == NODATA).all() and burned_HW[20, 3] == 3


def test_an_image_is_no_label_raster(make_raster, utm_grid):
    assert "2 bands" in refused(make_raster(np.zeros((2, 40, 60), np.uint8), grid=utm_grid), utm_grid).message
    elevation = make_raster(np.arange(2400, dtype=np.uint16).reshape(40, 60), grid=utm_grid)
    assert refused(elevation, utm_grid).code == "too_many_classes"


def test_254_classes_are_possible(make_raster, utm_grid):
    codes = np.arange(2400, dtype=np.uint16).reshape(40, 60) % 254 * 250
    values_HW, classes = rasterized(make_raster(codes, grid=utm_grid), utm_grid)
    assert len(classes) == 254 and np.array_equal(values_HW, codes)


def test_a_raster_without_any_label_is_refused(make_raster, utm_grid):
    assert (
        refused(make_raster(np.zeros((40, 60), np.uint8), grid=utm_grid, nodata=0), utm_grid).code
        == "no_labels"
    )


def test_an_aligned_raster_is_never_warped(codes_HW, make_raster, utm_grid, monkeypatch):
    monkeypatch.delattr(label_raster, "nearest_on")
    assert np.array_equal(
        rasterized(make_raster(codes_HW, grid=utm_grid, nodata=NODATA), utm_grid)[0], codes_HW
    )


def test_land_cover_of_zion_on_the_landsat_grid(shared_data, osgeo):
    with RasterFile.open(str(shared_data / "zion" / "landsat8_b2345.tif")) as source:
        grid = source.grid
    path = str(shared_data / "zion" / "nlcd.tif")
    values_HW, classes = rasterized(path, grid)
    original_HW = osgeo.gdal.Open(path).ReadAsArray()
    assert [c.value for c in classes] == list(range(1, 9)) and classes[0].color == (71, 107, 160)
    assert (values_HW == NODATA).mean() < 0.01
    for value in range(1, 9):
        assert (values_HW == value).mean() == pytest.approx((original_HW == value).mean(), rel=0.05, abs=1e-4)
