"""The size of a sample, its expected error and its allocation: figures of the paper, and properties that must
hold.
"""

import numpy as np
import pytest

from engine.metrics.sample_size import allocate, expected_error, points_needed
from engine.metrics.stratified import StratifiedEstimate

PAPER_PX = np.array([200_000, 150_000, 3_200_000, 6_450_000])


def test_points_needed_in_the_paper():
    weights_K, accuracy_K = PAPER_PX / PAPER_PX.sum(), np.array([0.70, 0.60, 0.90, 0.95])
    assert points_needed(weights_K, accuracy_K, 0.01) == 641
    assert points_needed(weights_K, accuracy_K, 0.02) == 161


def test_points_needed_for_one_accuracy_do_not_depend_on_the_classes():
    """0.8 × 0.2 / 0.02²: exactly 400, whatever floats make of it."""
    for weights_K in ([1.0], [0.1, 0.2, 0.7], np.full(7, 1 / 7)):
        assert points_needed(np.array(weights_K), np.full(len(weights_K), 0.8), 0.02) == 400


def test_points_needed_give_the_error_that_was_asked_for():
    """Allocated by weight times spread, as the formula has it."""
    weights_K, accuracy_K = np.array([0.1, 0.3, 0.6]), np.array([0.6, 0.8, 0.95])
    points = points_needed(weights_K, accuracy_K, 0.01)
    best_K = weights_K * np.sqrt(accuracy_K * (1 - accuracy_K))
    assert expected_error(weights_K, accuracy_K, points * best_K / best_K.sum() + 1) == pytest.approx(
        0.01, rel=1e-3
    )


def test_expected_error_is_that_of_a_sample_as_expected():
    sample_KK = np.array([[45, 10], [5, 90]])
    mapped_K = np.array([300, 700])
    found = StratifiedEstimate.of(sample_KK, mapped_K).overall_accuracy.standard_error
    assert expected_error(mapped_K / 1000, np.array([0.9, 0.9]), np.array([50, 100])) == pytest.approx(found)


def test_allocation_in_the_paper():
    """Rare classes have the fewest allowed, the others share the rest in proportion."""
    assert allocate(641, PAPER_PX, 2).tolist() == [13, 10, 205, 413]
    assert allocate(641, PAPER_PX, 50).tolist() == [50, 50, 179, 362]
    assert allocate(640, PAPER_PX, 75).tolist() == [75, 75, 162, 328]
    assert allocate(640, PAPER_PX, 160).tolist() == [160] * 4


@pytest.mark.parametrize("seed", range(20))
def test_allocation_keeps_its_promises(seed):
    rng = np.random.default_rng(seed)
    px_K = rng.integers(0, 10 ** rng.integers(1, 6, 6))
    fewest, points = int(rng.integers(2, 60)), int(rng.integers(1, 2000))
    counts_K = allocate(points, px_K, fewest)
    least_K = np.minimum(px_K, fewest)
    assert counts_K.sum() == min(max(points, least_K.sum()), px_K.sum())
    assert (counts_K >= least_K).all() and (counts_K <= px_K).all()
    free = (counts_K > least_K) & (counts_K < px_K)
    in_proportion = px_K[free] * counts_K[free].sum() / px_K[free].sum()
    assert (np.abs(counts_K[free] - in_proportion) <= 1).all()
    order = rng.permutation(6)
    if len(set(px_K)) == 6:
        assert allocate(points, px_K[order], fewest).tolist() == counts_K[order].tolist()
