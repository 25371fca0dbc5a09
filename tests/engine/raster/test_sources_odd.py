"""Rasters as users have them: every way to say "no data", every layout of a file, every size; and damaged
ones.
"""

from pathlib import Path

import numpy as np
import pytest

from engine.core.prefetch import Prefetcher
from engine.core.windows import Window, cover
from engine.protocol import EngineError
from engine.raster import Grid, RasterFile

RNG = np.random.default_rng(0)
IMAGE_CHW = RNG.integers(20, 230, (3, 300, 420), dtype=np.uint8)
HOLES_HW = np.ones((300, 420), bool)
HOLES_HW[:, :25] = HOLES_HW[290:] = HOLES_HW[100:140, 200:270] = False


def read(path, window=None):
    with RasterFile.open(str(path)) as source:
        return source.read(window or source.grid.window)


def same_by_windows(path, image_CHW, valid_HW):
    """Whatever the windows, they show the image where it is valid, and 0 elsewhere."""
    height, width = valid_HW.shape
    with RasterFile.open(str(path)) as source:
        for window in cover(width, height, 130):
            part_CHW, part_HW = source.read(window)
            rows, columns = window.within(source.grid.window)
            if not np.array_equal(part_HW, valid_HW[rows, columns]):
                return False
            if not np.array_equal(part_CHW, np.where(part_HW, image_CHW[:, rows, columns], 0)):
                return False
    return True


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "int32", "float32", "float64"])
def test_holes_and_borders_by_a_nodata_value(dtype, make_raster):
    nodata = {"uint8": 255, "uint16": 65535, "int16": -32768, "int32": -999999}.get(
        dtype, -3.4028234663852886e38
    )
    image_CHW = IMAGE_CHW.astype(dtype)
    image_CHW[:, ~HOLES_HW] = nodata
    assert same_by_windows(make_raster(image_CHW, nodata=nodata), image_CHW, HOLES_HW)


@pytest.mark.parametrize("nodata", [-9999, 300, 12.5, float("nan"), float("inf")])
def test_a_nodata_value_that_no_pixel_can_have_hides_nothing(nodata, make_raster):
    assert same_by_windows(make_raster(IMAGE_CHW, nodata=nodata), IMAGE_CHW, np.ones_like(HOLES_HW))


def test_nodata_and_not_finite_values_together(make_raster):
    image_CHW = IMAGE_CHW.astype(np.float32)
    image_CHW[0, 5, 5], image_CHW[1, 6, 6], image_CHW[2, 7, 7], image_CHW[1, 8, 8] = (
        np.nan,
        np.inf,
        -np.inf,
        -9999,
    )
    valid_HW = np.ones_like(HOLES_HW)
    valid_HW[range(5, 9), range(5, 9)] = False
    assert same_by_windows(make_raster(image_CHW, nodata=-9999), image_CHW, valid_HW)


@pytest.mark.parametrize("with_nodata", [False, True])
@pytest.mark.parametrize("kind", ["mask", "alpha"])
def test_masks_and_nodata_values_count_together(kind, with_nodata, make_raster, osgeo):
    image_CHW, valid_HW = IMAGE_CHW.copy(), HOLES_HW.copy()
    opaque_HW = HOLES_HW.astype(np.uint8) * 255

    def change(dataset):
        if kind == "mask":
            dataset.CreateMaskBand(osgeo.gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(opaque_HW)

    if with_nodata:
        image_CHW[1, 50:60, 50:60], valid_HW[50:60, 50:60] = 7, False
    written_CHW = image_CHW if kind == "mask" else np.concatenate([image_CHW, opaque_HW[None]])
    options = [] if kind == "mask" else ["PHOTOMETRIC=RGB", "ALPHA=YES"]
    path = make_raster(written_CHW, nodata=7 if with_nodata else None, options=options, change=change)
    assert same_by_windows(path, image_CHW, valid_HW)


@pytest.mark.parametrize("interleave", ["PIXEL", "BAND"])
@pytest.mark.parametrize("layout", [["TILED=YES"], [], ["BLOCKYSIZE=1"]])
@pytest.mark.parametrize("compress", ["NONE", "LZW", "DEFLATE", "PACKBITS"])
def test_the_layout_of_the_file_changes_nothing(compress, layout, interleave, make_raster):
    image_CHW = IMAGE_CHW.copy()
    image_CHW[2, ~HOLES_HW] = 255  # one band only
    path = make_raster(
        image_CHW, nodata=255, options=[f"COMPRESS={compress}", f"INTERLEAVE={interleave}", *layout]
    )
    assert same_by_windows(path, image_CHW, HOLES_HW)


@pytest.mark.parametrize("beside", [False, True])
def test_overviews_change_nothing(beside, make_raster, osgeo):
    path = make_raster(IMAGE_CHW)
    dataset = osgeo.gdal.OpenEx(path, osgeo.gdal.OF_RASTER | (0 if beside else osgeo.gdal.OF_UPDATE))
    dataset.BuildOverviews("AVERAGE", [2, 4])
    for band in range(1, 4):
        for level in range(2):
            dataset.GetRasterBand(band).GetOverview(level).Fill(1)  # nobody can take them for the image
    dataset = None
    assert Path(path + ".ovr").exists() == beside
    assert same_by_windows(path, IMAGE_CHW, np.ones_like(HOLES_HW))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (100_000, 1), (1, 100_000), (2, 3)])
def test_extreme_sizes_can_be_read_with_context_all_around(width, height, make_raster):
    image_CHW = RNG.integers(0, 255, (2, height, width), dtype=np.uint8)
    with RasterFile.open(make_raster(image_CHW)) as source:
        assert np.array_equal(source.read(source.grid.window)[0], image_CHW)
        around_CHW, valid_HW = source.read(Window(-70, -70, 200, 200))
        assert around_CHW.shape == (2, 200, 200) and valid_HW.all()
        assert np.array_equal(around_CHW[:, 70, 70], image_CHW[:, 0, 0])
        last = source.read(Window(width - 1, height - 1, 1, 1))[0]
        assert np.array_equal(last[:, 0, 0], image_CHW[:, -1, -1])


@pytest.mark.parametrize(
    "transform",
    [
        (0, 2, 0, 100, 0, 2),  # south-up
        (0, 1.2, 1.6, 0, 1.6, -1.2),  # turned
        (0, -2, 0, 0, 0, -2),  # from right to left
        (0, 0, 3, 0, 2, 0),  # rows and columns exchanged
    ],
)
def test_however_the_grid_lies_pixels_are_read_as_they_are_stored(transform, make_raster, wkt):
    grid = Grid(420, 300, transform, wkt(32645))
    path = make_raster(IMAGE_CHW, grid=grid)
    assert same_by_windows(path, IMAGE_CHW, np.ones_like(HOLES_HW))
    with RasterFile.open(path) as source:
        assert source.grid.same_pixels(grid)
        for place in ((0, 0), (3.5, 7.25), (420, 300)):
            assert source.grid.to_pixels(*source.grid.to_map(*place)) == pytest.approx(place)


def test_bands_of_different_numbers_become_one_kind(tmp_path, make_raster, osgeo):
    low = make_raster(IMAGE_CHW[:1], "low.tif", nodata=25)
    high = make_raster(IMAGE_CHW[1:2].astype(np.float32) / 7, "high.tif", nodata=float(np.float32(30 / 7)))
    osgeo.gdal.BuildVRT(str(tmp_path / "both.vrt"), [low, high], separate=True).FlushCache()
    image_CHW, valid_HW = read(tmp_path / "both.vrt")
    assert image_CHW.dtype == np.float32
    assert np.array_equal(valid_HW, (IMAGE_CHW[0] != 25) & (IMAGE_CHW[1] != 30))


def mosaic(tmp_path, make_raster, osgeo, nodata):
    """Two images with a gap of 160 columns between them."""
    paths = []
    for name, x in (("west", 0), ("east", 580)):
        grid = Grid(420, 300, (x, 1, 0, 300, 0, -1), "")
        paths.append(make_raster(IMAGE_CHW, f"{name}.tif", grid, nodata=nodata))
    osgeo.gdal.BuildVRT(str(tmp_path / "mosaic.vrt"), paths, srcNodata=nodata, VRTNodata=nodata).FlushCache()
    return tmp_path / "mosaic.vrt"


def test_gaps_of_a_mosaic_are_without_data_and_known_unread(tmp_path, make_raster, osgeo):
    with RasterFile.open(str(mosaic(tmp_path, make_raster, osgeo, 255))) as source:
        image_CHW, valid_HW = source.read(source.grid.window)
        assert valid_HW[:, :420].all() and not valid_HW[:, 420:580].any() and valid_HW[:, 580:].all()
        assert np.array_equal(image_CHW[:, :, 580:], IMAGE_CHW)
        assert source.is_empty(Window(430, 10, 100, 100))
        assert not source.is_empty(Window(410, 10, 100, 100)) and not source.is_empty(Window(0, 0, 10, 10))


def test_gaps_that_no_nodata_value_tells_of_are_values(tmp_path, make_raster, osgeo):
    with RasterFile.open(str(mosaic(tmp_path, make_raster, osgeo, None))) as source:
        assert source.read(source.grid.window)[1].all() and not source.is_empty(Window(430, 10, 100, 100))


def test_a_mosaic_whose_part_is_gone_says_so(tmp_path, make_raster, osgeo):
    path = mosaic(tmp_path, make_raster, osgeo, 255)
    (tmp_path / "east.tif").unlink()
    assert read(path, Window(0, 0, 400, 300))[1].all()
    with pytest.raises(EngineError, match=r"rows 0 to 299, columns 600 to 699.*east\.tif") as caught:
        read(path, Window(600, 0, 100, 300))
    assert caught.value.code == "unreadable"


SPARSE = ["TILED=YES", "SPARSE_OK=TRUE", "COMPRESS=DEFLATE", "BIGTIFF=YES"]


def sparse(tmp_path, osgeo, side, nodata, bands=3):
    """A file with a single block, the last."""
    path = str(tmp_path / "sparse.tif")
    dataset = osgeo.gdal.GetDriverByName("GTiff").Create(path, side, side, bands, osgeo.gdal.GDT_Byte, SPARSE)
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    dataset.WriteRaster(side - 256, side - 256, 256, 256, b"\7" * (256 * 256 * bands))
    dataset = None
    return path


def test_empty_blocks_of_a_huge_file_are_known_unread(tmp_path, osgeo):
    path = sparse(tmp_path, osgeo, 100 * 1024, 0)
    assert Path(path).stat().st_size < 20_000_000  # of 30 GB
    with RasterFile.open(path) as source:
        assert source.is_empty(Window(0, 0, 20_000, 20_000)) and source.is_empty(
            Window(50_000, 102_000, 10, 10)
        )
        assert not source.is_empty(Window(102_000, 102_000, 400, 400))
        assert not source.read(Window(40_000, 40_000, 300, 300))[1].any()
        image_CHW, valid_HW = source.read(Window(102_300, 102_300, 100, 100))
        assert valid_HW.all() and (image_CHW == 7).all()


def test_without_a_nodata_value_empty_blocks_are_zeros(tmp_path, osgeo):
    with RasterFile.open(sparse(tmp_path, osgeo, 1024, None)) as source:
        assert not source.is_empty(Window(0, 0, 256, 256))
        image_CHW, valid_HW = source.read(Window(0, 0, 256, 256))
        assert valid_HW.all() and not image_CHW.any()


@pytest.mark.parametrize("kind", ["mask", "alpha"])
def test_empty_blocks_of_masks_are_known_unread(kind, tmp_path, osgeo, request):
    gdal = osgeo.gdal
    path = str(tmp_path / "masked.tif")
    options = [*SPARSE, *(["ALPHA=YES"] if kind == "alpha" else [])]
    dataset = gdal.GetDriverByName("GTiff").Create(path, 1024, 1024, 4, gdal.GDT_Byte, options)
    dataset.WriteArray(np.full((4, 256, 256), 255, np.uint8), 512, 512)
    if kind == "mask":
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
        request.addfinalizer(lambda: gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None))
        dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
        dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.full((256, 256), 255, np.uint8), 512, 512)
    dataset = None
    with RasterFile.open(path) as source:
        for window in cover(1024, 1024, 256):
            assert source.is_empty(window) <= (not source.read(window)[1].any())
        assert source.is_empty(Window(0, 0, 256, 256)) and not source.is_empty(Window(500, 500, 100, 100))


@pytest.mark.parametrize("compress", ["DEFLATE", "LZW"])
def test_a_damaged_block_is_told_where_it_is_and_spoils_no_other(compress, make_raster, osgeo):
    path = make_raster(
        IMAGE_CHW, options=["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", f"COMPRESS={compress}"]
    )
    dataset = osgeo.gdal.Open(path)
    offset, size = (
        int(dataset.GetRasterBand(1).GetMetadataItem(f"BLOCK_{what}_3_2", "TIFF"))
        for what in ("OFFSET", "SIZE")
    )
    dataset = None
    content = bytearray(Path(path).read_bytes())
    content[offset : offset + size] = b"\xff" * size
    Path(path).write_bytes(content)
    with RasterFile.open(path) as source:
        with pytest.raises(EngineError, match="rows 100 to 199, columns 150 to 299") as caught:
            source.read(Window(150, 100, 150, 100))
        with pytest.raises(EngineError, match="rows 100 to 199"), Prefetcher(source.read) as ahead:
            list(ahead.map([Window(0, 0, 64, 64), Window(150, 100, 150, 100)]))
        assert caught.value.code == "unreadable" and caught.value.remedy
        for window in (Window(0, 0, 192, 128), Window(256, 128, 100, 64)):
            rows, columns = window.within(source.grid.window)
            assert np.array_equal(source.read(window)[0], IMAGE_CHW[:, rows, columns])


def test_a_lossy_image_is_read_as_its_decoder_gives_it(make_raster, osgeo):
    path = make_raster(IMAGE_CHW // 16 * 4, options=["TILED=YES", "COMPRESS=JPEG", "PHOTOMETRIC=YCBCR"])
    assert same_by_windows(path, osgeo.gdal.Open(path).ReadAsArray(), np.ones_like(HOLES_HW))


def test_reopened_files_are_the_same_and_independent(make_raster):
    with RasterFile.open(make_raster(IMAGE_CHW, nodata=30)) as source:
        again = source.reopen()
        assert again.grid == source.grid and again.band_names == source.band_names
        again.close()
        assert np.array_equal(source.read(source.grid.window)[1], (IMAGE_CHW != 30).all(0))
