"""The part of an image that is asked for, by an extent and by polygons."""

import numpy as np
import pytest
from labelled import X0, Y0, box

from engine.labels import Region
from engine.labels.region import extent_window
from engine.protocol import EngineError, Progress
from engine.raster import Grid
from engine.windows import Window, cover


def silent(event):
    assert isinstance(event, Progress), event


def inside(grid, area="", extent=""):
    with Region.open(grid, area, extent, silent) as region:
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


@pytest.mark.parametrize(
    ("transform", "wanted"),
    [
        ((0, 2, 0, 0, 0, 2), Window(5, 10, 10, 5)),  # south-up
        ((0, 0, 2, 0, 2, 0), Window(10, 5, 5, 10)),  # transposed
        ((-20, 1.6, -1.2, -20, 1.2, 1.6), Window(24, 1, 11, 10)),  # turned: corners at (24, 7), (32, 1), (27, 11), (35, 5)
    ],
)
def test_extents_on_grids_of_any_orientation(transform, wanted):
    assert extent_window(Grid(60, 40, transform, ""), (10, 20, 30, 30)) == wanted


def test_an_extent_beyond_the_image_is_cut_off(utm_grid):
    window, _ = inside(utm_grid, extent=f"{X0 - 500},{Y0 - 20},{X0 + 6},{Y0 + 100}")
    assert window == Window(0, 0, 3, 10)


@pytest.mark.parametrize("extent", ["1,2,3", "1,2,3,x", "3,0,1,9", "0,0,nan,9", "0,0,inf,9"])
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
        [("POLYGON ((84.97 27.648, 84.97327 27.648, 84.97327 27.65, 84.97 27.65, 84.97 27.648))", 1)], "area.gpkg", crs=4326
    )
    window, inside_HW = inside(utm_grid, area, f"{X0},{Y0 - 10},{X0 + 120},{Y0}")
    assert window.y == 0 and window.height == 5 and 20 < window.right < 40
    assert inside_HW[:5, :20].all() and not inside_HW[5:].any() and not inside_HW[:, 40:].any()


def test_no_pixel_depends_on_the_window(utm_grid, make_vector):
    area = make_vector([("POLYGON ((300000 3059930, 300100 3059990, 300080 3059925, 300000 3059930))", 1)], "area.gpkg")
    with Region.open(utm_grid, area, "", silent) as region:
        whole_HW = region.inside(utm_grid.window)
        for window in cover(60, 40, 17):
            assert np.array_equal(region.inside(window), whole_HW[window.within(utm_grid.window)])
        assert not region.inside(Window(-30, -30, 20, 20)).any()
        grown_HW = region.inside(utm_grid.window.grow(3))
    assert whole_HW.any() and grown_HW.sum() == whole_HW.sum()


def test_polygons_elsewhere_are_said(utm_grid, make_vector):
    assert refused(utm_grid, make_vector([(box(100, 5, 10, 10), 1)], "area.gpkg")).code == "no_overlap"


def test_polygons_and_an_extent_apart_are_said(utm_grid, make_vector):
    error = refused(utm_grid, make_vector([(box(0, 0, 10, 10), 1)], "area.gpkg"), f"{X0 + 60},{Y0 - 80},{X0 + 120},{Y0 - 60}")
    assert error.code == "no_overlap" and "area.gpkg" in error.message


def test_polygons_around_but_not_on_the_image_are_said(utm_grid, make_vector):
    # Two patches left and right of the image: together they surround it, but none lies on it.
    area = make_vector([(box(-20, 0, 10, 10), 1), (box(70, 0, 10, 10), 1)], "area.gpkg")
    assert refused(utm_grid, area).code == "no_overlap"


@pytest.mark.usefixtures("no_leftovers")
def test_nothing_temporary_stays(utm_grid, make_vector):
    inside(utm_grid, make_vector([(box(4, 5, 10, 12), 1)], "area.gpkg"))
    refused(utm_grid, make_vector([(box(-20, 0, 10, 10), 1), (box(70, 0, 10, 10), 1)], "far.gpkg"))
