"""The confusion matrix of a map and a reference, and the accuracy figures that follow from it.

It needs numpy alone, because training computes the figures after every epoch.

Legend: K classes; rows of a matrix are reference classes, columns are the map's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.counting import histogram
from ..core.legend import IGNORE, MOST_CLASSES
from ..protocol import figures
from .figures import NamedFigures, Totals, compute

DEFINITIONS = {
    **{figure.name: figure.definition for figure in figures()},
    "pixels": "Pixels with a class in both the reference and the map; only these are counted.",
    "confusion": "Pixel counts; rows are the reference's classes, columns the map's, the diagonal is "
    "correct.",
    "row_normalised": "The confusion matrix with each row divided by its total, so that its diagonal is "
    "the recall.",
}
"""The meaning of each figure, in one or two sentences; reports and JSON files quote it."""

_PIECE_PX = 1 << 20
_MOST_IN_A_BYTE = 15
"""The largest number of classes, with the one of pixels that do not count, whose pairs fit into 8 bits."""


def confusion(reference_ids: NDArray[Any], predicted_ids: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """Count pixels by reference class (rows) and predicted class (columns): int64 KxK.

    Both arrays hold class ids below ``classes``, or `IGNORE` (255) where the pixel does not count.
    """
    return joint_counts(reference_ids, predicted_ids, classes)[:classes, :classes].copy()


def joint_counts(reference_ids: NDArray[Any], predicted_ids: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """`confusion` with one more row and column for pixels that do not count in the reference or in the map.

    The two ids make one small number per pixel, so that one histogram counts all pairs.
    """
    assert reference_ids.shape == predicted_ids.shape  # nosec B101 (both are of one window)
    assert 0 < classes <= MOST_CLASSES  # nosec B101 (users' classes are counted where they are read)
    reference, predicted = (_with_ignored_last(ids, classes) for ids in (reference_ids, predicted_ids))
    side = classes + 1
    kind: Any
    kind, length = (np.uint8, 256) if classes < _MOST_IN_A_BYTE else (np.uint16, side**2)
    counts = np.zeros(length, np.int64)
    for start in range(0, reference.size, _PIECE_PX):
        piece = slice(start, start + _PIECE_PX)
        counts += histogram(reference[piece].astype(kind) * kind(side) + predicted[piece], length)
    return counts[: side**2].reshape(side, side)


def _with_ignored_last(ids: NDArray[Any], classes: int) -> NDArray[np.uint8]:
    """The ids as a flat array; those that do not count become ``classes``, the last index."""
    flat = ids.reshape(-1).astype(np.uint8, copy=False)
    if flat.max(initial=0) < classes:
        return flat
    ignored = flat == IGNORE
    # Ids are made from the classes.
    assert not ((flat >= classes) & ~ignored).any(), "class id beyond the classes"  # nosec B101
    return flat - ignored * np.uint8(IGNORE - classes)  # in arithmetic, which numpy does many bytes at a time


def margins(confusion_KK: NDArray[Any]) -> NDArray[Any]:
    """Diagonal, row sums and column sums of a matrix: 3xK. A stack of matrices keeps its leading axes."""
    hits_K = np.diagonal(confusion_KK, axis1=-2, axis2=-1)
    return np.stack([hits_K, confusion_KK.sum(axis=-1), confusion_KK.sum(axis=-2)], axis=-2)


@dataclass(frozen=True)
class Metrics(NamedFigures):
    """The figures of one confusion matrix by name, those of `metrics/figures`, and the counts behind them.

    Tuples have one entry per class. None stands for an undefined figure: the precision of a class that is
    nowhere in the map, the recall of one that is nowhere in the reference, F1 and IoU of one that is in
    neither. Means run over the classes present in the reference: a class that the map never shows counts as
    0; a class that only the map shows lowers the others' precision but is not in the mean.
    """

    confusion: tuple[tuple[int, ...], ...]
    pixels: int
    reference_pixels: tuple[int, ...]
    predicted_pixels: tuple[int, ...]

    @classmethod
    def of(cls, confusion_KK: NDArray[np.int64]) -> Metrics:
        """The figures of ``confusion_KK``, which counts at least one pixel."""
        matrix = np.asarray(confusion_KK, np.int64)
        # Models' records are checked where they are read.
        assert matrix.shape == (len(matrix), len(matrix))  # nosec B101
        assert matrix.any()  # nosec B101 (a run that has counted nothing is refused)
        margins_3K = margins(matrix)
        _, reference, predicted = margins_3K.tolist()
        totals = Totals.of(margins_3K, margins_3K[1] > 0)
        return cls(
            confusion=tuple(tuple(row) for row in matrix.tolist()),
            pixels=sum(reference),
            reference_pixels=tuple(reference),
            predicted_pixels=tuple(predicted),
            overall={figure.name: _plain(compute(figure, totals)) for figure in figures("map")},
            of_class={figure.name: _plain(compute(figure, totals)) for figure in figures("class")},
        )

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The figures for a JSON file: plain numbers, classes by name."""
        columns = {
            "name": class_names,
            "reference_pixels": self.reference_pixels,
            "map_pixels": self.predicted_pixels,
            **self.of_class,
        }
        return {
            **self.overall,
            "pixels": self.pixels,
            "classes": rows(columns),
            "confusion": [list(row) for row in self.confusion],
            "row_normalised": [
                [n / total if total else None for n in row]
                for row, total in zip(self.confusion, self.reference_pixels)
            ],
        }


def rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows of a table that is given by its columns, all of the same length."""
    assert len({len(column) for column in columns.values()}) == 1  # nosec B101 (all are of the same classes)
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def _plain(values: NDArray[np.float64]) -> Any:
    """A float, or a tuple of them, with None for NaN."""
    if values.ndim:
        return tuple(_plain(value) for value in values)
    return None if np.isnan(values) else float(values)
