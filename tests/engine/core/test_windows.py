"""Windows: arithmetic, and covering every pixel exactly once."""

import numpy as np
import pytest

from engine.core.windows import Window, cover, round_up


@pytest.mark.parametrize(
    ("width", "height", "tile_px"), [(1, 1, 1), (7, 5, 3), (10, 10, 10), (10, 4, 64), (9, 1, 4)]
)
def test_cover_meets_every_pixel_once(width, height, tile_px):
    met_HW = np.zeros((height, width), int)
    for window in cover(width, height, tile_px):
        met_HW[window.within(Window(0, 0, width, height))] += 1
        assert 0 < window.width <= tile_px and 0 < window.height <= tile_px
    assert (met_HW == 1).all()


def test_cover_goes_row_by_row():
    assert [(w.x, w.y) for w in cover(4, 3, 2)] == [(0, 0), (2, 0), (0, 2), (2, 2)]


def test_intersection_and_overlap():
    window = Window(2, 3, 4, 5)
    assert window.intersect(Window(4, 0, 10, 5)) == Window(4, 3, 2, 2)
    assert window.overlaps(Window(5, 7, 1, 1))
    assert not window.overlaps(Window(6, 3, 4, 5))
    assert window.intersect(Window(100, 100, 1, 1)).pixels == 0


def test_grow_and_within_are_inverse():
    window = Window(10, 20, 3, 4)
    outer = window.grow(5)
    assert outer == Window(5, 15, 13, 14)
    assert window.within(outer) == (slice(5, 9), slice(5, 8))


def test_within_refuses_a_window_that_sticks_out():
    with pytest.raises(AssertionError):
        Window(0, 0, 3, 3).within(Window(1, 0, 9, 9))


@pytest.mark.parametrize(
    ("px", "multiple_px", "wanted"), [(1, 16, 16), (16, 16, 16), (17, 16, 32), (0, 16, 0), (5, 1, 5)]
)
def test_round_up(px, multiple_px, wanted):
    assert round_up(px, multiple_px) == wanted
