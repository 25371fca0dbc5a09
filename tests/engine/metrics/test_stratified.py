"""Figures of a whole map from a sample: the worked example of Olofsson et al. (2014), its formulas anew, and
simulations.
"""

import json
import math

import numpy as np
import pytest

from engine.metrics.confusion import DEFINITIONS
from engine.metrics.stratified import ESTIMATE_DEFINITIONS, StratifiedEstimate
from engine.protocol import EngineError

NAMES = ["deforestation", "forest gain", "stable forest", "stable non-forest"]
PAPER_SAMPLE = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]]).T
"""Table 8, turned: our rows are the reference's classes."""
PAPER_PX = np.array([200_000, 150_000, 3_200_000, 6_450_000])


@pytest.fixture
def paper():
    return StratifiedEstimate.of(PAPER_SAMPLE, PAPER_PX, 30.0 * 30.0)


def rounded(figures, digits=2):
    return [(round(figure.value, digits), round(figure.margin, digits)) for figure in figures]


def test_worked_example_of_the_paper(paper):
    """Section 5.2 and table 9. The margins of producer's accuracy are those of the paper's equation (7): it
    prints 0.23 for forest gain and 0.01 for stable non-forest, where its own equation gives 0.254 and
    0.018.
    """
    assert rounded([paper.overall_accuracy]) == [(0.95, 0.02)]
    assert rounded(paper.users_accuracy) == [(0.88, 0.07), (0.73, 0.10), (0.93, 0.04), (0.96, 0.02)]
    assert rounded(paper.producers_accuracy) == [(0.75, 0.21), (0.85, 0.25), (0.93, 0.03), (0.96, 0.02)]
    assert rounded(paper.class_area_ha, 0) == [
        (21_158, 6_158),
        (11_686, 3_756),
        (285_770, 15_510),
        (581_386, 16_282),
    ]
    assert round(10_000_000 * paper.class_share[0].value) == 235_086
    assert np.round(np.transpose(paper.error_matrix), 4).tolist() == [
        [0.0176, 0, 0.0013, 0.0011],
        [0, 0.0110, 0.0016, 0.0024],
        [0.0019, 0, 0.2967, 0.0213],
        [0.0040, 0.0020, 0.0179, 0.6212],
    ]
    assert paper.points_on_class == (75, 75, 165, 325) and paper.points == (69, 56, 175, 340)
    assert paper.mapped_share == pytest.approx((0.02, 0.015, 0.32, 0.645))


def ratio_error(hit_HK, of_HK, weights_H, points_H):
    """Standard error of the ratio of two totals from a stratified sample, by linearisation, point by point
    (Stehman 2014, (28)): ``hit_HK`` and ``of_HK`` hold a number of each point.
    """
    totals = [sum(w * np.mean(x) for w, x in zip(weights_H, part)) for part in (hit_HK, of_HK)]
    ratio = totals[0] / totals[1]
    variance = 0.0
    for hit, of, weight, points in zip(hit_HK, of_HK, weights_H, points_H):
        variance += weight**2 * np.var(np.asarray(hit) - ratio * np.asarray(of), ddof=1) / points
    return ratio, math.sqrt(variance) / totals[1]


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_the_general_estimators_of_stehman(seed):
    """For strata that are the map's classes they are the same; here from the single points, not from a
    matrix.
    """
    rng = np.random.default_rng(seed)
    classes = int(rng.integers(2, 7))
    sample_KK = rng.integers(0, 9, (classes, classes)) + 20 * np.eye(classes, dtype=int)
    mapped_K = rng.integers(1000, 100_000, classes)
    estimate = StratifiedEstimate.of(sample_KK, mapped_K)
    weights_K, points_K = mapped_K / mapped_K.sum(), sample_KK.sum(axis=0)
    reference = [np.repeat(np.arange(classes), sample_KK[:, stratum]) for stratum in range(classes)]
    everywhere = [np.ones(len(points)) for points in reference]
    for at in range(classes):
        is_class = [(points == at).astype(float) for points in reference]
        hit = [is_at if stratum == at else np.zeros(len(is_at)) for stratum, is_at in enumerate(is_class)]
        mapped = [np.full(len(points), float(stratum == at)) for stratum, points in enumerate(reference)]
        for figure, parts in (
            (estimate.producers_accuracy[at], (hit, is_class)),
            (estimate.users_accuracy[at], (hit, mapped)),
            (estimate.class_share[at], (is_class, everywhere)),
        ):
            value, error = ratio_error(*parts, weights_K, points_K)
            assert (figure.value, figure.standard_error) == pytest.approx((value, error))
    right = [(points == stratum).astype(float) for stratum, points in enumerate(reference)]
    overall = estimate.overall_accuracy
    assert (overall.value, overall.standard_error) == pytest.approx(
        ratio_error(right, everywhere, weights_K, points_K)
    )


def test_a_sample_in_proportion_has_the_plain_figures():
    """Points that all stand for as many pixels: nothing is adjusted."""
    sample_KK = np.array([[30, 4], [6, 60]])
    estimate = StratifiedEstimate.of(sample_KK, 1000 * sample_KK.sum(axis=0))
    assert np.array(estimate.error_matrix) == pytest.approx(sample_KK / 100)
    assert estimate.f1 == pytest.approx((60 / 70, 120 / 130))
    assert estimate.overall_accuracy.value == pytest.approx(0.9)


def test_permuting_classes_permutes_the_figures(paper):
    order = [2, 0, 3, 1]
    permuted = StratifiedEstimate.of(PAPER_SAMPLE[np.ix_(order, order)], PAPER_PX[order], 900.0)
    assert permuted.overall_accuracy.standard_error == pytest.approx(paper.overall_accuracy.standard_error)
    for name in ("users_accuracy", "producers_accuracy", "class_share", "class_area_ha"):
        for at, figure in zip(order, getattr(permuted, name)):
            assert list(vars(figure).values()) == pytest.approx(list(vars(getattr(paper, name)[at]).values()))
    assert permuted.f1 == pytest.approx([paper.f1[at] for at in order])


@pytest.mark.parametrize(
    ("points_K", "least", "mean"), [((150, 150, 300), 0.91, 0.936), ((6000, 6000, 12_000), 0.935, 0.95)]
)
def test_intervals_cover_the_truth_about_as_often_as_they_say(points_K, least, mean):
    """2000 samples of a map whose errors are known: of overall accuracy, areas, user's and producer's
    accuracy.
    """
    rng = np.random.default_rng(3)
    mapped_K = np.array([80_000, 250_000, 670_000])
    given_map_KK = np.array([[0.85, 0.04, 0.02], [0.10, 0.90, 0.05], [0.05, 0.06, 0.93]])
    truth_KK = given_map_KK * mapped_K / mapped_K.sum()
    truth = {
        "class_share": truth_KK.sum(axis=1),
        "users_accuracy": np.diagonal(given_map_KK),
        "producers_accuracy": np.diagonal(truth_KK) / truth_KK.sum(axis=1),
    }
    covered, overall = {name: np.zeros(3) for name in truth}, 0
    for _ in range(2000):
        estimate = StratifiedEstimate.of(
            np.stack([rng.multinomial(n, p) for n, p in zip(points_K, given_map_KK.T)], axis=1), mapped_K
        )
        overall += estimate.overall_accuracy.low <= np.trace(truth_KK) <= estimate.overall_accuracy.high
        for name, true_K in truth.items():
            covered[name] += [
                figure.low <= true <= figure.high for figure, true in zip(getattr(estimate, name), true_K)
            ]
    shares = np.array([overall, *np.concatenate(list(covered.values()))]) / 2000
    assert ((shares > least) & (shares < 0.97)).all(), shares
    assert shares.mean() == pytest.approx(mean, abs=0.008)


def test_classes_that_only_one_side_has():
    """The second class is nowhere in the map, the third one nowhere in the reference; the fourth is on
    neither side.
    """
    sample_KK = np.array([[40, 0, 5, 0], [10, 0, 5, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    estimate = StratifiedEstimate.of(sample_KK, np.array([900, 0, 100, 0]))
    assert [figure and figure.value for figure in estimate.users_accuracy] == [0.8, None, 0.0, None]
    assert [figure and figure.value for figure in estimate.producers_accuracy] == [
        pytest.approx(0.72 / 0.77),
        0.0,
        None,
        None,
    ]
    assert estimate.f1 == (pytest.approx(1.44 / 1.67), 0.0, 0.0, None)
    assert [share.value for share in estimate.class_share] == pytest.approx([0.77, 0.23, 0, 0])
    assert estimate.class_area_ha == (None,) * 4


def test_intervals_end_where_figures_do():
    estimate = StratifiedEstimate.of(np.array([[3, 0], [1, 4]]), np.array([100, 100]), 10_000.0)
    assert estimate.users_accuracy[0].low > 0 and estimate.users_accuracy[0].high == 1.0
    assert estimate.users_accuracy[0].margin == pytest.approx(1.96 * math.sqrt(0.75 * 0.25 / 3))
    assert estimate.users_accuracy[1].low == estimate.users_accuracy[1].high == 1.0
    assert [figure.high for figure in estimate.class_area_ha] == pytest.approx(
        [200 * f.high for f in estimate.class_share]
    )


@pytest.mark.parametrize("points", [0, 1])
def test_a_stratum_with_too_few_points_is_named(points):
    sample_KK = np.array([[8, 0, points], [0, 9, 0], [0, 0, 0]])
    with pytest.raises(
        EngineError, match=rf"has wood \({points} on 70 px\).* need 2 .*join classes"
    ) as refused:
        StratifiedEstimate.of(sample_KK, np.array([50, 60, 70]), names=["water", "land", "wood"])
    assert refused.value.code == "too_few_points"
    with pytest.raises(EngineError, match="class 3 of 3"):
        StratifiedEstimate.of(sample_KK, np.array([50, 60, 70]))


def test_a_stratum_of_one_pixel_is_known_by_one_point():
    estimate = StratifiedEstimate.of(np.array([[9, 1], [1, 0]]), np.array([99, 1]))
    assert estimate.users_accuracy[1].value == estimate.users_accuracy[1].standard_error == 0.0
    assert estimate.overall_accuracy.value == pytest.approx(0.891)


def test_as_dict_is_strict_json_and_explains_every_figure(paper):
    values = json.loads(json.dumps(paper.as_dict(NAMES), allow_nan=False))
    assert values["points"] == 640 and values["classes"][0]["name"] == "deforestation"
    area = values["classes"][0]["class_area_ha"]
    assert area["estimate"] == pytest.approx(21_157.76, abs=0.01)
    assert area["interval"] == pytest.approx([21_157.76 - 6157.65, 21_157.76 + 6157.65], abs=0.02)
    explained = {*ESTIMATE_DEFINITIONS, *DEFINITIONS, "name", "classes", "estimate"}
    assert {*values, *values["classes"][0], *area} <= explained
    assert not set(ESTIMATE_DEFINITIONS) & set(DEFINITIONS), "one page may hold both"
    assert StratifiedEstimate.of(PAPER_SAMPLE, PAPER_PX).as_dict(NAMES)["classes"][0]["class_area_ha"] is None
