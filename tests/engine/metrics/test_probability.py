"""Probabilities: a hand-worked case, scikit-learn as an independent reference, and properties that must
hold.
"""

import json
import math

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, roc_auc_score, roc_curve

from engine.core.classified import NO_PERCENT
from engine.core.legend import IGNORE
from engine.metrics.probability import PROBABILITY_DEFINITIONS, Calibration, ProbabilityMetrics, Roc
from engine.metrics.probability_counts import FINE_LEVELS, PERCENT_LEVELS, ProbabilityCounts

rng = np.random.default_rng(6)


def counted(reference_HW, percent_KHW, levels=PERCENT_LEVELS):
    counts = ProbabilityCounts(len(percent_KHW), levels)
    counts.add(reference_HW, percent_KHW)
    return counts


def softmax(classes, shape, spread=2.0):
    logits = rng.normal(0, spread, (classes, *shape))
    return np.exp(logits) / np.exp(logits).sum(axis=0)


def case(classes=4, shape=(61, 47), known=0.8):
    """A reference that follows the probabilities in most places, and the per cent."""
    shares_KHW = softmax(classes, shape)
    ids_HW = np.where(
        rng.random(shape) < known, shares_KHW.argmax(axis=0), rng.integers(0, classes, shape)
    ).astype(np.uint8)
    return ids_HW, np.rint(100 * shares_KHW).astype(np.uint8)


def six_pixels():
    """The first class of two: per cent 90 80 60 40 40 10, of which the 1st, 2nd and 4th are the class."""
    first = np.array([[90, 80, 60, 40, 40, 10]], np.uint8)
    return np.array([[0, 0, 1, 0, 1, 1]], np.uint8), np.stack([first, 100 - first])


def test_six_pixels_by_hand():
    scores = ProbabilityMetrics.of(counted(*six_pixels()))
    roc = scores.roc[0]
    # Of the 9 pairs, 7 are in the right order, 60 before 40 is not, and 40 and 40 count half.
    assert roc.auc == 7.5 / 9 == scores.mean_auc
    by_threshold = {point.threshold: point for point in roc.points}
    assert len(by_threshold) == 102
    assert by_threshold[0.4][1:] == (2 / 3, 1.0, 4 / 6)
    assert by_threshold[0.41][1:] == by_threshold[0.6][1:] == (1 / 3, 2 / 3, 4 / 6)
    assert by_threshold[0.8][1:] == (0.0, 2 / 3, 5 / 6)
    assert by_threshold[math.inf][1:] == (0.0, 0.0, 0.5) and by_threshold[0.0][1:] == (1.0, 1.0, 0.5)
    assert roc.accuracy_at_half == 4 / 6
    assert (roc.best_accuracy, roc.best_accuracy_threshold) == (5 / 6, 0.61), (
        "from 0.61 to 0.8, the nearest to 0.5"
    )
    # The most probable class has 90 80 60 60 60 90 per cent; it is wrong in the third pixel (first) and the
    # fourth (second).
    top = scores.top
    assert top.pixels == scores.pixels == 6 and top.share_right == 4 / 6 and top.mean_probability == 440 / 600
    assert [group[:] for group in top.groups] == [
        (0.5, 0.6, 3, 0.6, 1 / 3), (0.7, 0.8, 1, 0.8, 1.0), (0.8, 0.9, 2, 0.9, 1.0)]  # fmt: skip
    assert top.expected_calibration_error == pytest.approx((3 * (0.6 - 1 / 3) + 0.2 + 2 * 0.1) / 6, abs=1e-15)


@pytest.mark.slow
@pytest.mark.parametrize("classes", [2, 3, 7])
def test_equal_to_scikit_learn(classes):
    reference_HW, percent_KHW = case(classes)
    scores = ProbabilityMetrics.of(counted(reference_HW, percent_KHW))
    for number in range(classes):
        truth, said = (reference_HW == number).ravel(), percent_KHW[number].ravel() / 100
        roc = scores.roc[number]
        assert roc.auc == pytest.approx(roc_auc_score(truth, said), abs=1e-14)
        points = {point.threshold: point for point in roc.points}
        columns = roc_curve(truth, said, drop_intermediate=False)
        for false_rate, true_rate, threshold in zip(*columns):
            assert points[threshold][1:3] == pytest.approx((false_rate, true_rate), abs=1e-15)
            assert points[threshold].accuracy == pytest.approx(
                accuracy_score(truth, said >= threshold), abs=1e-15
            )
        assert roc.accuracy_at_half == pytest.approx(accuracy_score(truth, said >= 0.5), abs=1e-15)
        assert roc.best_accuracy == max(point.accuracy for point in roc.points)
        groups = scores.calibration[number].groups
        shares, means = calibration_curve(truth, said, n_bins=10)
        assert [group.share_right for group in groups] == pytest.approx(shares, abs=1e-14)
        assert [group.mean_probability for group in groups] == pytest.approx(means, abs=1e-14)
    areas = [roc_auc_score((reference_HW == k).ravel(), percent_KHW[k].ravel()) for k in range(classes)]
    assert scores.mean_auc == pytest.approx(np.mean(areas), abs=1e-14)


@pytest.mark.parametrize("bins", [1, 7, 10, 15])
def test_expected_calibration_error_as_guo_et_al_define_it(bins):
    reference_HW, percent_KHW = case()
    sure, right = percent_KHW.max(axis=0) / 100, percent_KHW.argmax(axis=0) == reference_HW
    error = 0.0
    for number in range(bins):
        inside = (sure > number / bins) & (sure <= (number + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    top = Calibration.of(counted(reference_HW, percent_KHW).top_2B, bins)
    assert top.expected_calibration_error == pytest.approx(error, abs=1e-14)
    assert sum(group.pixels for group in top.groups) == top.pixels == right.size
    assert top.share_right == right.mean() and top.mean_probability == pytest.approx(sure.mean(), abs=1e-14)


def test_any_cut_into_windows_counts_the_same(monkeypatch):
    reference_HW, percent_KHW = case()
    whole = counted(reference_HW, percent_KHW)
    monkeypatch.setattr("engine.metrics.probability_counts._PIECE_PX", 101)
    parts = ProbabilityCounts(4)
    for rows in np.array_split(rng.permutation(61), 7):
        for columns in (slice(0, 20), slice(20, 20), slice(20, 47)):
            parts.add(reference_HW[rows, columns], percent_KHW[:, rows, columns])
    assert np.array_equal(parts.counts_K2B, whole.counts_K2B) and np.array_equal(parts.top_2B, whole.top_2B)
    assert ProbabilityMetrics.of(parts) == ProbabilityMetrics.of(whole)


def test_permuting_classes_permutes_the_figures():
    reference_HW, percent_KHW = case(5)
    order = rng.permutation(5)
    number_of = np.argsort(order).astype(np.uint8)
    before = counted(reference_HW, percent_KHW)
    after = counted(number_of[reference_HW], percent_KHW[order])
    assert np.array_equal(after.counts_K2B, before.counts_K2B[order])
    one, other = ProbabilityMetrics.of(before), ProbabilityMetrics.of(after)
    assert other.roc == tuple(one.roc[k] for k in order) and other.mean_auc == one.mean_auc
    ties = (percent_KHW == percent_KHW.max(axis=0)).sum(axis=0) > 1
    assert ties.any() and abs(other.top.share_right - one.top.share_right) <= ties.mean()


def test_of_equally_probable_classes_the_first_counts():
    percent_KHW = np.array([[[20]], [[40]], [[40]]], np.uint8)
    assert counted(np.array([[1]], np.uint8), percent_KHW).top_2B[:, 40].tolist() == [0, 1]
    assert counted(np.array([[2]], np.uint8), percent_KHW).top_2B[:, 40].tolist() == [1, 0]


def test_classes_that_only_the_reference_has_are_always_wrong():
    percent_KHW = np.array([[[70, 30]], [[30, 70]]], np.uint8)
    counts = counted(np.array([[0, 2]], np.uint8), percent_KHW)
    assert counts.counts_K2B[:, 1].sum(axis=1).tolist() == [1, 0] and counts.counts_K2B[:, 0].sum(
        axis=1
    ).tolist() == [1, 2]
    assert counts.top_2B[:, 70].tolist() == [1, 1] and counts.pixels == 2


@pytest.mark.parametrize("kind", ["per cent", "floats"])
def test_pixels_without_label_or_data_are_left_out(kind):
    reference_HW, percent_KHW = case()
    no_data = NO_PERCENT if kind == "per cent" else np.nan
    values_KHW = percent_KHW if kind == "per cent" else percent_KHW / 100
    left_out = rng.random((2, *reference_HW.shape)) < 0.2
    holed = np.where(left_out[0], no_data, values_KHW).astype(values_KHW.dtype)
    holed[1, 3, 3] = no_data
    left_out[0, 3, 3] = True
    labelled = np.where(left_out[1], IGNORE, reference_HW).astype(np.uint8)
    kept = ~left_out.any(axis=0)
    found, expected = (
        counted(labelled, holed),
        counted(reference_HW[kept][None], percent_KHW[:, kept][:, None]),
    )
    assert found.pixels == kept.sum() and np.array_equal(found.counts_K2B, expected.counts_K2B)
    assert np.array_equal(found.top_2B, expected.top_2B)


def test_nothing_to_count():
    counts = counted(np.full((3, 3), IGNORE, np.uint8), np.zeros((2, 3, 3), np.uint8))
    assert counts.pixels == 0 and Roc.of(counts.counts_K2B[0]) is None
    counts.add(np.zeros((0, 5), np.uint8), np.zeros((2, 0, 5), np.uint8))
    with pytest.raises(ZeroDivisionError):
        Calibration.of(counts.top_2B)


@pytest.mark.parametrize(
    "value", [np.uint8(101), np.uint8(254), np.float32(-0.01), np.float64(1.5), np.float32(np.inf)]
)
def test_what_is_no_probability_is_refused(value):
    with pytest.raises(ValueError, match="not a probability"):
        counted(np.zeros((1, 1), np.uint8), np.full((2, 1, 1), value))


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_are_rounded_to_the_nearest_level(kind):
    shares_KHW = softmax(3, (20, 31)).astype(kind)
    counts = counted(np.zeros((20, 31), np.uint8), shares_KHW, FINE_LEVELS)
    for counts_2B, shares in zip(counts.counts_K2B, shares_KHW):
        levels = (
            np.rint(shares.astype(np.float64 if kind is np.float64 else np.float32) * 10_000)
            .astype(int)
            .ravel()
        )
        assert np.array_equal(counts_2B.sum(axis=0), np.bincount(levels, minlength=FINE_LEVELS))


def test_most_probable_among_floats_is_found_before_they_are_rounded():
    shares_KHW = np.array([[[0.499999]], [[0.500001]]])
    assert counted(np.ones((1, 1), np.uint8), shares_KHW, FINE_LEVELS).top_2B[:, 5000].tolist() == [0, 1]


def test_a_perfect_map():
    reference_HW = rng.integers(0, 3, (40, 40)).astype(np.uint8)
    scores = ProbabilityMetrics.of(
        counted(reference_HW, np.stack([(reference_HW == k) * np.uint8(100) for k in range(3)]))
    )
    assert (
        scores.mean_auc == 1.0
        and scores.top.expected_calibration_error == 0.0
        and scores.top.share_right == 1.0
    )
    assert {(roc.best_accuracy, roc.best_accuracy_threshold, roc.accuracy_at_half) for roc in scores.roc} == {
        (1.0, 0.5, 1.0)
    }


def test_a_map_that_guesses():
    _, percent_KHW = case(3, (600, 600))
    scores = ProbabilityMetrics.of(counted(rng.integers(0, 3, (600, 600)).astype(np.uint8), percent_KHW))
    assert scores.mean_auc == pytest.approx(0.5, abs=0.005)
    assert scores.top.share_right == pytest.approx(1 / 3, abs=0.005)
    assert scores.top.expected_calibration_error == pytest.approx(
        scores.top.mean_probability - 1 / 3, abs=0.005
    )
    assert {roc.best_accuracy_threshold > 0.9 for roc in scores.roc} == {True}, (
        "best is to take no pixel as the class"
    )


def test_the_same_for_all_pixels_tells_nothing():
    scores = ProbabilityMetrics.of(counted(np.array([[0, 1, 1]], np.uint8), np.full((2, 1, 3), 50, np.uint8)))
    assert (
        scores.mean_auc == 0.5
        and scores.roc[0].accuracy_at_half == 1 / 3
        and scores.roc[0].best_accuracy == 2 / 3
    )


def test_probabilities_that_can_be_taken_at_their_word():
    """The reference is drawn from them, so that nothing but chance (and rounding to whole per cent) is
    left.
    """
    shares_KHW = softmax(4, (700, 700))
    drawn_HW = (rng.random((700, 700)) > shares_KHW.cumsum(axis=0)).sum(axis=0).astype(np.uint8)
    scores = ProbabilityMetrics.of(counted(drawn_HW, np.rint(100 * shares_KHW).astype(np.uint8)))
    assert scores.top.expected_calibration_error < 0.004
    assert max(one.expected_calibration_error for one in scores.calibration) < 0.004
    bolder = shares_KHW**2 / (shares_KHW**2).sum(axis=0)
    bold = ProbabilityMetrics.of(counted(drawn_HW, np.rint(100 * bolder).astype(np.uint8))).top
    assert bold.expected_calibration_error > 0.05 and bold.mean_probability > bold.share_right


def test_classes_without_positives_or_negatives_have_no_curve():
    _, percent_KHW = case(3, (9, 9))
    counts = counted(np.ones((9, 9), np.uint8), percent_KHW)
    scores = ProbabilityMetrics.of(counts)
    assert scores.roc == (None, None, None) and scores.mean_auc is None and len(scores.calibration) == 3
    two = ProbabilityMetrics.of(
        counted(np.array([[0, 1]], np.uint8), np.array([[[9, 1]], [[91, 8]], [[0, 91]]], np.uint8))
    )
    assert two.roc[2] is None and two.mean_auc == (two.roc[0].auc + two.roc[1].auc) / 2 == 0.5


def test_area_stays_exact_for_more_pairs_than_64_bits_hold():
    counts_2B = np.zeros((2, PERCENT_LEVELS), np.int64)
    counts_2B[:, [20, 60]] = [[3 * 10**10, 10**10], [10**10, 3 * 10**10]]
    assert Roc.of(counts_2B).auc == 0.75


def test_thinning_keeps_figures_ends_and_shape():
    shares_KHW = softmax(2, (300, 300))
    reference_HW = (rng.random((300, 300)) > shares_KHW[0]).astype(np.uint8)
    roc = Roc.of(counted(reference_HW, shares_KHW, FINE_LEVELS).counts_K2B[0])
    thin = roc.thinned()
    assert len(roc.points) == FINE_LEVELS + 1 and 150 <= len(thin.points) <= 200
    assert thin.auc == roc.auc and (thin.points[0], thin.points[-1]) == (roc.points[0], roc.points[-1])
    told, thin_told = (
        np.array([(min(p.threshold, 1.0), *p[1:]) for p in one.points[1:]]).T for one in (roc, thin)
    )
    (threshold, false_rate, true_rate, accuracy), (thin_threshold, thin_false, thin_true, thin_accuracy) = (
        told,
        thin_told,
    )
    off = np.interp(false_rate + true_rate, thin_false + thin_true, thin_true - thin_false) - (
        true_rate - false_rate
    )
    assert np.abs(off).max() < 0.005, "along the ROC curve, across the diagonal"
    off = np.interp(-threshold, -thin_threshold, thin_accuracy) - accuracy
    assert np.abs(off).max() < 0.005


def test_as_dict_is_strict_json_and_explains_every_figure():
    reference_HW, percent_KHW = case(3)
    percent_KHW = np.concatenate([percent_KHW, np.zeros_like(percent_KHW[:1])])
    scores = ProbabilityMetrics.of(counted(reference_HW, percent_KHW))
    values = json.loads(json.dumps(scores.as_dict(["forêt", "water", "road", "nowhere"]), allow_nan=False))
    first, last = values["classes"][0], values["classes"][-1]
    assert first["auc"] == scores.roc[0].auc and values["mean_auc"] == scores.mean_auc
    assert first["roc"]["threshold"][:2] == [None, 1.0] and len(first["roc"]["accuracy"]) == 102
    assert values["calibration"][-1]["high"] == 1.0
    assert last["auc"] is None and last["roc"] is None and last["expected_calibration_error"] == 0.0
    assert set(last) == set(first)
    explained = {*PROBABILITY_DEFINITIONS, "pixels", "name", "classes", "threshold"}
    assert {*values, *first, *first["roc"]} <= explained
