"""An image with further rasters as bands: each on the image's grid, whatever its own, and the same by any
window.
"""

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.core.windows import Window, cover
from engine.protocol import EngineError, Log
from engine.raster import Grid, RasterFile, open_stack
from engine.raster.gdal import spatial_reference, transformation

X0, Y0 = 300000.0, 3060000.0


def silent(event):
    raise AssertionError(event)


def grid_of(wkt, size=(60, 40), pixel_m=2.0, corner=(X0, Y0), code=32645, turn=0.0):
    step = pixel_m * math.cos(turn), pixel_m * math.sin(turn)
    return Grid(*size, (corner[0], step[0], step[1], corner[1], step[1], -step[0]), wkt(code))


def positions(grid, crs_wkt=""):
    """Map coordinates of the pixels' centres, in the grid's own or another CRS."""
    rows, columns = np.mgrid[: grid.height, : grid.width] + 0.5
    x, y = grid.to_map(columns, rows)
    if crs_wkt:
        change = transformation(spatial_reference(grid.crs_wkt), spatial_reference(crs_wkt))
        points = np.array(change.TransformPoints(np.stack([x.ravel(), y.ravel()], 1).tolist()))
        x, y = points[:, 0].reshape(x.shape), points[:, 1].reshape(y.shape)
    return x, y


def slope(x, y):
    """A plane: any sound interpolation and any mean gives it back at the centre of a pixel."""
    return (0.3 * (x - X0) + 0.7 * (y - Y0)).astype(np.float32)


@pytest.fixture
def image(make_raster, utm_grid):
    return make_raster(np.random.default_rng(0).integers(1, 200, (3, 40, 60), dtype=np.uint8), grid=utm_grid)


@pytest.fixture
def warped(make_raster, image):
    """What a stack of the image and of one more raster reads over the whole image: the raster's bands and
    validity.
    """

    def read(values, grid, emit=silent, **how):
        with open_stack(image, [make_raster(values, "extra.tif", grid, **how)], emit) as stack:
            image_CHW, valid_HW = stack.read(stack.grid.window)
            return image_CHW[3:], valid_HW

    return read


def test_without_further_rasters_it_is_the_image(image):
    with open_stack(image, [], silent) as source:
        assert isinstance(source, RasterFile) and source.bands == 3


def test_a_raster_on_the_same_grid_is_taken_as_it_is(image, make_raster, utm_grid):
    heights_HW = np.random.default_rng(1).integers(0, 3000, (40, 60)).astype(np.int16)
    with open_stack(image, [make_raster(heights_HW, "heights.tif", utm_grid)], silent) as stack:
        image_CHW, valid_HW = stack.read(stack.grid.window)
        assert stack.dtype == "int16" and stack.bands == 4 and stack.name == image
        assert stack.band_names == ("Red", "Green", "Blue", "heights: Band 1")
    with RasterFile.open(image) as alone:
        assert np.array_equal(image_CHW, np.concatenate([alone.read(alone.grid.window)[0], heights_HW[None]]))
    assert valid_HW.all()


def turned(wkt, pixel_m, turn):
    """400 m of ground around the image's centre, turned against the image by ``turn``."""
    side = int(400 / pixel_m)
    x, y = grid_of(wkt, (side, side), pixel_m, (0, 0), turn=turn).to_map(side / 2, side / 2)
    return grid_of(wkt, (side, side), pixel_m, (X0 + 60 - x, Y0 - 40 - y), turn=turn)


@pytest.mark.parametrize("turn", [0.0, 0.5, math.pi / 4, math.pi / 2, 2.5])
@pytest.mark.parametrize("pixel_m", [0.3, 1.9, 2.0, 7.0])
def test_values_lie_where_they_are_on_the_ground(pixel_m, turn, warped, wkt, utm_grid):
    other = turned(wkt, pixel_m, turn)
    extra_CHW, valid_HW = warped(slope(*positions(other)), other)
    assert valid_HW.all() and extra_CHW.dtype == np.float32
    assert np.abs(extra_CHW[0] - slope(*positions(utm_grid))).max() < 0.1 * pixel_m


def test_a_raster_in_degrees_lies_where_it_is_on_the_ground(warped, wkt, utm_grid):
    degrees = Grid(30, 30, (84.972, 1e-4, 0, 27.6504, 0, -1e-4), wkt(4326))
    x, y = positions(degrees)
    extra_CHW, valid_HW = warped((1e5 * (x - 84.9) + 1e5 * (y - 27.6)).astype(np.float64), degrees)
    x, y = positions(utm_grid, wkt(4326))
    assert valid_HW.all() and extra_CHW.dtype == np.float64
    assert (
        np.abs(extra_CHW[0] - (1e5 * (x - 84.9) + 1e5 * (y - 27.6))).max() < 0.1
    )  # of 10 from pixel to pixel


@pytest.mark.parametrize("turn", [0.0, math.pi / 4, math.pi / 2])
def test_finer_pixels_are_averaged(turn, warped, wkt):
    fine = turned(wkt, 0.25, turn)
    noise_HW = np.random.default_rng(0).normal(0, 8, (fine.height, fine.width)).astype(np.float32)
    extra_CHW, _ = warped(noise_HW, fine)
    # Means of 64 values deviate by an eighth of what one does; a triangle twice as wide holds more of them.
    assert 0.5 < extra_CHW[0].std() < 1.1


def test_no_value_depends_on_the_window(make_raster, wkt):
    grid = grid_of(wkt, (700, 600))
    image = make_raster(np.zeros((1, 600, 700), np.uint8), grid=grid)
    other = Grid(60, 60, (84.97, 3e-4, 1e-6, 27.655, 2e-6, -3e-4), wkt(4326))
    extra = make_raster(
        np.random.default_rng(0).normal(0, 9, (2, 60, 60)).astype(np.float32), "extra.tif", other
    )
    with open_stack(image, [extra], lambda event: None) as stack:
        whole_CHW, whole_HW = stack.read(grid.window)
        assert whole_HW.any() and np.ptp(whole_CHW[1]) > 10
        with stack.reopen() as again:
            for window in (*cover(700, 600, 190), Window(255, 255, 2, 2), Window(699, 599, 1, 1)):
                for source in (stack, again):
                    image_CHW, valid_HW = source.read(window)
                    rows, columns = window.within(grid.window)
                    assert np.array_equal(image_CHW, whole_CHW[:, rows, columns])
                    assert np.array_equal(valid_HW, whole_HW[rows, columns])


def test_beyond_the_image_all_bands_are_mirrored(image, make_raster, wkt):
    other = grid_of(wkt, (50, 50), 7.0, (X0 - 50, Y0 + 50))
    with open_stack(image, [make_raster(slope(*positions(other)), "extra.tif", other)], silent) as stack:
        inner_CHW, _ = stack.read(stack.grid.window)
        outer_CHW, valid_HW = stack.read(stack.grid.window.grow(5))
        assert (
            np.array_equal(outer_CHW, np.pad(inner_CHW, ((0, 0), (5, 5), (5, 5)), mode="reflect"))
            and valid_HW.all()
        )


@pytest.mark.parametrize("pixel_m", [0.5, 2.0, 7.0])
@pytest.mark.parametrize("hole", ["nodata", "nan", "mask"])
def test_what_an_extra_lacks_is_without_data_and_taints_nothing(hole, pixel_m, warped, wkt, osgeo):
    side = int(300 / pixel_m)
    other = grid_of(wkt, (side, side), pixel_m, (X0 - 99.5, Y0 + 99.5))
    x, y = positions(other)
    hole_HW = (abs(x - X0 - 60) < 20) & (abs(y - Y0 + 40) < 20)
    values_CHW = np.stack([np.full((side, side), 5, np.float32)] * 2)
    values_CHW[1, hole_HW] = {"nodata": -9999, "nan": np.nan, "mask": 1e6}[hole]

    def mask(dataset):
        if hole == "mask":
            dataset.CreateMaskBand(osgeo.gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray((~hole_HW).astype(np.uint8) * 255)

    extra_CHW, valid_HW = warped(values_CHW, other, nodata=-9999 if hole == "nodata" else None, change=mask)
    assert np.allclose(extra_CHW[:, valid_HW], 5, atol=1e-5) and (extra_CHW[:, ~valid_HW] == 0).all()
    assert not valid_HW[15:25, 25:35].any() and abs((~valid_HW).sum() - 400) < 400


def test_an_alpha_band_of_an_extra_is_its_mask_wherever_it_stands(warped, make_raster, wkt, osgeo):
    other = grid_of(wkt, (100, 100), 3.0, (X0 - 99.5, Y0 + 99.5))
    values_CHW = np.full((3, 100, 100), 9, np.uint8)
    values_CHW[1], values_CHW[1, :, 45:55] = 255, 0

    def alpha(dataset):
        dataset.GetRasterBand(2).SetColorInterpretation(osgeo.gdal.GCI_AlphaBand)

    extra_CHW, valid_HW = warped(values_CHW, other, change=alpha)
    assert len(extra_CHW) == 2 and (extra_CHW[:, valid_HW] == 9).all()
    assert valid_HW[:, :10].all() and not valid_HW[:, 20:30].any()


def test_an_extra_that_covers_a_part_is_warned_of(warped, wkt):
    events = []
    other = grid_of(wkt, (100, 100), 7.0, (X0 + 60, Y0 + 50))
    _, valid_HW = warped(np.ones((100, 100), np.uint8), other, events.append)
    assert [type(event) for event in events] == [Log] and events[0].warning and "extra.tif" in events[0].text
    assert valid_HW[:, 31:].all() and not valid_HW[:, :29].any()


def test_windows_beyond_an_extra_are_empty(image, make_raster, wkt):
    other = grid_of(wkt, (100, 100), 7.0, (X0 + 60, Y0 + 50))
    with open_stack(
        image, [make_raster(np.ones((100, 100), np.uint8), "extra.tif", other)], lambda event: None
    ) as stack:
        assert stack.is_empty(Window(0, 0, 20, 40)) and not stack.is_empty(Window(20, 0, 20, 40))
        assert not stack.read(Window(0, 0, 20, 40))[1].any()


def refused(image, extra):
    with pytest.raises(EngineError) as caught, open_stack(image, [extra], silent) as stack:
        stack.read(stack.grid.window)
    assert caught.value.remedy
    return caught.value


def test_an_extra_elsewhere_is_refused(image, make_raster, wkt):
    error = refused(
        image, make_raster(np.ones((9, 9)), "extra.tif", grid_of(wkt, (9, 9), 1, (X0 + 5000, Y0)))
    )
    assert error.code == "no_overlap" and "305000" in error.message


def test_an_extra_in_a_projection_that_does_not_reach_the_image_is_refused(make_raster, wkt):
    world = make_raster(np.ones((18, 36), np.uint8), grid=Grid(36, 18, (-180, 10, 0, 90, 0, -10), wkt(4326)))
    error = refused(world, make_raster(np.ones((9, 9)), "extra.tif", grid_of(wkt, (9, 9), 1)))
    assert error.code == "no_overlap" and "extra.tif" in error.message


def test_without_a_crs_only_a_raster_of_the_same_size_fits(image, make_raster):
    assert refused(image, make_raster(np.ones((9, 9)), "extra.tif")).code == "no_crs"
    events = []
    with open_stack(image, [make_raster(np.ones((40, 60), np.uint8), "extra.tif")], events.append) as stack:
        assert (stack.read(stack.grid.window)[0][3] == 1).all()
    assert "pixel by pixel" in events[0].text


def test_a_damaged_extra_is_named(image, make_raster, wkt, tmp_path):
    noise = np.random.default_rng(0).integers(0, 9999, (200, 200)).astype(np.uint16)
    extra = make_raster(noise, "extra.tif", grid_of(wkt, (200, 200), 1.5), options=["COMPRESS=DEFLATE"])
    content = (tmp_path / "extra.tif").read_bytes()
    (tmp_path / "extra.tif").write_bytes(content[: len(content) * 1 // 3])
    error = refused(image, extra)
    assert error.code == "unreadable" and "extra.tif" in error.message


def test_threads_read_at_once_each_by_its_own(make_raster, wkt):
    grid = grid_of(wkt, (900, 900))
    image = make_raster(np.random.default_rng(0).integers(0, 255, (3, 900, 900), dtype=np.uint8), grid=grid)
    other = Grid(60, 60, (84.96, 4e-4, 0, 27.657, 0, -4e-4), wkt(4326))
    extra = make_raster(
        np.random.default_rng(0).normal(0, 9, (60, 60)).astype(np.float32), "extra.tif", other
    )
    windows = list(cover(900, 900, 150))
    with open_stack(image, [extra], lambda event: None) as stack, stack.reopen() as again:
        expected = [stack.read(window)[0] for window in windows]
        with ThreadPoolExecutor(2) as threads:
            halves = list(
                threads.map(
                    lambda source: [source.read(window)[0] for window in windows], (stack.reopen(), again)
                )
            )
    assert all(np.array_equal(a, b) for half in halves for a, b in zip(half, expected))


def test_elevation_on_landsat(shared_data, osgeo):
    folder = shared_data / "zion"
    with open_stack(
        str(folder / "landsat8_b2345.tif"), [str(folder / "srtm.tif")], lambda event: None
    ) as stack:
        image_CHW, valid_HW = stack.read(stack.grid.window)
        assert stack.dtype == "float32" and stack.band_names[4].startswith("srtm")
        part = Window(400, 700, 300, 200)
        assert np.array_equal(stack.read(part)[0], image_CHW[(..., *part.within(stack.grid.window))])
    heights = image_CHW[4][valid_HW]
    assert valid_HW.mean() > 0.5 and 900 < heights.min() < 1500 < heights.mean() < heights.max() < 3500
    # Gentle hills: from a pixel to the next, 30 m on, heights change by metres, and never by steps of 90 m
    # pixels.
    assert np.abs(np.diff(image_CHW[4], axis=1))[valid_HW[:, 1:] & valid_HW[:, :-1]].mean() < 15
