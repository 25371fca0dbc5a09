"""Probability metrics of a map: ROC curves, accuracy against threshold, and calibration.

All of them come from the counts of `probability_counts.ProbabilityCounts`, in whole numbers up to the last
division: figures of whole per cent are exact.

Legend: K classes of the map; B levels of probability, where level b is the probability b / (B - 1); T
thresholds; M groups; 2: first wrong (or another class), then right (or the class).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .probability_counts import ProbabilityCounts

PROBABILITY_DEFINITIONS = {
    "auc": "Area under the ROC curve: the probability that a pixel of the class gets a higher probability "
    "of it than a pixel of another class, with equal ones counted half; 1 is perfect, 0.5 no better than "
    "chance.",
    "mean_auc": "Plain mean of the area under the ROC curve, each class against all others, over the "
    "classes that have one; every class weighs the same.",
    "roc": "For each threshold: the false positive rate, the true positive rate and the accuracy, if "
    "exactly the pixels with at least this probability are taken as the class. The threshold null takes "
    "none.",
    "true_positive_rate": "Of the reference pixels of the class, the share that is taken as the class.",
    "false_positive_rate": "Of the reference pixels of other classes, the share that is taken as the class.",
    "accuracy": "Share of all pixels rightly taken as the class or rightly not.",
    "accuracy_at_half": "Accuracy where a probability of at least 0.5 is taken as the class.",
    "best_accuracy": "Highest accuracy at any threshold.",
    "best_accuracy_threshold": "The threshold of the best accuracy, of several the one nearest to 0.5; "
    "null where no pixel should be taken as the class.",
    "calibration": "Pixels grouped by probability into equal steps, empty ones left out: their mean "
    "probability and the share that is right. For the whole map, the probability is that of the most "
    "probable class; per class, it is the class's own probability. If both are equal in all groups, the "
    "probabilities can be trusted.",
    "mean_probability": "Mean of the probability that the pixels' most probable class (per class: the "
    "class) has.",
    "share_right": "Share of the pixels whose most probable class is their class in the reference (per "
    "class: the pixels that are the class). If the mean probability is higher, the model is too sure; if "
    "it is lower, the model is not sure enough.",
    "expected_calibration_error": "Mean difference between mean probability and share right over the "
    "groups, weighted by their pixels; 0 is perfect.",
}
"""The meaning of each figure, in one or two sentences; reports and JSON files quote it."""

_ROC_FIGURES = ("auc", "accuracy_at_half", "best_accuracy", "best_accuracy_threshold")


class RocPoint(NamedTuple):
    """The rates if exactly the pixels with at least the probability ``threshold`` are taken as the class."""

    threshold: float
    false_positive_rate: float
    true_positive_rate: float
    accuracy: float


@dataclass(frozen=True)
class Roc:
    """The ROC curve of one class against all others.

    Points run from the threshold that takes no pixel (infinite) down to 0, which takes all. Source: Fawcett
    2006, "An introduction to ROC analysis".
    """

    positives: int
    auc: float
    accuracy_at_half: float
    best_accuracy: float
    best_accuracy_threshold: float
    """Infinite if the most pixels are right when none is taken as the class."""
    points: tuple[RocPoint, ...]

    @classmethod
    def of(cls, counts_2B: NDArray[np.int64]) -> Roc | None:
        """The curve from the numbers of pixels of other classes and of the class; None if either has none.

        The area under the curve, by trapezoids, is the Mann-Whitney statistic with ties counted half; it is
        summed in whole numbers.
        """
        negatives, positives = (int(n) for n in counts_2B.sum(axis=1))
        if not negatives or not positives:
            return None
        false_T, true_T = np.hstack([np.zeros((2, 1), np.int64), counts_2B[:, ::-1].cumsum(axis=1)])
        accuracy_T = (true_T + negatives - false_T) / (positives + negatives)
        steps = counts_2B.shape[1] - 1
        thresholds = (math.inf, *(level / steps for level in range(steps, -1, -1)))
        columns = (
            thresholds,
            (false_T / negatives).tolist(),
            (true_T / positives).tolist(),
            accuracy_T.tolist(),
        )
        points = tuple(map(RocPoint, *columns))
        sides, widths = (true_T[:-1] + true_T[1:]).tolist(), np.diff(false_T).tolist()
        best = max(points, key=lambda point: (point.accuracy, -abs(point.threshold - 0.5)))
        return cls(
            positives=positives,
            auc=sum(side * width for side, width in zip(sides, widths)) / (2 * positives * negatives),
            accuracy_at_half=next(point.accuracy for point in reversed(points) if point.threshold >= 0.5),
            best_accuracy=best.accuracy,
            best_accuracy_threshold=best.threshold,
            points=points,
        )

    def thinned(self, most: int = 200) -> Roc:
        """The same curve with at most ``most`` points, spread evenly along it and along the thresholds."""
        if len(self.points) <= most:
            return self
        distance = [
            point.false_positive_rate + point.true_positive_rate + 1 - min(point.threshold, 1.0)
            for point in self.points
        ]
        # The second point is the highest finite threshold: where the line of accuracy begins.
        kept = np.unique([1, *np.searchsorted(distance, np.linspace(0.0, distance[-1], most - 1))])
        return dataclasses.replace(self, points=tuple(self.points[at] for at in kept))

    def as_dict(self) -> dict[str, Any]:
        columns = zip(RocPoint._fields, zip(*self.thinned().points))
        return {
            **{name: _finite(getattr(self, name)) for name in _ROC_FIGURES},
            "roc": {name: [_finite(round(value, 6)) for value in values] for name, values in columns},
        }


class Group(NamedTuple):
    """Pixels of similar probability: above ``low`` (the first group with it) and up to ``high``."""

    low: float
    high: float
    pixels: int
    mean_probability: float
    share_right: float


@dataclass(frozen=True)
class Calibration:
    """The calibration of probabilities: a reliability diagram and the expected calibration error.

    Source: Guo et al. 2017, "On calibration of modern neural networks", section 2.
    """

    pixels: int
    mean_probability: float
    share_right: float
    expected_calibration_error: float
    groups: tuple[Group, ...]
    """The groups that have pixels."""

    @classmethod
    def of(cls, counts_2B: NDArray[np.int64], bins: int = 10) -> Calibration:
        """The calibration from the counts of one pixel or more (wrong, right), in ``bins`` equal groups."""
        steps = counts_2B.shape[1] - 1
        levels_B = np.arange(steps + 1)
        group_B = np.maximum(-(-levels_B * bins // steps) - 1, 0)
        pixels_B = counts_2B.sum(axis=0)
        sums_3M = np.zeros((3, bins), np.int64)
        for sums_M, values_B in zip(sums_3M, (pixels_B, counts_2B[1], pixels_B * levels_B)):
            np.add.at(sums_M, group_B, values_B)
        pixels, right, level = sums_3M.sum(axis=1).tolist()
        gaps = np.abs(sums_3M[2] - steps * sums_3M[1])
        return cls(
            pixels=pixels,
            mean_probability=level / (steps * pixels),
            share_right=right / pixels,
            expected_calibration_error=int(gaps.sum()) / (steps * pixels),
            groups=tuple(
                Group(
                    number / bins, (number + 1) / bins, some, some_level / (steps * some), some_right / some
                )
                for number, (some, some_right, some_level) in enumerate(sums_3M.T.tolist())
                if some
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        names = ("mean_probability", "share_right", "expected_calibration_error")
        figures = {name: getattr(self, name) for name in names}
        return {**figures, "calibration": [group._asdict() for group in self.groups]}


@dataclass(frozen=True)
class ProbabilityMetrics:
    """Probability metrics of a map. Tuples have one entry per class of the map.

    A class that no counted pixel or every counted pixel belongs to has no ROC curve. ``mean_auc`` is None
    where no class has one.
    """

    pixels: int
    mean_auc: float | None
    top: Calibration
    """The calibration of the most probable class."""
    roc: tuple[Roc | None, ...]
    calibration: tuple[Calibration, ...]

    @classmethod
    def of(cls, counts: ProbabilityCounts, bins: int = 10) -> ProbabilityMetrics:
        """The figures of ``counts``, which has at least one pixel."""
        roc = tuple(map(Roc.of, counts.counts_K2B))
        areas = [one.auc for one in roc if one]
        return cls(
            pixels=counts.pixels,
            mean_auc=math.fsum(areas) / len(areas) if areas else None,
            top=Calibration.of(counts.top_2B, bins),
            roc=roc,
            calibration=tuple(Calibration.of(counts_2B, bins) for counts_2B in counts.counts_K2B),
        )

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The figures for a JSON file: plain numbers, classes by name, infinite thresholds as None."""
        assert len(class_names) == len(self.roc)  # nosec B101 (names and figures are of the same classes)
        absent = dict.fromkeys((*_ROC_FIGURES, "roc"))
        classes = [
            {"name": name, **(roc.as_dict() if roc else absent), **calibration.as_dict()}
            for name, roc, calibration in zip(class_names, self.roc, self.calibration)
        ]
        return {"pixels": self.pixels, "mean_auc": self.mean_auc, **self.top.as_dict(), "classes": classes}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
