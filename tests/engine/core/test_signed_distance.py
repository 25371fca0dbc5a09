"""Signed distances: against every pair of pixels by hand, and within the reach that makes windows enough."""

import numpy as np
import pytest

from engine.core.legend import IGNORE
from engine.core.signed_distance import REACH_PX, number_of_maps, signed_distances


def by_every_pair(ids_HW, k):
    """The definition, without an algorithm: to the nearest pixel labelled otherwise, minus to the nearest of
    class k.
    """
    places_N2 = np.indices(ids_HW.shape).reshape(2, -1).T
    apart_NN = np.linalg.norm(places_N2[:, None] - places_N2, axis=2)
    ids_N = ids_HW.ravel()
    inside_N, outside_N = ids_N == k, (ids_N != k) & (ids_N != IGNORE)
    to_inside_N = apart_NN[:, inside_N].min(1, initial=REACH_PX)
    to_outside_N = apart_NN[:, outside_N].min(1, initial=REACH_PX)
    return (np.where(inside_N, to_outside_N, -to_inside_N) / REACH_PX).reshape(ids_HW.shape)


def scattered(shape, classes, unlabelled, seed, clumps=4):
    """Random clumps of classes, and that share of the pixels unlabelled."""
    rng = np.random.default_rng(seed)
    small = rng.integers(classes, size=[-(-side // clumps) for side in shape], dtype=np.uint8)
    ids_HW = np.kron(small, np.ones((clumps, clumps), np.uint8))[: shape[0], : shape[1]]
    ids_HW[rng.random(shape) < unlabelled] = IGNORE
    return ids_HW


@pytest.mark.parametrize("unlabelled", [0, 0.3, 0.97])
@pytest.mark.parametrize("classes", [2, 3, 5])
@pytest.mark.parametrize("shape", [(1, 40), (23, 31), (40, 7)])
def test_equal_to_the_definition(shape, classes, unlabelled):
    ids_HW = scattered(shape, classes, unlabelled, seed=classes)
    expected = np.stack([by_every_pair(ids_HW, k) for k in ([1] if classes == 2 else range(classes))])
    maps_DHW = signed_distances(ids_HW, classes)
    assert maps_DHW.dtype == np.float32 and maps_DHW.shape == (number_of_maps(classes), *shape)
    assert np.allclose(maps_DHW, expected, atol=1e-6)


def test_a_straight_border_by_hand():
    """Pixels beside the border are one step from the other side; from twenty steps on nothing grows."""
    ids_HW = np.zeros((3, 60), np.uint8)
    ids_HW[:, 30:] = 1
    steps = np.arange(60) - 30
    expected = np.where(steps >= 0, steps + 1, steps).clip(-20, 20) / 20
    assert np.allclose(signed_distances(ids_HW, 2), np.broadcast_to(expected, (1, 3, 60)))


@pytest.mark.parametrize(("only", "expected"), [(0, -1), (1, 1), (IGNORE, -1)])
def test_one_class_alone_is_out_of_reach_of_any_other(only, expected):
    """Where there is no building all is far outside, and all within when there is nothing else."""
    assert (signed_distances(np.full((9, 30), only, np.uint8), 2) == expected).all()


def test_two_classes_mirror_each_other():
    ids_HW = scattered((30, 30), 2, 0, seed=1)
    assert np.array_equal(signed_distances(ids_HW, 2), -signed_distances(1 - ids_HW, 2))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_labels_have_turned_distances(turns):
    ids_HW = scattered((24, 31), 4, 0.2, seed=2)
    turned = np.rot90(ids_HW, turns)
    assert np.array_equal(signed_distances(turned, 4), np.rot90(signed_distances(ids_HW, 4), turns, (1, 2)))


@pytest.mark.parametrize("classes", [2, 4])
def test_what_lies_beyond_the_reach_of_a_window_cannot_matter(classes):
    """A window with its reach around it has the distances of the whole image."""
    ids_HW = scattered((110, 120), classes, 0.1, seed=3, clumps=25)
    inner, outer = np.s_[40:70, 45:70], np.s_[40 - REACH_PX : 70 + REACH_PX, 45 - REACH_PX : 70 + REACH_PX]
    cut = signed_distances(ids_HW[outer], classes)[:, REACH_PX:-REACH_PX, REACH_PX:-REACH_PX]
    assert np.array_equal(cut, signed_distances(ids_HW, classes)[(slice(None), *inner)])
    assert np.unique(cut).size > 20


@pytest.mark.parametrize(("classes", "maps"), [(1, 1), (2, 1), (3, 3), (40, 40)])
def test_number_of_maps(classes, maps):
    assert number_of_maps(classes) == maps == len(signed_distances(np.zeros((2, 3), np.uint8), classes))
