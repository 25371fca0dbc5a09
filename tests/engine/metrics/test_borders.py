"""Class borders: a hand-worked erosion by a disc, scipy's morphology as an independent reference, and what
must hold.
"""

import numpy as np
import pytest
from scipy.ndimage import binary_erosion, distance_transform_edt

from engine.core.legend import IGNORE
from engine.metrics.borders import near_border

rng = np.random.default_rng(5)


def blobs(classes, shape=(70, 90), unlabelled=0.0):
    """Class ids that change every few pixels."""
    ids = np.kron(rng.integers(0, classes, (shape[0] // 7 + 1, shape[1] // 9 + 1)), np.ones((7, 9))).astype(
        np.uint8
    )
    ids = ids[: shape[0], : shape[1]]
    ids[rng.random(shape) < unlabelled] = IGNORE
    return ids


def test_hand_worked_disc_of_three():
    """One pixel of another class takes away the 29 pixels of the disc of radius 3: rows of 1, 5, 5, 7, 5, 5
    and 1.
    """
    ids_HW = np.zeros((9, 9), np.uint8)
    ids_HW[4, 4] = 1
    near_HW = near_border(ids_HW, 3)
    assert near_HW.sum(axis=1).tolist() == [0, 1, 5, 5, 7, 5, 5, 1, 0]
    assert near_HW[1].nonzero()[0].tolist() == [4] and near_HW[2].nonzero()[0].tolist() == [2, 3, 4, 5, 6]


def test_a_straight_border_takes_as_many_columns_as_the_radius_on_each_side():
    ids_HW = np.repeat([[0] * 10 + [253] * 10], 12, axis=0).astype(np.uint8)
    for radius_px in (1, 2, 5):
        assert (
            near_border(ids_HW, radius_px).nonzero()[1].tolist()
            == list(range(10 - radius_px, 10 + radius_px)) * 12
        )


@pytest.mark.parametrize("radius_px", [1, 2, 3, 4, 5, 9])
def test_is_erosion_of_every_class_by_a_disc(radius_px):
    ids_HW = blobs(4)
    rows, columns = np.ogrid[-radius_px : radius_px + 1, -radius_px : radius_px + 1]
    disc = rows**2 + columns**2 <= radius_px**2
    kept_HW = np.zeros(ids_HW.shape, bool)
    for k in range(4):
        kept_HW |= binary_erosion(ids_HW == k, disc, border_value=1)
    assert np.array_equal(near_border(ids_HW, radius_px), ~kept_HW)


def test_unlabelled_pixels_take_nothing_away_and_are_never_near():
    ids_HW = blobs(3, unlabelled=0.3)
    expected_HW = np.zeros(ids_HW.shape, bool)
    for k in range(3):
        others_HW = (ids_HW != k) & (ids_HW != IGNORE)
        expected_HW |= (ids_HW == k) & (distance_transform_edt(~others_HW) <= 3)
    assert np.array_equal(near_border(ids_HW, 3), expected_HW)
    assert not near_border(np.where(ids_HW == 1, ids_HW, IGNORE).astype(np.uint8), 3).any()


def test_without_a_radius_nothing_is_near():
    assert not near_border(blobs(3), 0).any()


def test_a_window_with_its_surroundings_shows_what_the_whole_shows():
    ids_HW = blobs(5)
    whole_HW = near_border(ids_HW, 4)
    assert np.array_equal(near_border(ids_HW[10:50, 20:70], 4)[4:-4, 4:-4], whole_HW[14:46, 24:66])
