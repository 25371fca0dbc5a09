"""Metrics: a hand-worked matrix, scikit-learn as an independent reference, and properties that must hold."""

import json

import numpy as np
import pytest

from engine.legend import IGNORE
from engine.metrics import DEFINITIONS, Metrics, confusion

rng = np.random.default_rng(20)


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
    assert metrics.iou == pytest.approx(tuple(sklearn.jaccard_score(truth, guess, labels=labels, average=None)))
    assert metrics.mean_f1 == pytest.approx(sklearn.f1_score(truth, guess, average="macro"))


def test_classes_that_are_missing_somewhere():
    """Class 1 is never mapped, class 2 is only mapped, class 3 is nowhere."""
    metrics = Metrics.of(np.array([[6, 0, 2, 0], [2, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    assert metrics.precision == (0.75, None, 0.0, None)
    assert metrics.recall == (0.75, 0.0, None, None)
    assert metrics.f1 == (0.75, 0.0, 0.0, None)
    assert metrics.iou == (0.6, 0.0, 0.0, None)
    assert metrics.mean_f1 == pytest.approx(0.375), "the mean runs over the reference's two classes"
    assert metrics.mean_iou == pytest.approx(0.3)


def test_kappa_is_undefined_only_where_chance_agrees_everywhere():
    assert Metrics.of(np.array([[7, 0], [0, 0]])).kappa is None
    assert Metrics.of(np.array([[0, 7], [0, 0]])).kappa == 0.0
    assert Metrics.of(np.array([[7, 0], [0, 1]])).kappa == 1.0


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


def test_regions_sum_up_to_the_whole():
    reference, predicted = random_ids(4), random_ids(4)
    parts = [confusion(r, p, 4) for r, p in zip(np.array_split(reference, 7), np.array_split(predicted, 7))]
    assert np.array_equal(sum(parts), confusion(reference, predicted, 4))


def test_swapping_map_and_reference_swaps_precision_and_recall():
    matrix = confusion(random_ids(4), random_ids(4), 4)
    one, other = Metrics.of(matrix), Metrics.of(matrix.T)
    assert one.precision == other.recall and one.f1 == other.f1 and one.kappa == pytest.approx(other.kappa)


def test_as_dict_is_strict_json_and_explains_every_figure():
    metrics = Metrics.of(np.array([[6, 0], [0, 0]]))
    values = json.loads(json.dumps(metrics.as_dict(["forêt", "water"]), allow_nan=False))
    assert values["classes"][0] == {
        "name": "forêt", "reference_pixels": 6, "map_pixels": 6, "precision": 1.0, "recall": 1.0, "f1": 1.0, "iou": 1.0,
    }  # fmt: skip
    assert values["classes"][1]["f1"] is None
    explained = set(DEFINITIONS)
    assert set(values) - {"classes"} <= explained
    assert {"precision", "recall", "f1", "iou"} <= explained
