"""The part of an image that is asked for, by an extent and by polygons."""

import numpy as np
import pytest
from labelled import X0, Y0, box

from engine.core.windows import Window, cover
from engine.labels import AreaOfInterest
from engine.protocol import EngineError, Progress
from engine.raster import Grid
from engine.raster.gdal import spatial_reference, transformation


def silent(event):
    assert isinstance(event, Progress), event


def inside(grid, area="", extent=""):
    with AreaOfInterest.open(grid, area, extent, silent) as region:
        return region.window, region.inside(grid.window)


def refused(grid, area="", extent=""):
    with pytest.raises(EngineError) as caught:
        inside(grid, area, extent)
    assert caught.value.remedy
    return caught.value


def test_without_limits_all_is_inside(utm_grid):
    window, inside_HW = inside(utm_grid)
    assert window == utm_grid.window and inside_HW.all()


def test_an_extent_grows_to_whole_pixels(utm_grid):
    window, inside_HW = inside(utm_grid, extent=f"{X0 + 10.1},{Y0 - 40},{X0 + 20},{Y0 - 20.0000001}")
    assert window == Window(5, 10, 5, 10)
    assert inside_HW.sum() == 50 and inside_HW[10:20, 5:10].all()


def centres(grid):
    """Map coordinates of all pixels' centres, as two arrays HW."""
    rows, columns = np.mgrid[: grid.height, : grid.width] + 0.5
    return grid.to_map(columns, rows)


@pytest.mark.parametrize(
    ("transform", "wanted"),
    [
        ((0, 2, 0, 0, 0, 2), Window(5, 10, 10, 5)),  # south-up
        ((0, 0, 2, 0, 2, 0), Window(10, 5, 5, 10)),  # transposed
        (
            (-20, 1.6, -1.2, -20, 1.2, 1.6),
            Window(24, 1, 11, 10),
        ),  # turned: corners at (24, 7), (32, 1), (27, 11), (35, 5)
    ],
)
def test_extents_on_grids_of_any_orientation(transform, wanted):
    """Pixels whose centre lies outside are outside, also where the grid is turned against the extent."""
    grid = Grid(60, 40, transform, "")
    window, inside_HW = inside(grid, extent="10,20,30,30")
    xs_HW, ys_HW = centres(grid)
    assert window == wanted
    assert np.array_equal(inside_HW, (abs(xs_HW - 20) < 10) & (abs(ys_HW - 25) < 5)) and inside_HW.any()


def test_pixels_that_an_extent_covers_by_less_than_half_are_outside(utm_grid):
    window, inside_HW = inside(utm_grid, extent=f"{X0 + 11.1},{Y0 - 40.9},{X0 + 20.9},{Y0 - 20.9}")
    assert window == Window(6, 10, 4, 10) and inside_HW.sum() == 40


@pytest.mark.parametrize("named", ["EPSG:4326", "wkt"])
def test_an_extent_in_another_crs_is_a_rectangle_there(named, wkt):
    """Not the box around it here, which would hold more."""
    grid = Grid(
        300, 200, (300000.0, 100.0, 0.0, 8000000.0, 0.0, -100.0), wkt(32645)
    )  # 72° N: meridians lean by 6°
    to_degrees = transformation(spatial_reference(wkt(32645)), spatial_reference(wkt(4326)))
    lon_lat = np.array(
        to_degrees.TransformPoints(np.stack(centres(grid), -1).reshape(-1, 2).tolist())
    ).reshape(200, 300, 3)
    west, south, east, north = 81.3, 71.95, 81.6, 72.02
    expected_HW = (
        (lon_lat[..., 0] > west)
        & (lon_lat[..., 0] < east)
        & (lon_lat[..., 1] > south)
        & (lon_lat[..., 1] < north)
    )
    window, inside_HW = inside(
        grid, extent=f"{west},{south},{east},{north} [{named if named != 'wkt' else wkt(4326)}]"
    )
    assert np.array_equal(inside_HW, expected_HW) and 1000 < expected_HW.sum() < 0.9 * window.pixels
    rows, columns = np.nonzero(expected_HW)
    assert window == Window(columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1)


def test_an_extent_of_the_whole_world_is_the_whole_image(utm_grid):
    for text in (
        "-180,-90,180,90 [EPSG:4326]",
        "-20037508,-20037508,20037508,20037508 [EPSG:3857]",
        "-9e9,-9e9,9e9,9e9",
    ):
        window, inside_HW = inside(utm_grid, extent=text)
        assert window == utm_grid.window and inside_HW.all()


def test_an_extent_of_the_image_in_its_own_crs_by_name_is_no_other(utm_grid):
    text = f"{X0 + 10},{Y0 - 40},{X0 + 20},{Y0 - 20}"
    for one, other in zip(inside(utm_grid, extent=text), inside(utm_grid, extent=f"{text} [EPSG:32645]")):
        assert np.array_equal(one, other)


def test_an_extent_whose_crs_does_not_help_is_refused(utm_grid):
    assert "EPSG:99999999" in refused(utm_grid, extent="1,2,3,4 [EPSG:99999999]").message
    assert refused(utm_grid, extent="1,2,3,4 [EPSG:4326]").code == "no_overlap"
    nowhere = Grid(60, 40, utm_grid.transform, "")
    assert refused(nowhere, extent="1,2,3,4 [EPSG:4326]").code == "no_crs"


def test_an_extent_between_two_centres_is_said(utm_grid):
    error = refused(utm_grid, extent=f"{X0 + 11.2},{Y0 - 40},{X0 + 12.8},{Y0 - 20}")
    assert error.code == "no_overlap" and "centre" in error.message


def test_an_extent_beyond_the_image_is_cut_off(utm_grid):
    window, _ = inside(utm_grid, extent=f"{X0 - 500},{Y0 - 20},{X0 + 6},{Y0 + 100}")
    assert window == Window(0, 0, 3, 10)


@pytest.mark.parametrize(
    "extent", ["1,2,3", "1,2,3,x", "3,0,1,9", "0,0,nan,9", "0,0,inf,9", "[EPSG:4326]", "1,2,3,4 EPSG:4326"]
)
def test_what_is_no_extent_is_quoted(extent, utm_grid):
    assert repr(extent) in refused(utm_grid, extent=extent).message


def test_an_extent_elsewhere_is_said(utm_grid):
    for extent in (f"{X0 + 120},{Y0 - 9},{X0 + 130},{Y0}", "0,0,10,10"):
        error = refused(utm_grid, extent=extent)
        assert error.code == "no_overlap" and "300000" in error.message


def test_polygons_limit_by_pixel_centres(utm_grid, make_vector):
    area = make_vector([(box(4, 5, 10, 12), 1), (box(30.6, 20, 5, 5), None)], "area.gpkg")
    window, inside_HW = inside(utm_grid, area)
    expected_HW = np.zeros((40, 60), bool)
    expected_HW[5:17, 4:14] = expected_HW[20:25, 31:36] = True
    assert np.array_equal(inside_HW, expected_HW) and window == Window(4, 5, 32, 20)


def test_polygons_of_another_crs_and_an_extent_together(utm_grid, make_vector):
    # The west half of the image, and more, in degrees.
    area = make_vector(
        [("POLYGON ((84.97 27.648, 84.97327 27.648, 84.97327 27.65, 84.97 27.65, 84.97 27.648))", 1)],
        "area.gpkg",
        crs=4326,
    )
    window, inside_HW = inside(utm_grid, area, f"{X0},{Y0 - 10},{X0 + 120},{Y0}")
    assert window.y == 0 and window.height == 5 and 20 < window.right < 40
    assert inside_HW[:5, :20].all() and not inside_HW[5:].any() and not inside_HW[:, 40:].any()


@pytest.mark.parametrize("extent", ["", "84.9732,27.6485,84.9737,27.6490 [EPSG:4326]"])
def test_no_pixel_depends_on_the_window(extent, utm_grid, make_vector):
    area = make_vector(
        [("POLYGON ((300000 3059930, 300100 3059990, 300080 3059925, 300000 3059930))", 1)], "area.gpkg"
    )
    with AreaOfInterest.open(utm_grid, area, extent, silent) as region:
        whole_HW = region.inside(utm_grid.window)
        for window in cover(60, 40, 17):
            assert np.array_equal(region.inside(window), whole_HW[window.within(utm_grid.window)])
        assert not region.inside(Window(-30, -30, 20, 20)).any()
        grown_HW = region.inside(utm_grid.window.grow(3))
    assert whole_HW.any() and grown_HW.sum() == whole_HW.sum()


def test_polygons_elsewhere_are_said(utm_grid, make_vector):
    assert refused(utm_grid, make_vector([(box(100, 5, 10, 10), 1)], "area.gpkg")).code == "no_overlap"


def test_polygons_and_an_extent_apart_are_said(utm_grid, make_vector):
    error = refused(
        utm_grid,
        make_vector([(box(0, 0, 10, 10), 1)], "area.gpkg"),
        f"{X0 + 60},{Y0 - 80},{X0 + 120},{Y0 - 60}",
    )
    assert error.code == "no_overlap" and "area.gpkg" in error.message


def test_polygons_around_but_not_on_the_image_are_said(utm_grid, make_vector):
    # Two patches left and right of the image: together they surround it, but none lies on it.
    area = make_vector([(box(-20, 0, 10, 10), 1), (box(70, 0, 10, 10), 1)], "area.gpkg")
    assert refused(utm_grid, area).code == "no_overlap"


@pytest.mark.usefixtures("no_leftovers")
def test_nothing_temporary_stays(utm_grid, make_vector):
    inside(utm_grid, make_vector([(box(4, 5, 10, 12), 1)], "area.gpkg"))
    refused(utm_grid, make_vector([(box(-20, 0, 10, 10), 1), (box(70, 0, 10, 10), 1)], "far.gpkg"))
