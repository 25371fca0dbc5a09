"""Reading rasters by windows, and their grids."""

from pathlib import Path

import numpy as np
import pytest

from engine.core.windows import Window, cover
from engine.protocol import EngineError
from engine.raster import ArraySource, Grid, RasterFile

BEYOND = [
    Window(-3, -2, 9, 8),
    Window(4, 3, 9, 9),
    Window(-20, 1, 45, 3),
    Window(0, -30, 6, 70),
    Window(-40, -40, 5, 5),
    Window(30, 25, 8, 8),
]


def numbers(bands, height, width, dtype="uint8"):
    return np.random.default_rng(0).integers(1, 200, (bands, height, width)).astype(dtype)


def padded(image_CHW, window):
    """What `numpy.pad` makes of the window."""
    far = 100
    around_CHW = np.pad(image_CHW, ((0, 0), (far, far), (far, far)), mode="reflect")
    return around_CHW[:, window.y + far : window.bottom + far, window.x + far : window.right + far]


@pytest.mark.parametrize("window", BEYOND)
@pytest.mark.parametrize("shape", [(3, 7, 6), (1, 1, 1), (2, 1, 5)])
def test_beyond_the_raster_image_and_validity_are_mirrored(window, shape, make_raster):
    image_CHW = numbers(*shape)
    holes_HW = np.random.default_rng(0).random(shape[1:]) > 0.3
    with RasterFile.open(make_raster(image_CHW)) as file:
        for source, expected_HW in (
            (file, np.ones(shape[1:], bool)),
            (ArraySource(image_CHW, holes_HW), holes_HW),
        ):
            read_CHW, valid_HW = source.read(window)
            assert np.array_equal(valid_HW, padded(expected_HW[None], window)[0])
            assert np.array_equal(read_CHW, np.where(valid_HW, padded(image_CHW, window), 0))


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "uint32", "float32", "float64"])
def test_values_keep_their_dtype(dtype, make_raster):
    image_CHW = numbers(2, 5, 4, dtype) * 3
    with RasterFile.open(make_raster(image_CHW)) as source:
        read_CHW, valid_HW = source.read(source.grid.window)
    assert source.dtype == dtype and read_CHW.dtype == dtype
    assert np.array_equal(read_CHW, image_CHW) and valid_HW.all()


def test_windows_of_a_jpeg_tile_by_tile_equal_the_whole(make_raster):
    path = make_raster(numbers(3, 300, 290), options=["TILED=YES", "COMPRESS=JPEG", "PHOTOMETRIC=YCBCR"])
    with RasterFile.open(path) as source:
        whole_CHW, _ = source.read(source.grid.window)
        for window in cover(290, 300, 77):
            rows, columns = window.within(source.grid.window)
            assert np.array_equal(source.read(window)[0], whole_CHW[:, rows, columns])
    assert source.band_names == ("Red", "Green", "Blue")


def test_nodata_in_one_band_only_makes_a_pixel_invalid(make_raster, osgeo):
    image_CHW = numbers(3, 4, 5)
    image_CHW[1, 2, 3] = 250
    vrt = osgeo.gdal.GetDriverByName("VRT").CreateCopy(
        make_raster(image_CHW) + ".vrt", osgeo.gdal.Open(make_raster(image_CHW))
    )
    vrt.GetRasterBand(2).SetNoDataValue(250)
    vrt.FlushCache()
    with RasterFile.open(make_raster(image_CHW) + ".vrt") as source:
        read_CHW, valid_HW = source.read(Window(0, 0, 5, 4))
    assert list(zip(*np.nonzero(~valid_HW))) == [(2, 3)]
    assert (read_CHW[:, 2, 3] == 0).all()


def test_an_alpha_band_is_a_mask_and_no_band(make_raster):
    image_CHW = numbers(4, 4, 5)
    image_CHW[3] = 255
    image_CHW[3, 1, 1] = 0
    with RasterFile.open(make_raster(image_CHW, options=["PHOTOMETRIC=RGB", "ALPHA=YES"])) as source:
        read_CHW, valid_HW = source.read(Window(0, 0, 5, 4))
    assert source.bands == 3 and len(read_CHW) == 3
    assert list(zip(*np.nonzero(~valid_HW))) == [(1, 1)]


def test_a_mask_of_the_dataset_counts(make_raster, osgeo):
    def mask(dataset):
        dataset.CreateMaskBand(osgeo.gdal.GMF_PER_DATASET)
        dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.array([[255, 0], [255, 255]], np.uint8))

    with RasterFile.open(make_raster(numbers(2, 2, 2), change=mask)) as source:
        assert source.read(Window(0, 0, 2, 2))[1].tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize("nodata", [None, np.nan, -9999.0])
def test_nan_infinity_and_nodata_are_invalid_and_zero(nodata, make_raster):
    image_CHW = numbers(2, 2, 3, "float32")
    image_CHW[0, 0, 0], image_CHW[1, 0, 1], image_CHW[1, 1, 2] = np.nan, np.inf, -np.inf
    image_CHW[0, 1, 0] = -9999.0
    path = make_raster(image_CHW, nodata=nodata)
    with RasterFile.open(path) as source:
        read_CHW, valid_HW = source.read(Window(0, 0, 3, 2))
    assert valid_HW.tolist() == [[False, False, True], [nodata != -9999.0, True, False]]
    assert np.isfinite(read_CHW).all() and (read_CHW[:, ~valid_HW] == 0).all()


def test_arrays_in_memory_follow_the_same_rules():
    image_CHW = np.array([[[1.0, np.nan], [3.0, 4.0]]], np.float32)
    source = ArraySource(image_CHW, np.array([[True, True], [False, True]]))
    read_CHW, valid_HW = source.read(Window(0, 0, 2, 2))
    assert read_CHW.tolist() == [[[1, 0], [0, 4]]] and valid_HW.tolist() == [[True, False], [False, True]]
    assert (source.bands, source.dtype, source.band_names) == (1, "float32", ("Band 1",))


def test_paths_may_hold_spaces_and_any_letter(make_raster):
    with RasterFile.open(make_raster(numbers(1, 2, 2), name="Bild Nr 1 – नेपाल ß.tif")) as source:
        assert source.read(Window(0, 0, 2, 2))[1].all()


def refused(path):
    with pytest.raises(EngineError) as caught, RasterFile.open(str(path)) as source:
        source.read(source.grid.window)
    assert Path(path).name in caught.value.message and caught.value.remedy
    return caught.value


def test_a_missing_file_is_said(tmp_path, osgeo):
    assert refused(tmp_path / "none.tif").code == "no_file"


def test_an_empty_file_is_said(tmp_path, osgeo):
    (tmp_path / "empty.tif").touch()
    assert "is empty" in refused(tmp_path / "empty.tif").message


def test_a_file_that_is_no_raster_is_said(tmp_path, osgeo):
    (tmp_path / "text.tif").write_text("no raster")
    assert refused(tmp_path / "text.tif").code == "unreadable"


def test_a_truncated_file_is_said_with_the_window(make_raster):
    path = Path(make_raster(numbers(3, 200, 200), options=["TILED=YES", "COMPRESS=DEFLATE"]))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    error = refused(path)
    assert error.code == "unreadable" and "rows 0 to 199, columns 0 to 199" in error.message


def test_complex_numbers_are_refused(make_raster):
    assert "CFloat32" in refused(make_raster(np.ones((1, 2, 2), np.complex64))).message


def test_ground_control_points_alone_are_no_georeference(make_raster, wkt, osgeo):
    def points(dataset):
        dataset.SetGCPs([osgeo.gdal.GCP(x, y, 0, x, y) for x, y in ((0, 0), (2, 0), (0, 2))], wkt(4326))

    with RasterFile.open(make_raster(numbers(1, 2, 2), change=points)) as source:
        assert source.grid == Grid(2, 2, (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), "")
        assert source.grid.pixel_size_m() is None


def test_the_grid_is_the_files(make_raster, utm_grid):
    with RasterFile.open(make_raster(numbers(1, 40, 60), grid=utm_grid)) as source:
        assert source.grid.transform == utm_grid.transform
        assert source.grid.same_pixels(utm_grid)
    assert utm_grid.bounds(Window(10, 5, 20, 10)) == (300020.0, 3059970.0, 300060.0, 3059990.0)


def test_bounds_of_a_rotated_grid_hold_all_corners():
    assert Grid(10, 10, (0.0, 1.0, 1.0, 0.0, 1.0, -1.0), "").bounds(Window(0, 0, 2, 3)) == (
        0.0,
        -3.0,
        5.0,
        2.0,
    )


@pytest.mark.parametrize(
    ("code", "transform", "wanted"),
    [
        (32645, (500000, 2, 0, 3e6, 0, -3), (2, 3)),
        (32645, (500000, 0.6, 0.8, 3e6, 0.8, -0.6), (1, 1)),
        # A degree on the equator is 111 319.5 m long eastwards and 110 574.3 m northwards on WGS 84.
        (4326, (0, 1e-5, 0, 0, 0, -1e-5), (1.113195, 1.105743)),
        # At 60 degrees north: 55 800.0 m and 111 412.2 m.
        (4326, (10, 1e-5, 0, 60, 0, -1e-5), (0.558000, 1.114122)),
        # Web Mercator's metre there is cos 60° times a sphere's metre: 0.5 m by the radii of curvature 1.0025
        # a and 1.0008 a.
        (3857, (1113194.9, 1, 0, 8399737.9, 0, -1), (0.50126, 0.50042)),
        # New York Long Island counts in US survey feet.
        (2263, (987000, 3, 0, 211000, 0, -3), (0.914402, 0.914402)),
    ],
)
def test_pixel_size_on_the_ground(code, transform, wanted, wkt):
    assert Grid(1, 1, transform, wkt(code)).pixel_size_m() == pytest.approx(wanted, rel=2e-4)


def test_real_rasters(shared_data, osgeo):
    with RasterFile.open(str(shared_data / "banepa" / "image.tif")) as source:
        assert source.grid.pixel_size_m() == pytest.approx((0.132, 0.132), abs=0.001)
        assert source.read(Window(3000, 4000, 200, 200))[1].all()
    with RasterFile.open(str(shared_data / "zion" / "landsat8_b2345.tif")) as source:
        assert source.grid.pixel_size_m() == (30.0, 30.0)
        assert source.band_names == ("B2 blue", "B3 green", "B4 red", "B5 NIR") and source.dtype == "uint16"
