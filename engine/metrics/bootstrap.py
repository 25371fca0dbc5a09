"""Confidence intervals of accuracy figures where the reference covers the map: a bootstrap over its blocks.

Legend: N blocks; K classes; S samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from ..protocol import figures
from .confusion import margins, rows
from .figures import NamedFigures, Totals, compute

FEWEST_BLOCKS = 10
"""The fewest blocks for an interval: one from fewer blocks says nothing."""
DEFINITION = (
    "Percentile intervals of a spatial block bootstrap: the map's blocks are drawn again and again with "
    "replacement, as many as there are, and the figures are computed for each draw. Whole blocks are "
    "drawn because neighbouring pixels are right or wrong together (Roberts et al. 2017). Null where "
    f"fewer than {FEWEST_BLOCKS} blocks have the figure."
)
Interval = Optional[tuple[float, float]]

_DRAWS = 1 << 22


@dataclass(frozen=True)
class Intervals(NamedFigures):
    """(low, high) of those figures of `Metrics` that have an interval, under the same names.

    ``level`` is the share of the draws that lie within, ``blocks`` the number of blocks with labels. An
    interval is None if the figure is undefined, or if fewer than `FEWEST_BLOCKS` blocks have it: the recall
    of a class depends on the blocks whose reference holds it, its precision on those whose map does.
    """

    level: float
    blocks: int

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The intervals for a JSON file: each is [low, high], classes by name."""
        of_class = {name: [_listed(one) for one in values] for name, values in self.of_class.items()}
        return {
            "level": self.level,
            "blocks": self.blocks,
            **{name: _listed(interval) for name, interval in self.overall.items()},
            "classes": rows({"name": class_names, **of_class}),
        }


def intervals(
    confusion_NKK: NDArray[Any], level: float = 0.95, samples: int = 1000, seed: int = 0
) -> Intervals | None:
    """Confidence intervals of a map's figures from the confusion matrices of its blocks; None if too few.

    Blocks must not overlap, should be of similar size, and must be wider than errors reach; those without
    labels do not count. With 50 blocks or more, a 95 % interval covers about 94 %, with `FEWEST_BLOCKS` about
    90 %, as a simulation in the tests shows.

    Each sample draws N blocks with replacement and takes the figures of the sum of their matrices (Efron
    1979; Hall 1985 for blocks). The interval leaves the same share of the samples on both sides; samples in
    which the figure is undefined do not count. The means run over the classes of the whole reference.
    """
    margins_N3K = margins(confusion_NKK[confusion_NKK.any(axis=(1, 2))])
    blocks = len(margins_N3K)
    if blocks < FEWEST_BLOCKS:
        return None
    present_K = margins_N3K[:, 1].any(axis=0)
    drawn_S3K = np.concatenate(list(_draw(margins_N3K, samples, np.random.default_rng(seed))))
    of_samples, of_blocks = Totals.of(drawn_S3K, present_K), Totals.of(margins_N3K, present_K)
    tails = ((1 - level) / 2, (1 + level) / 2)
    overall = {
        figure.name: _between(compute(figure, of_samples), tails)
        for figure in figures("map")
        if figure.interval
    }
    of_class: dict[str, tuple[Interval, ...]] = {}
    for figure in (one for one in figures("class") if one.interval):
        figure_SK = compute(figure, of_samples)
        known_K = np.count_nonzero(~np.isnan(compute(figure, of_blocks)), axis=0) >= FEWEST_BLOCKS
        of_class[figure.name] = tuple(
            _between(figure_SK[:, k], tails) if known else None for k, known in enumerate(known_K)
        )
    return Intervals(overall, of_class, level=level, blocks=blocks)


def _draw(margins_N3K: NDArray[Any], samples: int, rng: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Sums over N blocks drawn with replacement, in batches of samples that take up to 64 MiB."""
    blocks = len(margins_N3K)
    flat_NM = margins_N3K.reshape(blocks, -1).astype(np.float64)
    step = max(1, _DRAWS // blocks)
    for start in range(0, samples, step):
        times_SN = rng.multinomial(blocks, np.full(blocks, 1 / blocks), size=min(step, samples - start))
        yield (times_SN @ flat_NM).reshape(-1, *margins_N3K.shape[1:])


def _between(figure_S: NDArray[np.float64], tails: tuple[float, float]) -> Interval:
    defined = figure_S[~np.isnan(figure_S)]
    if not defined.size:
        return None
    low, high = np.quantile(defined, tails).tolist()
    return low, high


def _listed(interval: Interval) -> list[float] | None:
    return None if interval is None else list(interval)
