"""Metrics: a hand-worked matrix, scikit-learn as an independent reference, and properties that must hold."""

import json
from fractions import Fraction

import numpy as np
import pytest

from engine.core.legend import IGNORE
from engine.metrics.confusion import DEFINITIONS, Metrics, confusion, joint_counts

rng = np.random.default_rng(20)

MULTI_TASK = {
    "U-Net": (
        [
            [0.924, 0.035, 0.027, 0.010, 0.004, 0.000],
            [0.038, 0.941, 0.015, 0.005, 0.001, 0.000],
            [0.049, 0.017, 0.773, 0.161, 0.000, 0.000],
            [0.011, 0.002, 0.075, 0.911, 0.000, 0.000],
            [0.146, 0.073, 0.006, 0.002, 0.772, 0.001],
            [0.281, 0.441, 0.005, 0.003, 0.088, 0.181],
        ],
        [0.905, 0.933, 0.851, 0.843, 0.782, 0.939],
        [0.924, 0.941, 0.773, 0.911, 0.772, 0.181],
        [0.915, 0.937, 0.810, 0.876, 0.777, 0.303],
        0.8860,
    ),
    "U-REC": (
        [
            [0.927, 0.027, 0.033, 0.011, 0.002, 0.000],
            [0.042, 0.936, 0.015, 0.006, 0.000, 0.000],
            [0.043, 0.014, 0.773, 0.169, 0.000, 0.000],
            [0.008, 0.002, 0.058, 0.932, 0.000, 0.000],
            [0.204, 0.062, 0.007, 0.005, 0.716, 0.006],
            [0.369, 0.315, 0.014, 0.010, 0.035, 0.257],
        ],
        [0.904, 0.946, 0.861, 0.838, 0.893, 0.889],
        [0.927, 0.936, 0.773, 0.932, 0.716, 0.257],
        [0.915, 0.941, 0.815, 0.882, 0.795, 0.399],
        0.8902,
    ),
}
"""Tables 1 and 2 of the multi-task paper: matrix normalised by row, precision, recall, F1; overall accuracy
from its text.
"""


def random_ids(classes, shape=(61, 47), ignored=0.1):
    ids = rng.integers(0, classes, shape).astype(np.uint8)
    ids[rng.random(shape) < ignored] = IGNORE
    return ids


def test_confusion_counts_rows_as_reference_and_leaves_ignored_pixels_out():
    reference = np.array([[0, 0, 1], [1, IGNORE, 2]], np.uint8)
    predicted = np.array([[0, 1, 1], [IGNORE, 0, 0]], np.uint8)
    assert confusion(reference, predicted, 3).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]


def test_confusion_of_more_pixels_than_one_piece_and_of_the_most_classes():
    reference = np.full((1100, 1000), 253, np.uint8)
    predicted = np.zeros((1100, 1000), np.int64)
    matrix = confusion(reference, predicted, 254)
    assert matrix.shape == (254, 254) and matrix.dtype == np.int64
    assert matrix[253, 0] == matrix.sum() == 1_100_000


def test_confusion_refuses_ids_that_are_no_class():
    with pytest.raises(AssertionError, match="beyond the classes"):
        confusion(np.array([3], np.uint8), np.array([0], np.uint8), 3)


@pytest.mark.parametrize("classes", [1, 8, 14, 15, 16, 254])
def test_joint_counts_hold_what_does_not_count(classes):
    reference, predicted = random_ids(classes), random_ids(classes)
    counts = joint_counts(reference, predicted, classes)
    assert counts.sum() == reference.size and np.array_equal(
        counts[:-1, :-1], confusion(reference, predicted, classes)
    )
    assert counts[-1, -1] == np.sum((reference == IGNORE) & (predicted == IGNORE))
    assert counts[0, -1] == np.sum((reference == 0) & (predicted == IGNORE))
    assert counts[-1, 0] == np.sum((reference == IGNORE) & (predicted == 0))


def test_confusion_of_nothing_is_zero():
    assert confusion(np.zeros((0, 4), np.uint8), np.zeros((0, 4), np.uint8), 2).tolist() == [[0, 0], [0, 0]]


def test_hand_worked_example():
    """100 pixels: 50 and 30 right, 10 of the first class mapped as the second, 10 the other way round."""
    metrics = Metrics.of(np.array([[50, 10], [10, 30]]))
    assert metrics.pixels == 100
    assert metrics.overall_accuracy == pytest.approx(0.8)
    assert metrics.kappa == pytest.approx((0.8 - (0.6 * 0.6 + 0.4 * 0.4)) / (1 - 0.52))
    assert metrics.precision == pytest.approx((50 / 60, 30 / 40))
    assert metrics.recall == pytest.approx((50 / 60, 30 / 40))
    assert metrics.iou == pytest.approx((50 / 70, 30 / 50))
    assert metrics.mean_f1 == pytest.approx((50 / 60 + 30 / 40) / 2)
    assert metrics.mean_iou == pytest.approx((50 / 70 + 30 / 50) / 2)
    assert metrics.reference_pixels == (60, 40) and metrics.predicted_pixels == (60, 40)
    assert metrics.quantity_disagreement == 0 and metrics.allocation_disagreement == 0.2
    assert metrics.matthews == pytest.approx((50 * 30 - 10 * 10) / (60 * 40))
    assert metrics.weighted_iou == pytest.approx(0.6 * 50 / 70 + 0.4 * 30 / 50)


def test_hand_worked_disagreements():
    """Totals are 50, 30 and 20 in the reference, 45, 20 and 35 in the map: 15 pixels too many of the third
    class, 5 and 10 too few of the others. Of the totals that both have, 45, 20 and 20, the map puts 5, 1 and
    none in the wrong place.
    """
    metrics = Metrics.of(np.array([[40, 1, 9], [5, 19, 6], [0, 0, 20]]))
    assert metrics.reference_pixels == (50, 30, 20) and metrics.predicted_pixels == (45, 20, 35)
    assert metrics.quantity_disagreement == 0.15
    assert metrics.allocation_disagreement == 0.06
    assert metrics.weighted_iou == pytest.approx(0.5 * 40 / 55 + 0.3 * 19 / 31 + 0.2 * 20 / 35)


def test_a_shifted_map_errs_in_place_and_a_grown_class_in_quantity():
    shifted = Metrics.of(np.array([[90, 5], [5, 0]]))
    grown = Metrics.of(np.array([[90, 0], [10, 0]]))
    assert (shifted.quantity_disagreement, shifted.allocation_disagreement) == (0, 0.1)
    assert (grown.quantity_disagreement, grown.allocation_disagreement) == (0.1, 0)


@pytest.mark.parametrize("classes", [2, 3, 9, 40])
def test_equal_to_scikit_learn(classes):
    sklearn = pytest.importorskip("sklearn.metrics")
    reference, predicted = random_ids(classes), random_ids(classes)
    predicted = np.where(rng.random(predicted.shape) < 0.6, reference, predicted)
    both = (reference != IGNORE) & (predicted != IGNORE)
    truth, guess, labels = reference[both], predicted[both], range(classes)
    matrix = confusion(reference, predicted, classes)
    metrics = Metrics.of(matrix)
    assert np.array_equal(matrix, sklearn.confusion_matrix(truth, guess, labels=labels))
    assert metrics.overall_accuracy == pytest.approx(sklearn.accuracy_score(truth, guess))
    assert metrics.kappa == pytest.approx(sklearn.cohen_kappa_score(truth, guess))
    precision, recall, f1, support = sklearn.precision_recall_fscore_support(truth, guess, labels=labels)
    assert metrics.precision == pytest.approx(tuple(precision))
    assert metrics.recall == pytest.approx(tuple(recall))
    assert metrics.f1 == pytest.approx(tuple(f1))
    assert metrics.reference_pixels == tuple(support)
    assert metrics.iou == pytest.approx(
        tuple(sklearn.jaccard_score(truth, guess, labels=labels, average=None))
    )
    assert metrics.mean_f1 == pytest.approx(sklearn.f1_score(truth, guess, average="macro"))
    assert metrics.matthews == pytest.approx(sklearn.matthews_corrcoef(truth, guess), rel=1e-15, abs=1e-15)
    assert metrics.weighted_iou == pytest.approx(
        sklearn.jaccard_score(truth, guess, average="weighted"), rel=1e-15
    )


def test_classes_that_are_missing_somewhere():
    """Class 1 is never mapped, class 2 is only mapped, class 3 is nowhere."""
    metrics = Metrics.of(np.array([[6, 0, 2, 0], [2, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    assert metrics.precision == (0.75, None, 0.0, None)
    assert metrics.recall == (0.75, 0.0, None, None)
    assert metrics.f1 == (0.75, 0.0, 0.0, None)
    assert metrics.iou == (0.6, 0.0, 0.0, None)
    assert metrics.mean_f1 == pytest.approx(0.375), "the mean runs over the reference's two classes"
    assert metrics.mean_iou == pytest.approx(0.3)
    assert metrics.weighted_iou == pytest.approx(0.8 * 0.6)
    assert (metrics.quantity_disagreement, metrics.allocation_disagreement) == (0.2, 0.2)


def test_kappa_is_undefined_only_where_chance_agrees_everywhere():
    assert Metrics.of(np.array([[7, 0], [0, 0]])).kappa is None
    assert Metrics.of(np.array([[0, 7], [0, 0]])).kappa == 0.0
    assert Metrics.of(np.array([[7, 0], [0, 1]])).kappa == 1.0


def test_matthews_is_undefined_where_the_map_or_the_reference_is_one_class():
    for one_class in ([[7, 0], [0, 0]], [[7, 0], [2, 0]], [[7, 2], [0, 0]]):
        assert Metrics.of(np.array(one_class)).matthews is None
    assert Metrics.of(np.array([[0, 7], [3, 0]])).matthews == -1.0


@pytest.mark.parametrize("classes", [2, 3, 9])
def test_quantity_and_allocation_disagreement_make_up_the_errors(classes):
    reference, predicted = random_ids(classes), rng.binomial(classes - 1, 0.3, (61, 47)).astype(np.uint8)
    metrics = Metrics.of(confusion(reference, predicted, classes))
    assert metrics.quantity_disagreement > 0 and metrics.allocation_disagreement > 0
    errors = metrics.quantity_disagreement + metrics.allocation_disagreement
    assert errors == pytest.approx(1 - metrics.overall_accuracy, rel=1e-14)


def test_figures_of_10_gigapixels_are_those_of_their_shares():
    """Products of the counts leave 64 bits."""
    small = np.array([[4000, 10, 30], [25, 3000, 35], [0, 900, 2000]])
    one, other = Metrics.of(small), Metrics.of(small * 1_000_000)
    assert other.pixels == 10_000_000_000
    for name in ("overall_accuracy", "quantity_disagreement", "allocation_disagreement", "f1", "iou"):
        assert getattr(one, name) == getattr(other, name)
    for name in ("kappa", "matthews", "weighted_iou"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-15)
    perfect = Metrics.of(np.diag([9_999_999_929, 1_000_000_007]))
    assert perfect.matthews == perfect.kappa == perfect.overall_accuracy == 1.0


def test_kappa_of_a_rare_class_keeps_its_digits():
    """Two pixels in 10^10 are of the second class, in map and reference, and one of them is the same. Chance
    errs in 4 of 10^10; 1 - chance from shares would keep half of the digits.
    """
    px = 10_000_000_000
    kappa = Metrics.of(np.array([[px - 3, 1], [1, 1]])).kappa
    assert kappa == pytest.approx(float(1 - Fraction(2 * px, 4 * (px - 2))), rel=1e-15)


def test_permuting_classes_permutes_the_matrix_and_the_figures():
    reference, predicted = random_ids(5), random_ids(5)
    order = rng.permutation(5)
    table = np.full(256, IGNORE, np.uint8)
    table[order] = np.arange(5)
    matrix = confusion(reference, predicted, 5)
    permuted = confusion(table[reference], table[predicted], 5)
    assert np.array_equal(permuted, matrix[np.ix_(order, order)])
    before, after = Metrics.of(matrix), Metrics.of(permuted)
    assert after.f1 == tuple(before.f1[i] for i in order)
    assert after.kappa == pytest.approx(before.kappa) and after.mean_iou == pytest.approx(before.mean_iou)
    for name in ("quantity_disagreement", "allocation_disagreement", "matthews"):
        assert getattr(after, name) == getattr(before, name)
    assert after.weighted_iou == pytest.approx(before.weighted_iou)


def test_regions_sum_up_to_the_whole():
    reference, predicted = random_ids(4), random_ids(4)
    parts = [confusion(r, p, 4) for r, p in zip(np.array_split(reference, 7), np.array_split(predicted, 7))]
    assert np.array_equal(sum(parts), confusion(reference, predicted, 4))


def test_swapping_map_and_reference_swaps_precision_and_recall():
    matrix = confusion(random_ids(4), random_ids(4), 4)
    one, other = Metrics.of(matrix), Metrics.of(matrix.T)
    assert one.precision == other.recall and one.f1 == other.f1 and one.kappa == pytest.approx(other.kappa)
    assert one.matthews == other.matthews and one.quantity_disagreement == other.quantity_disagreement


def test_as_dict_is_strict_json_and_explains_every_figure():
    metrics = Metrics.of(np.array([[6, 0], [0, 0]]))
    values = json.loads(json.dumps(metrics.as_dict(["forêt", "water"]), allow_nan=False))
    assert set(values["classes"][0]) == {"name", "reference_pixels", "map_pixels", *metrics.of_class}
    ones = {"reference_pixels": 6, "map_pixels": 6, "precision": 1.0, "recall": 1.0, "f1": 1.0, "iou": 1.0}
    assert {"name": "forêt", **ones}.items() <= values["classes"][0].items()
    assert values["classes"][1]["f1"] is None
    assert {*values, *metrics.of_class} - {"classes"} <= set(DEFINITIONS)


@pytest.mark.parametrize("network", MULTI_TASK)
def test_tables_of_the_multi_task_paper_agree_with_themselves(network):
    """Rows sum to 1 and the diagonal is the recall: rows are the reference's, though the header calls them
    predicted.
    """
    rows_KK, precision, recall, f1, _ = MULTI_TASK[network]
    assert np.sum(rows_KK, axis=1) == pytest.approx(np.ones(6), abs=0.0011)
    assert np.diagonal(rows_KK).tolist() == recall != precision
    harmonic = [2 * p * r / (p + r) for p, r in zip(precision, recall)]
    assert f1 == pytest.approx(harmonic, abs=0.001), "precision and recall are rounded themselves"


def test_tables_of_the_multi_task_paper_are_those_of_counts():
    """The paper gives no class totals, without which its matrices have no precision. Yet there are totals,
    the same for both tables as they are of the same images, with which all figures that it prints are ours,
    to its last digit: nothing in the tables disagrees but their header.
    """
    counts_2KK = counts_behind(MULTI_TASK.values())
    for counts_KK, (rows_KK, precision, recall, f1, accuracy) in zip(counts_2KK, MULTI_TASK.values()):
        metrics = Metrics.of(np.rint(counts_KK * 1e12).astype(np.int64))
        by_row_KK = np.divide(metrics.confusion, np.transpose([metrics.reference_pixels]))
        assert np.round(by_row_KK, 3).tolist() == rows_KK
        assert np.round(metrics.precision, 3).tolist() == precision
        assert np.round(metrics.recall, 3).tolist() == recall
        assert np.round(metrics.f1, 3).tolist() == f1
        assert round(metrics.overall_accuracy, 4) == accuracy


@pytest.mark.parametrize("network", MULTI_TASK)
def test_no_counts_have_the_predictions_in_rows_as_the_header_says(network):
    rows_KK, precision, recall, f1, accuracy = MULTI_TASK[network]
    assert counts_behind([(rows_KK, precision, recall, f1, accuracy)]) is not None
    assert counts_behind([(rows_KK, recall, precision, f1, accuracy)]) is None


def counts_behind(tables):
    """Matrices with one total per reference class, summing to 1, whose figures round to those printed; None
    if none has.

    A figure is a ratio of sums of counts. It rounds to ``printed`` where part - (printed ± half a digit) *
    whole has the right sign, which is linear in the counts: a linear program finds them.
    """
    optimize, linalg = pytest.importorskip("scipy.optimize"), pytest.importorskip("scipy.linalg")
    counts = np.eye(36).reshape(6, 6, 36)
    hits, rows, columns = counts[range(6), range(6)], counts.sum(axis=1), counts.sum(axis=0)
    parts = np.array([*counts.reshape(36, 36), *hits, *hits, *2 * hits, hits.sum(axis=0)])
    wholes = np.array([*rows.repeat(6, axis=0), *columns, *rows, *rows + columns, rows.sum(axis=0)])
    half_digit = np.array([*[0.00049] * 54, 0.000049])
    at_most_0 = []
    for rows_KK, precision, recall, f1, accuracy in tables:
        printed = np.array([*np.ravel(rows_KK), *precision, *recall, *f1, accuracy])
        above, below = (printed + half_digit)[:, None], (printed - half_digit)[:, None]
        at_most_0.append(np.concatenate([parts - above * wholes, below * wholes - parts]))
    unequal = np.kron(np.eye(len(at_most_0))[:-1] - np.eye(len(at_most_0))[1:], rows)
    fixed = np.array([*unequal, np.eye(len(at_most_0))[0].repeat(36)])
    found = optimize.linprog(
        np.zeros(fixed.shape[1]),
        A_ub=linalg.block_diag(*at_most_0),
        b_ub=np.zeros(110 * len(at_most_0)),
        A_eq=fixed,
        b_eq=[*np.zeros(len(unequal)), 1],
    )
    assert found.status in (0, 2), found.message
    return found.x.reshape(-1, 6, 6) if found.status == 0 else None
