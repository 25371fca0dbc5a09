"""Cores: every pixel once, between the map's blocks, within the budget, and never much dearer than need
be.
"""

import numpy as np
import pytest

from engine.classification.tiling import BLOCK_PX, halve_tile, plan_tiles
from engine.core.windows import Window

AREAS = [
    Window(0, 0, 1, 1),
    Window(0, 0, 100_000, 1),
    Window(0, 0, 3000, 2000),
    Window(300, 77, 1111, 2222),
    Window(255, 256, 258, 1),
]


def covered_once(found, area):
    met_HW = np.zeros((area.height, area.width), np.uint8)
    for tile in found:
        met_HW[tile.within(area)] += 1
    return (met_HW == 1).all()


def read_px(found, halo_px):
    return sum(tile.grow(halo_px).pixels for tile in found)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(("halo_px", "multiple_px"), [(0, 1), (32, 4), (112, 16), (512, 32), (40, 48)])
@pytest.mark.parametrize(("max_tile_px", "tile_px"), [(1, 0), (700_000, 0), (10**9, 0), (700_000, 100)])
def test_every_pixel_once_row_by_row_and_between_blocks(area, halo_px, multiple_px, max_tile_px, tile_px):
    found = plan_tiles(area, halo_px, multiple_px, max_tile_px, tile_px)
    assert covered_once(found, area)
    assert found == sorted(found, key=lambda tile: (tile.y, tile.x))
    for tile in found:
        for border, start, stop in ((tile.x, area.x, area.right), (tile.y, area.y, area.bottom)):
            inner = start < border < stop
            assert not inner or (
                border % multiple_px == 0 and (tile_px or max_tile_px == 1 or border % BLOCK_PX == 0)
            )


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("halo_px", [0, 35, 112])
def test_windows_stay_within_the_budget(area, halo_px):
    for max_tile_px in (600**2, 1000**2, 3000**2):
        assert (
            max(tile.grow(halo_px).pixels for tile in plan_tiles(area, halo_px, 16, max_tile_px))
            <= max_tile_px
        )


def test_a_budget_below_a_block_gives_single_blocks():
    assert {(tile.width, tile.height) for tile in plan_tiles(Window(0, 0, 1024, 512), 300, 32, 5)} == {
        (BLOCK_PX, BLOCK_PX)
    }


def test_a_budget_far_below_a_block_divides_it_where_the_halo_is_small():
    found = plan_tiles(Window(0, 0, 1000, 700), 5, 1, 80**2)
    assert covered_once(found, Window(0, 0, 1000, 700)) and {tile.width for tile in found} == {64, 1000 % 64}


def test_a_small_raster_is_one_window():
    area = Window(0, 0, 1234, 987)
    assert plan_tiles(area, 112, 16, area.grow(112).pixels) == [area]


def test_a_narrow_raster_gets_long_windows():
    found = plan_tiles(Window(0, 0, 500, 50_000), 100, 4, 1000**2)
    assert {tile.width for tile in found} == {500} and max(tile.height for tile in found) > 1000


def test_no_rectangles_of_one_size_read_less():
    """Against all sides there are, tried one by one and not evenly spread."""
    area, halo_px, max_tile_px = Window(0, 0, 5000, 3300), 112, 1500**2
    tried = [
        read_px(plan_tiles(area, halo_px, 1, 0, tile_px=side), halo_px)
        for side in range(BLOCK_PX, 1500 - 2 * halo_px, BLOCK_PX)
    ]
    rectangles = []
    for width in range(BLOCK_PX, area.width + BLOCK_PX, BLOCK_PX):
        height = (max_tile_px // (width + 2 * halo_px) - 2 * halo_px) // BLOCK_PX * BLOCK_PX
        if height > 0:
            columns, rows = -(-area.width // width), -(-area.height // height)
            rectangles.append((area.width + 2 * halo_px * columns) * (area.height + 2 * halo_px * rows))
    assert read_px(plan_tiles(area, halo_px, 16, max_tile_px), halo_px) <= min(*tried, *rectangles)


def test_no_sliver_at_the_end():
    for width in range(3000, 6000, 100):
        found = plan_tiles(Window(0, 0, width, 300), 56, 8, 1200**2)
        widths = [tile.width for tile in found]
        assert max(widths) - min(widths) < 2 * BLOCK_PX


def test_tiles_asked_for_are_squares_that_the_network_accepts():
    sides = {
        (tile.width, tile.height) for tile in plan_tiles(Window(0, 0, 1120, 1120), 64, 16, 10**9, tile_px=100)
    }
    assert sides == {(112, 112)}


@pytest.mark.parametrize(
    ("tile", "multiple_px"),
    [
        (Window(256, 512, 1024, 768), 16),
        (Window(0, 0, 256, 256), 32),
        (Window(3, 5, 100, 77), 4),
        (Window(0, 0, 7, 2), 1),
    ],
)
def test_halves_cover_the_tile_and_meet_where_windows_may(tile, multiple_px):
    both = halve_tile(tile, multiple_px)
    assert len(both) == 2 and covered_once(both, tile)
    cut = both[1].x if both[1].x != tile.x else both[1].y
    assert cut % multiple_px == 0 and (cut % BLOCK_PX == 0 or max(tile.width, tile.height) <= BLOCK_PX)


def test_halving_ends():
    parts, rounds = [Window(0, 0, 2048, 1024)], 0
    while parts:
        parts, rounds = halve_tile(parts[-1], 16), rounds + 1
    assert rounds == 7 + 6 + 1
    assert halve_tile(Window(0, 0, 16, 16), 16) == halve_tile(Window(5, 5, 1, 1), 1) == []
