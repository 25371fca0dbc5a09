"""Block bootstrap: coverage on simulated maps of known accuracy, hand-worked draws, and properties that must
hold.
"""

import json

import numpy as np
import pytest

from engine.metrics.bootstrap import FEWEST_BLOCKS, intervals
from engine.metrics.confusion import Metrics
from engine.protocol import figures

OVERALL = ("overall_accuracy", "kappa", "mean_f1", "mean_iou")
OF_CLASS = ("precision", "recall", "f1", "iou")


def simulated(rng, blocks, classes=3, pixels=400):
    """Blocks of a map with class shares and error rates of their own, as neighbouring pixels have them."""
    shares_NK = rng.dirichlet(np.full(classes, 2.0), blocks)
    right_NK = rng.beta(4, 1, (blocks, classes))
    truth_NK = rng.multinomial(pixels, shares_NK)
    mapped = right_NK[..., None] * np.eye(classes) + (1 - right_NK[..., None]) * (1 - np.eye(classes)) / (
        classes - 1
    )
    return rng.multinomial(truth_NK, mapped)


def test_intervals_contain_the_figures_of_the_whole_map():
    confusion_NKK = simulated(np.random.default_rng(1), 40)
    metrics, found = Metrics.of(confusion_NKK.sum(axis=0)), intervals(confusion_NKK)
    assert found.level == 0.95 and found.blocks == 40
    for name in OVERALL:
        low, high = getattr(found, name)
        assert 0 < low < getattr(metrics, name) < high < 1
    for name in OF_CLASS:
        assert all(
            low < figure < high for (low, high), figure in zip(getattr(found, name), getattr(metrics, name))
        )


@pytest.mark.slow
def test_intervals_cover_the_truth_as_often_as_they_say():
    """300 maps of 50 blocks. By `simulated`, classes are of one size and 80 % of each are right, 10 % go to
    either other class. Intervals that take each pixel as independent miss the truth most of the time.
    """
    truth = Metrics.of(np.array([[8, 1, 1], [1, 8, 1], [1, 1, 8]]))
    assert (
        truth.overall_accuracy == 0.8
        and truth.kappa == pytest.approx(0.7)
        and truth.mean_iou == pytest.approx(2 / 3)
    )
    rng, covered, by_pixels = np.random.default_rng(2), dict.fromkeys((*OVERALL, "recall"), 0), 0
    for run in range(300):
        confusion_NKK = simulated(rng, 50)
        found, metrics = (
            intervals(confusion_NKK, samples=400, seed=run),
            Metrics.of(confusion_NKK.sum(axis=0)),
        )
        for name in OVERALL:
            low, high = getattr(found, name)
            covered[name] += low <= getattr(truth, name) <= high
        covered["recall"] += found.recall[0][0] <= 0.8 <= found.recall[0][1]
        share = metrics.overall_accuracy
        by_pixels += abs(share - 0.8) <= 1.96 * np.sqrt(share * (1 - share) / metrics.pixels)
    assert all(0.89 <= times / 300 <= 0.98 for times in covered.values()), covered
    assert by_pixels / 300 < 0.5


def test_two_kinds_of_blocks_give_the_quantiles_of_the_binomial_distribution():
    """5 blocks all right and 5 all wrong: the accuracy of a draw is Binomial(10, 1/2) / 10. Below 2 lie 1.1
    %, up to 2 5.5 %, so 95 % end at 2 and 8; below 3 lie 5.5 %, up to 3 17.2 %, so 80 % end at 3 and 7. With
    j blocks right, 60 j and 40 j pixels are hits, and 60 j + 40 (10 - j) of 1000 are mapped as the first
    class.
    """
    right, wrong = [[60, 0], [0, 40]], [[0, 60], [40, 0]]
    blocks = np.array([right, wrong] * 5)
    found = intervals(blocks)
    assert found.overall_accuracy == (0.2, 0.8)
    assert intervals(blocks, level=0.8).overall_accuracy == (0.3, 0.7)
    assert found.recall == ((0.2, 0.8), (0.2, 0.8))
    assert found.precision == ((120 / 440, 480 / 560), (80 / 560, 320 / 440))
    assert found.f1 == ((240 / 1040, 960 / 1160), (160 / 960, 640 / 840))
    assert found.iou == ((120 / 920, 480 / 680), (80 / 880, 320 / 520))
    assert found.kappa == pytest.approx(
        (1 - 0.8 / (0.6 * 0.56 + 0.4 * 0.44), 1 - 0.2 / (0.6 * 0.44 + 0.4 * 0.56))
    )
    assert found.mean_f1 == pytest.approx(((240 / 1040 + 160 / 960) / 2, (960 / 1160 + 640 / 840) / 2))


def test_identical_blocks_leave_no_doubt():
    block = np.array([[50, 10], [7, 33]])
    metrics, found = Metrics.of(block), intervals(np.stack([block] * 12))
    for name in OVERALL:
        assert getattr(found, name) == pytest.approx((getattr(metrics, name),) * 2, rel=1e-15)
        assert getattr(found, name)[0] == getattr(found, name)[1]
    assert found.f1 == tuple((figure, figure) for figure in metrics.f1)


def test_permuting_classes_permutes_the_intervals():
    confusion_NKK, order = simulated(np.random.default_rng(3), 30, classes=4), [2, 0, 3, 1]
    before, after = intervals(confusion_NKK), intervals(confusion_NKK[:, order][:, :, order])
    for name in OVERALL:
        assert getattr(after, name) == pytest.approx(getattr(before, name))
    for name in OF_CLASS:
        assert getattr(after, name) == tuple(getattr(before, name)[k] for k in order)


def test_only_the_shares_of_a_block_matter_up_to_10_gigapixels():
    confusion_NKK = simulated(np.random.default_rng(4), 25)
    one, other = intervals(confusion_NKK), intervals(confusion_NKK * 1_000_000)
    assert confusion_NKK.sum() * 1_000_000 == 1e10
    for name in OVERALL:
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-12)
    assert one.f1 == other.f1


def test_a_seed_repeats_its_draws_and_another_one_differs_little():
    confusion_NKK = simulated(np.random.default_rng(5), 30)
    one, again, other = (intervals(confusion_NKK, seed=seed) for seed in (7, 7, 8))
    assert one == again != other
    assert one.mean_f1 == pytest.approx(other.mean_f1, abs=0.01)


def test_wider_levels_contain_narrower_ones():
    confusion_NKK = simulated(np.random.default_rng(6), 30)
    narrow, wide = intervals(confusion_NKK, level=0.5).kappa, intervals(confusion_NKK, level=0.99).kappa
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_too_few_blocks_with_labels_say_nothing():
    confusion_NKK = simulated(np.random.default_rng(7), FEWEST_BLOCKS)
    empty = np.zeros((5, 3, 3), np.int64)
    assert intervals(confusion_NKK[1:]) is None
    assert intervals(np.concatenate([empty, confusion_NKK[1:]])) is None
    assert intervals(np.concatenate([empty, confusion_NKK])) == intervals(confusion_NKK)


def test_a_class_of_too_few_blocks_has_no_interval():
    """Class 2 lies in 9 of 30 blocks of the reference and is mapped nowhere, class 3 is nowhere at all."""
    confusion_NKK = np.zeros((30, 4, 4), np.int64)
    confusion_NKK[:, :2, :2] = simulated(np.random.default_rng(8), 30, classes=2)
    confusion_NKK[: FEWEST_BLOCKS - 1, 2, 0] = 50
    found = intervals(confusion_NKK)
    for name in OF_CLASS:
        assert getattr(found, name)[2:] == (None, None) and None not in getattr(found, name)[:2]
    metrics = Metrics.of(confusion_NKK.sum(axis=0))
    assert found.mean_f1[0] < metrics.mean_f1 < found.mean_f1[1], "the mean holds the class all the same"
    confusion_NKK[FEWEST_BLOCKS - 1, 2, 0] = 50
    assert intervals(confusion_NKK).recall[2] == (0.0, 0.0) and intervals(confusion_NKK).precision[2] is None


def test_kappa_of_one_class_is_undefined():
    found = intervals(np.full((12, 1, 1), 5))
    assert found.kappa is None and found.overall_accuracy == (1.0, 1.0)


def test_as_dict_is_strict_json_under_the_names_of_the_figures():
    confusion_NKK = np.zeros((12, 3, 3), np.int64)
    confusion_NKK[:, :2, :2] = [[50, 10], [7, 33]]
    found = intervals(confusion_NKK)
    values = json.loads(json.dumps(found.as_dict(["forêt", "water", "ice"]), allow_nan=False))
    assert values["blocks"] == 12 and values["level"] == 0.95
    assert values["overall_accuracy"] == [0.83, 0.83]
    of_class = [figure.name for figure in figures("class") if figure.interval]
    assert values["classes"][0] == {
        "name": "forêt",
        **{name: list(getattr(found, name)[0]) for name in of_class},
    }
    assert values["classes"][2] == {"name": "ice", **dict.fromkeys(of_class)}
    assert set(OVERALL) <= set(values) and set(OF_CLASS) <= set(of_class)
