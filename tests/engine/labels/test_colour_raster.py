"""Label images whose colours are the classes, and label rasters that go with images by their names."""

import dataclasses

import numpy as np
import pytest
from labelled import rasterized, refused

from engine.jobs.train.references import match_references
from engine.protocol import EngineError, Log
from engine.raster import ArraySource, Grid

pytestmark = pytest.mark.usefixtures("no_leftovers")
ISPRS = {
    "impervious surfaces": (255, 255, 255),
    "building": (0, 0, 255),
    "tree": (0, 255, 0),
    "car": (255, 255, 0),
}


def image_of(*colours):
    """40 × 60 px in stripes of these colours, equally wide."""
    stripe = 60 // len(colours)
    return np.repeat(np.array(colours, np.uint8), stripe, axis=0).T[:, None].repeat(40, axis=1)


def test_the_benchmarks_colours_get_its_classes(make_raster, utm_grid):
    told = []
    codes_HW, classes = rasterized(make_raster(image_of(*ISPRS.values()), grid=utm_grid), utm_grid, told)
    assert {c.name: c.color for c in classes} == ISPRS
    assert [c.value for c in classes] == [1, 2, 4, 5] and codes_HW[0].tolist() == np.repeat(
        [1, 2, 4, 5], 15
    ).tolist()
    assert any("ISPRS" in event.text for event in told if isinstance(event, Log))


def test_other_colours_are_named_by_themselves_and_black_beside_them_is_unknown(make_raster, utm_grid):
    path = make_raster(image_of((200, 0, 0), (0, 0, 0), (0, 90, 200)), grid=utm_grid)
    codes_HW, classes = rasterized(path, utm_grid)
    assert [(c.name, c.color) for c in classes] == [("#005ac8", (0, 90, 200)), ("#c80000", (200, 0, 0))]
    assert codes_HW[0].tolist() == np.repeat([2, -1, 1], 20).tolist()


def test_a_mask_in_black_and_white_has_two_classes(make_raster, utm_grid):
    codes_HW, classes = rasterized(make_raster(image_of((0, 0, 0), (255, 255, 255)), grid=utm_grid), utm_grid)
    assert len(classes) == 2 and sorted(set(codes_HW.ravel().tolist())) == [1, 2]


def test_a_mask_of_0_and_255_keeps_its_codes(make_raster, utm_grid):
    mask_HW = np.zeros((40, 60), np.uint8)
    mask_HW[10:20, 5:40] = 255
    codes_HW, classes = rasterized(make_raster(mask_HW, grid=utm_grid), utm_grid)
    assert [c.value for c in classes] == [0, 255] and (codes_HW == mask_HW).all()


def test_colours_on_another_grid_are_those_of_the_nearest_pixels(make_raster, utm_grid, wkt):
    finer = Grid(
        120, 80, (*utm_grid.transform[:1], 1.0, 0.0, utm_grid.transform[3], 0.0, -1.0), utm_grid.crs_wkt
    )
    image_CHW = image_of(*ISPRS.values()).repeat(2, axis=1).repeat(2, axis=2)
    codes_HW, _ = rasterized(make_raster(image_CHW, grid=finer), utm_grid)
    assert codes_HW[0].tolist() == np.repeat([1, 2, 4, 5], 15).tolist()


def test_a_photograph_is_no_label_image(make_raster, utm_grid):
    noise = np.random.default_rng(0).integers(0, 255, (3, 40, 60), np.uint8)
    error = refused(make_raster(noise, grid=utm_grid), utm_grid)
    assert error.code == "not_classes" and "picture" in error.message


def named(*names):
    """Images without coordinates of these names."""
    return [ArraySource(np.zeros((3, 8, 8), np.uint8), name=f"/images/{name}.tif") for name in names]


@pytest.mark.parametrize(
    ("images", "references"),
    [
        (["area1", "area11", "area2"], ["/labels/area2.tif", "/labels/area11.tif", "/labels/area1.tif"]),
        (
            ["top_2_10_RGB", "top_2_11_RGB", "top_2_1_RGB"],
            ["/l/top_2_1_label.tif", "/l/top_2_10_label.tif", "/l/top_2_11_label.tif"],
        ),
        (["austin1", "austin10"], ["/gt/austin1_mask.tif", "/gt/austin10_mask.tif"]),
    ],
)
def test_label_rasters_without_coordinates_go_with_images_of_their_names(images, references):
    told = []
    pairs = match_references(named(*images), references, told.append)
    stems = [
        own[0].rsplit("/", 1)[1].removesuffix(".tif").replace("_label", "_RGB").replace("_mask", "")
        for own in pairs
    ]
    assert stems == images and all(len(own) == 1 for own in pairs) and len(told) == len(images)


def test_an_image_without_a_label_of_its_name_is_named():
    with pytest.raises(EngineError, match=r"area2\.tif"):
        match_references(named("area1", "area2"), ["/l/area1.tif"], print)


def test_images_with_coordinates_are_matched_by_these(utm_grid):
    placed = [dataclasses.replace(utm_grid), utm_grid]
    sources = [ArraySource(np.zeros((3, 40, 60), np.uint8), grid=grid) for grid in placed]
    assert match_references(sources, ["a.tif", "b.tif"], print) == [("a.tif", "b.tif")] * 2
