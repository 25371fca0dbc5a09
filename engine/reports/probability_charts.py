"""Charts of a map's probabilities: ROC curves, accuracy against threshold, and reliability."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.legend import LegendClass
from ..metrics.probability import Calibration, ProbabilityMetrics, Roc
from .charts import Series, UnitChart, unit_chart

_MOST_CURVES = 12
_TOP_COLOR = (31, 95, 153)
_LEAST_PX = 25
"""The fewest pixels of a group that a line goes through: its share's standard error is at most 0.1."""


def roc_chart(metrics: ProbabilityMetrics, classes: Sequence[LegendClass]) -> UnitChart:
    """True against false positive rate: a line per class of the map, with the area under it."""
    shown, left_out = _shown(metrics)
    series = []
    for at, roc in shown.items():
        points = roc.thinned().points
        xs, ys = [p.false_positive_rate for p in points], [p.true_positive_rate for p in points]
        series.append(Series(classes[at].name, f"AUC {roc.auc:.3f}", classes[at].color, xs, ys))
    return unit_chart("ROC curves", "false positive rate", "true positive rate", series, True, left_out)


def accuracy_chart(metrics: ProbabilityMetrics, classes: Sequence[LegendClass]) -> UnitChart:
    """Accuracy against the least probability at which a pixel is taken as the class: a line per class."""
    shown, left_out = _shown(metrics)
    series = []
    for at, roc in shown.items():
        points = [p for p in roc.thinned().points if p.threshold <= 1]
        xs, ys = [p.threshold for p in points], [p.accuracy for p in points]
        best = (
            f"at {roc.best_accuracy_threshold:.2f}"
            if roc.best_accuracy_threshold <= 1
            else "where no pixel is taken"
        )
        note = f"{roc.accuracy_at_half:.3f} at 0.5, best {roc.best_accuracy:.3f} {best}"
        series.append(Series(classes[at].name, note, classes[at].color, xs, ys))
    return unit_chart(
        "Accuracy against threshold", "threshold", "accuracy of class or not", series, left_out=left_out
    )


def reliability_chart(metrics: ProbabilityMetrics) -> UnitChart:
    """Share of right pixels against the probability of the most probable class; dots grow with the pixels."""
    series = [_reliability("most probable class", _TOP_COLOR, metrics.top)]
    return unit_chart(
        "Reliability", "probability of the most probable class", "share that is right", series, True
    )


def class_reliability_chart(metrics: ProbabilityMetrics, classes: Sequence[LegendClass]) -> UnitChart:
    """Share of pixels that are the class against its probability: a line per class."""
    shown, left_out = _shown(metrics)
    series = [_reliability(classes[at].name, classes[at].color, metrics.calibration[at]) for at in shown]
    return unit_chart(
        "Reliability per class", "probability of the class", "share that is the class", series, True, left_out
    )


def _shown(metrics: ProbabilityMetrics) -> tuple[dict[int, Roc], int]:
    """The classes with a ROC curve, at most the twelve most frequent ones, and the number left out."""
    curves = {at: roc for at, roc in enumerate(metrics.roc) if roc}
    frequent = sorted(curves, key=lambda at: -curves[at].positives)[:_MOST_CURVES]
    return {at: curves[at] for at in sorted(frequent)}, len(curves) - len(frequent)


def _reliability(name: str, color: tuple[int, int, int], calibration: Calibration) -> Series:
    least = min(_LEAST_PX, max(group.pixels for group in calibration.groups))
    groups = [group for group in calibration.groups if group.pixels >= least]
    xs, ys = [group.mean_probability for group in groups], [group.share_right for group in groups]
    note = f"calibration error {calibration.expected_calibration_error:.3f}"
    return Series(name, note, color, xs, ys, [group.pixels for group in groups])
