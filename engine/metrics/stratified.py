"""Figures of a whole map, estimated from a stratified random sample of its pixels.

The strata are the map's classes. A sample counts some classes more often than the map holds them, so its
plain figures are not the map's: each stratum is weighed by its share of the map (Olofsson et al. 2014, Remote
Sensing of Environment 148, 42-57; equations by their numbers there; Stehman 2014; Cochran 1977, chapter 5).

Legend: K classes; rows of matrices are reference classes, columns are the map's, as in `metrics` (the paper
has them the other way round).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from ..protocol import EngineError, joined, message

FEWEST_POINTS = 2
"""The fewest points in a stratum: one point says nothing about the spread."""
_WIDTH = 1.96
"""Standard errors to each side of an estimate in its 95 % confidence interval, rounded as in the paper."""
_M2_PER_HA = 10_000

ESTIMATE_DEFINITIONS = {
    "error_matrix": "Estimated shares of the map's pixels by reference class (rows) and map class "
    "(columns); they sum to 1.",
    "users_accuracy": "Of the pixels mapped as the class, the estimated share that is this class on the "
    "ground.",
    "producers_accuracy": "Of the pixels that are the class on the ground, the estimated share that is "
    "mapped as this class.",
    "class_share": "Estimated share of the map that is the class on the ground, corrected for the map's "
    "errors.",
    "class_area_ha": "The class share in hectares, with all pixels as large as the one at the centre; null "
    "for a map without CRS.",
    "mapped_share": "Share of the map's pixels that are mapped as the class: the weight of its stratum.",
    "points": "Reference points: in all, or those that are the class on the ground.",
    "points_on_class": "Reference points where the map has the class.",
    "standard_error": "Standard deviation of the estimate over all samples that could have been drawn in "
    "the same way; 0 where all points agree, which means few points rather than a map without errors.",
    "interval": f"Estimate plus and minus {_WIDTH} standard errors: some 95 % of such intervals hold the "
    "true figure, a little less with few points. Cut at 0 and at 1, or at the whole map's area.",
}
"""The meaning of each figure, in a sentence or two."""


@dataclass(frozen=True)
class EstimatedFigure:
    """A figure with its standard error; ``low`` and ``high`` bound its 95 % confidence interval.

    In the tests' simulation the interval covers the truth in 94 % of the samples with 150 points in each
    class, and in 95 % with many points.
    """

    value: float
    standard_error: float
    low: float
    high: float

    @classmethod
    def of(cls, share: float, variance: float) -> EstimatedFigure:
        """A figure from 0 to 1 with its ``variance``; the ends of its interval are cut to 0 and 1."""
        error = math.sqrt(variance)
        return cls(share, error, max(0.0, share - _WIDTH * error), min(1.0, share + _WIDTH * error))

    def times(self, factor: float) -> EstimatedFigure:
        """The figure in another unit, which is ``factor`` times as many."""
        return EstimatedFigure(
            *(factor * part for part in (self.value, self.standard_error, self.low, self.high))
        )

    @property
    def margin(self) -> float:
        """Half the width of the interval before it is cut to 0 and 1: the number after "plus or minus"."""
        return _WIDTH * self.standard_error

    def as_dict(self) -> dict[str, Any]:
        """The figure, its standard error and its interval for a JSON file."""
        return {
            "estimate": self.value,
            "standard_error": self.standard_error,
            "interval": [self.low, self.high],
        }


@dataclass(frozen=True)
class StratifiedEstimate:
    """Figures of a map from a stratified sample of its pixels. Tuples have one entry per class.

    ``users_accuracy`` is None where the map lacks the class, ``producers_accuracy`` where no point of the
    reference has it, ``f1`` where both are missing. ``class_area_ha`` is None where the size of a pixel is
    unknown.
    """

    error_matrix: tuple[tuple[float, ...], ...]
    overall_accuracy: EstimatedFigure
    users_accuracy: tuple[EstimatedFigure | None, ...]
    producers_accuracy: tuple[EstimatedFigure | None, ...]
    f1: tuple[float | None, ...]
    class_share: tuple[EstimatedFigure, ...]
    class_area_ha: tuple[EstimatedFigure | None, ...]
    mapped_share: tuple[float, ...]
    points: tuple[int, ...]
    """Points of each class of the reference."""
    points_on_class: tuple[int, ...]
    """Points on each class of the map."""

    @classmethod
    def of(
        cls,
        sample_KK: NDArray[Any],
        mapped_px_K: NDArray[Any],
        pixel_area_m2: float | None = None,
        names: Sequence[str] = (),
    ) -> StratifiedEstimate:
        """The estimate from counts of points, and of the pixels that the map gives each class.

        ``mapped_px_K`` is 0 for classes that only the reference has. Variances are those of sampling with
        replacement, a little too large for small strata. ``names`` of the classes are for errors: raises
        `EngineError` for a stratum with fewer than two points, unless they are all its pixels.
        """
        points_KK, mapped_K = np.asarray(sample_KK, np.float64), np.asarray(mapped_px_K, np.float64)
        classes = len(mapped_K)
        assert points_KK.shape == (classes, classes) and mapped_K.any()  # nosec B101 (one pass counts both)
        # A point counts for the class that the map has there.
        assert not points_KK[:, mapped_K == 0].any()  # nosec B101
        points_K = points_KK.sum(axis=0)
        _require_points(points_K, mapped_K, names)
        weights_K = mapped_K / mapped_K.sum()
        within_KK = points_KK / np.maximum(points_K, 1)
        shares_KK = weights_K * within_KK  # (4)
        variances_KK = weights_K**2 * within_KK * (1 - within_KK) / np.maximum(points_K - 1, 1)
        hits_K, hit_variances_K = np.diagonal(shares_KK), np.diagonal(variances_KK)
        users, producers = _accuracies(shares_KK, variances_KK, weights_K)
        share_K, share_variances_K = shares_KK.sum(axis=1), variances_KK.sum(axis=1)  # (9), (10)
        shares = tuple(map(EstimatedFigure.of, share_K.tolist(), share_variances_K.tolist()))
        total_ha = None if pixel_area_m2 is None else float(mapped_K.sum()) * pixel_area_m2 / _M2_PER_HA
        return cls(
            error_matrix=tuple(map(tuple, shares_KK.tolist())),
            # (1), (5)
            overall_accuracy=EstimatedFigure.of(float(hits_K.sum()), float(hit_variances_K.sum())),
            users_accuracy=users,
            producers_accuracy=producers,
            f1=_f1(hits_K, share_K + weights_K),
            class_share=shares,
            class_area_ha=tuple(
                None if total_ha is None else share.times(total_ha) for share in shares
            ),  # (11), (12)
            mapped_share=tuple(weights_K.tolist()),
            points=tuple(map(int, points_KK.sum(axis=1))),
            points_on_class=tuple(map(int, points_K)),
        )

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The figures for a JSON file: plain numbers, classes by name."""
        assert len(class_names) == len(self.f1)  # nosec B101 (names and figures are of the same classes)
        plain = {
            "f1": self.f1,
            "mapped_share": self.mapped_share,
            "points": self.points,
            "points_on_class": self.points_on_class,
        }
        estimated = ("users_accuracy", "producers_accuracy", "class_share", "class_area_ha")
        columns = {
            name: [figure and figure.as_dict() for figure in getattr(self, name)] for name in estimated
        }
        rows = zip(class_names, *columns.values(), *plain.values())
        return {
            "overall_accuracy": self.overall_accuracy.as_dict(),
            "points": sum(self.points),
            "classes": [dict(zip(("name", *columns, *plain), row)) for row in rows],
            "error_matrix": [list(row) for row in self.error_matrix],
        }


Estimates = tuple[Optional[EstimatedFigure], ...]


def _accuracies(
    shares_KK: NDArray[np.float64], variances_KK: NDArray[np.float64], weights_K: NDArray[np.float64]
) -> tuple[Estimates, Estimates]:
    """User's and producer's accuracy of each class."""
    hits_K, hit_variances_K = np.diagonal(shares_KK), np.diagonal(variances_KK)
    share_K, share_variances_K = shares_KK.sum(axis=1), variances_KK.sum(axis=1)
    with np.errstate(invalid="ignore"):  # 0 / 0
        users = _defined(hits_K / weights_K, hit_variances_K / weights_K**2)  # (2), (6)
        producers_K = hits_K / share_K  # (3)
        missed_K = producers_K**2 * (share_variances_K - hit_variances_K)
        variances_K = ((1 - producers_K) ** 2 * hit_variances_K + missed_K) / share_K**2  # (7)
    return users, _defined(producers_K, variances_K)


def _f1(hits_K: NDArray[np.float64], sums_K: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(2 * hits / total if total else None for hits, total in zip(hits_K.tolist(), sums_K.tolist()))


def _defined(values_K: NDArray[np.float64], variances_K: NDArray[np.float64]) -> Estimates:
    """One estimate per class, None for a value of NaN."""
    both = zip(values_K.tolist(), variances_K.tolist())
    return tuple(
        None if math.isnan(value) else EstimatedFigure.of(value, variance) for value, variance in both
    )


def _require_points(
    points_K: NDArray[np.float64], mapped_K: NDArray[np.float64], names: Sequence[str]
) -> None:
    few = np.flatnonzero(points_K < np.minimum(FEWEST_POINTS, mapped_K)).tolist()
    if few:
        known = names or [
            message("class {number} of {count}", number=at + 1, count=len(mapped_K))
            for at in range(len(mapped_K))
        ]
        strata = [
            message(
                "{name} ({points} on {px:,} px)",
                name=known[at],
                points=int(points_K[at]),
                px=int(mapped_K[at]),
            )
            for at in few
        ]
        held = joined(*strata, separator=", ")
        raise EngineError(
            "too_few_points",
            "Too few points lie where the map has {held}: figures of the whole map need {fewest} on each "
            "of its classes.",
            "Label more points there (Sample points for assessment draws some on every class), or join "
            "classes.",
            held=held,
            fewest=FEWEST_POINTS,
        )
