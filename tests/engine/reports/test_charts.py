"""Charts: round ticks that enclose the data, and points inside the frame."""

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.core.legend import LegendClass, default_color
from engine.metrics.probability import ProbabilityMetrics
from engine.metrics.probability_counts import ProbabilityCounts
from engine.reports import probability_charts
from engine.reports.charts import Series, epoch_chart, nice_ticks, unit_chart
from engine.reports.html import environment


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.13, 0.58, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
        (1, 24, [0, 5, 10, 15, 20, 25]),
        (0.5, 0.5, [0.5, 0.52]),
        (0.0, 0.0, [0, 0.02]),
    ],
)
def test_nice_ticks(low, high, ticks):
    assert nice_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize("scale", [1e-7, 0.37, 4321.0])
def test_ticks_enclose_what_they_measure(scale):
    ticks = nice_ticks(0.21 * scale, 1.93 * scale)
    assert ticks[0] <= 0.21 * scale and ticks[-1] >= 1.93 * scale and 4 <= len(ticks) <= 9


@pytest.mark.parametrize("epochs", [[1], [1, 2], list(range(1, 400))])
def test_every_point_lies_in_the_frame(epochs):
    values = [1 / n for n in epochs]
    chart = epoch_chart(
        "Loss", epochs, {"training": values, "validation": [v + 0.1 for v in values]}, epochs[-1]
    )
    assert [line.name for line in chart.lines] == ["training", "validation"]
    for line in chart.lines:
        points = [tuple(map(float, point.split(","))) for point in line.points.split()]
        assert len(points) == len(epochs) and points[-1] == line.best
        assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in points)
    assert chart.x_ticks and all(chart.left <= tick.at <= chart.right for tick in chart.x_ticks)
    assert chart.lines[0].best_value == values[-1] and chart.lines[0].best[1] > chart.lines[1].best[1]


def test_the_marked_epoch_is_one_that_ran():
    with pytest.raises(AssertionError):
        epoch_chart("Loss", [1, 2], {"training": [1.0, 0.5]}, 3)


BLUE, CYAN, YELLOW, WHITE, RED = (0, 0, 255), (0, 255, 255), (255, 255, 0), (255, 255, 255), (255, 0, 0)


def points_of(curve):
    return [tuple(map(float, point.split(","))) for point in curve.points.split()]


def test_unit_chart_is_a_square_from_0_to_1():
    chart = unit_chart(
        "ROC", "false", "true", [Series("a", "", BLUE, [0, 0.25, 1], [0, 1, 1])], diagonal=True
    )
    assert chart.right - chart.left == chart.bottom - chart.top
    quarter = chart.left + (chart.right - chart.left) / 4
    corners = [(chart.left, chart.bottom), (quarter, chart.top), (chart.right, chart.top)]
    assert points_of(chart.curves[0]) == corners and chart.diagonal
    for ticks in (chart.x_ticks, chart.y_ticks):
        assert [tick.text for tick in ticks] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert (chart.x_ticks[0].at, chart.y_ticks[0].at) == (chart.left, chart.bottom)
    assert (chart.x_ticks[-1].at, chart.y_ticks[-1].at) == (chart.right, chart.top)


def test_tags_of_lines_one_over_another_lie_apart():
    """The worst case: twelve perfect classes, all along the left and upper edge."""
    chart = unit_chart("ROC", "", "", [Series(str(n), "", BLUE, [0, 0, 1], [0, 1, 1]) for n in range(12)])
    tags = [curve.tag for curve in chart.curves]
    assert all(abs(x - chart.left) < 0.1 or abs(y - chart.top) < 0.1 for x, y in tags), (
        "each lies on its line"
    )
    assert min(math.dist(one, other) for one, other in zip(tags, tags[1:])) > 20


def test_dots_tell_pixels_by_their_area():
    chart = unit_chart("R", "", "", [Series("a", "", BLUE, [0.1, 0.5, 0.9], [0.2, 0.5, 0.8], [100, 25, 0])])
    (*_, one), (*_, quarter), (*_, none) = chart.curves[0].dots
    assert one == 2 * quarter and 0 < none < quarter
    assert unit_chart("R", "", "", [Series("a", "", BLUE, [0.3], [0.4])]).curves[0].dots == ()


def test_a_line_of_one_point_has_its_tag_there():
    curve = unit_chart("R", "", "", [Series("a", "", BLUE, [0.3], [0.4], [7])]).curves[0]
    assert [curve.tag] == points_of(curve) and curve.dots[0][:2] == curve.tag


@pytest.mark.parametrize(
    ("color", "pale"),
    [(WHITE, True), (CYAN, True), (YELLOW, True), (BLUE, False), (RED, False), ((0, 0, 0), False)],
)
def test_pale_lines_are_outlined(color, pale):
    assert unit_chart("R", "", "", [Series("a", "", color, [0, 1], [0, 1])]).curves[0].pale is pale


def scores_of(classes, pixels=4000):
    rng = np.random.default_rng(classes)
    logits = rng.normal(0, 2, (classes, 1, pixels))
    shares = np.exp(logits) / np.exp(logits).sum(axis=0)
    reference = (rng.random((1, pixels)) > shares.cumsum(axis=0)).sum(axis=0).astype(np.uint8)
    counts = ProbabilityCounts(classes)
    counts.add(reference, np.rint(100 * shares).astype(np.uint8))
    return ProbabilityMetrics.of(counts)


def legend(count):
    return [LegendClass(n, f"class <{n}>", default_color(n)) for n in range(count)]


def test_charts_of_scores_show_their_figures():
    scores = scores_of(3)
    roc, accuracy, reliability = (
        chart(scores, legend(3))
        for chart in (
            probability_charts.roc_chart,
            probability_charts.accuracy_chart,
            probability_charts.class_reliability_chart,
        )
    )
    assert [curve.name for curve in roc.curves] == [
        "class <0>",
        "class <1>",
        "class <2>",
    ] and roc.left_out == 0
    assert roc.curves[1].note == f"AUC {scores.roc[1].auc:.3f}" and roc.curves[1].color == "#0072b2"
    first, last = points_of(roc.curves[0])[0], points_of(roc.curves[0])[-1]
    assert first == (roc.left, roc.bottom) and last == (roc.right, roc.top)
    assert (
        points_of(accuracy.curves[0])[0][0] == accuracy.right
        and points_of(accuracy.curves[0])[-1][0] == accuracy.left
    )
    assert f"best {scores.roc[0].best_accuracy:.3f}" in accuracy.curves[0].note and not accuracy.diagonal
    assert [dot[:2] for dot in reliability.curves[2].dots] == points_of(
        reliability.curves[2]
    ) and reliability.diagonal
    top = probability_charts.reliability_chart(scores).curves[0]
    assert len(top.dots) > 5 and f"{scores.top.expected_calibration_error:.3f}" in top.note


@pytest.mark.parametrize(("pixels", "dots"), [([24, 500], 1), ([25, 500], 2), ([1, 2], 1), ([3, 3], 2)])
def test_lines_of_reliability_pass_by_groups_of_few_pixels(pixels, dots):
    counts = ProbabilityCounts(2)
    for percent, number in zip((30, 90), pixels):
        counts.add(np.zeros((1, number), np.uint8), np.full((2, 1, number), percent, np.uint8))
    assert len(probability_charts.reliability_chart(ProbabilityMetrics.of(counts)).curves[0].dots) == dots


def test_charts_of_many_classes_show_the_most_frequent_ones():
    scores = scores_of(15)
    chart = probability_charts.roc_chart(scores, legend(15))
    rarest = sorted(range(15), key=lambda k: scores.roc[k].positives)[:3]
    assert chart.left_out == 3 and [curve.name for curve in chart.curves] == [
        f"class <{k}>" for k in range(15) if k not in rarest
    ]


def test_drawn_chart_is_well_formed_and_can_be_read_without_seeing_it():
    macro = environment().from_string('{% import "macros.html" as m %}{{ m.unit_chart(chart) }}')
    text = macro.render(chart=probability_charts.roc_chart(scores_of(15), legend(15)))
    figure = ElementTree.fromstring(text.replace("&ensp;", " "))
    drawing = figure.find("svg")
    told = drawing.get("aria-label")
    assert drawing.get("role") == "img" and told.startswith(
        "ROC curves: true positive rate against false positive rate"
    )
    assert (
        "3 more" in figure.find("figcaption").text and told.count("AUC 0.") == 12 and "class <1>: AUC" in told
    )
    tags = [text.text for text in drawing.findall("text")][-12:]
    entries = ["".join(entry.itertext()) for entry in figure.find("ul")]
    assert tags == [str(n) for n in range(1, 13)] and all(
        entry.startswith(f"{tag} ") for tag, entry in zip(tags, entries)
    )
