"""Accuracy figures from a confusion matrix. Only numpy: the trainer asks for them after every epoch.

Legend: K classes; rows of a matrix are reference classes, columns are the map's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.counting import histogram
from ..core.legend import IGNORE, MOST_CLASSES

DEFINITIONS = {
    "overall_accuracy": "Share of the compared pixels whose class in the map is their class in the reference.",
    "kappa": "Cohen's kappa: agreement beyond what two independent maps with these class shares would reach; "
    "1 is perfect, 0 no better than chance.",
    "quantity_disagreement": "Share of the pixels that must be wrong because the map holds more of some classes and less of "
    "others than the reference (Pontius & Millones 2011).",
    "allocation_disagreement": "Share of the pixels that are wrong by their place alone: the map holds enough of the class, but "
    "elsewhere. With the quantity disagreement it makes up all errors.",
    "matthews": "Matthews correlation of map and reference over all classes (Gorodkin 2004): 1 is perfect, 0 no better than "
    "chance; undefined where the map or the reference holds a single class.",
    "precision": "Of the pixels mapped as the class, the share that is this class in the reference (user's accuracy).",
    "recall": "Of the reference pixels of the class, the share that is mapped as this class (producer's accuracy).",
    "f1": "Harmonic mean of precision and recall of the class.",
    "iou": "Pixels that are the class in both map and reference, over pixels that are it in at least one of them.",
    "mean_f1": "Plain mean of F1 over the classes present in the reference; every class weighs the same.",
    "mean_iou": "Plain mean of IoU over the classes present in the reference; every class weighs the same.",
    "weighted_iou": "Mean of IoU over the classes, each weighed by its share of the reference (frequency-weighted IoU).",
    "pixels": "Pixels with a class in both the reference and the map; only these are counted.",
    "confusion": "Pixel counts; rows are the reference's classes, columns the map's, the diagonal is correct.",
    "row_normalised": "The confusion matrix with each row divided by its total, so that its diagonal is the recall.",
}
"""What each figure means, in one sentence; reports and JSON files quote it."""

_PIECE_PX = 1 << 20
_MOST_IN_A_BYTE = 15
"""So many classes, with those that do not count, have pairs that fit into 8 bits."""


def confusion(reference_ids: NDArray[Any], predicted_ids: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """Count pixels by reference class (rows) and predicted class (columns): int64 KxK.

    Both arrays hold class ids below ``classes``, or `IGNORE` (255) where the pixel does not count.
    """
    return joint_counts(reference_ids, predicted_ids, classes)[:classes, :classes].copy()


def joint_counts(reference_ids: NDArray[Any], predicted_ids: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """As `confusion`, with a last row and a last column for what does not count in one or the other.

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
    """The ids in a row, those that do not count as ``classes``."""
    flat = ids.reshape(-1).astype(np.uint8, copy=False)
    if flat.max(initial=0) < classes:
        return flat
    ignored = flat == IGNORE
    assert not ((flat >= classes) & ~ignored).any(), "class id beyond the classes"  # nosec B101 (ids are made from the classes)
    return flat - ignored * np.uint8(IGNORE - classes)  # in arithmetic, which numpy does many bytes at a time


def margins(confusion_KK: NDArray[Any]) -> NDArray[Any]:
    """A matrix's diagonal, row totals and column totals: 3xK. Leading axes, as of a stack of matrices,
    remain.
    """
    hits_K = np.diagonal(confusion_KK, axis1=-2, axis2=-1)
    return np.stack([hits_K, confusion_KK.sum(axis=-1), confusion_KK.sum(axis=-2)], axis=-2)


def figures(margins_S3K: NDArray[Any], present_K: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """Overall accuracy, kappa and the means (S each) and precision, recall, F1 and IoU (SxK each) of S
    matrices.

    NaN where a figure is undefined; the means run over the defined figures of the classes in ``present_K``.
    Counts stay exact below 2^53. Kappa is written as 1 - errors / errors by chance, a sum without
    cancellation.
    """
    hits_SK, reference_SK, predicted_SK = np.moveaxis(margins_S3K.astype(np.float64), -2, 0)
    pixels_S = reference_SK.sum(axis=-1)
    errors_S = pixels_S - hits_SK.sum(axis=-1)
    by_chance_S = (reference_SK * (pixels_S[..., None] - predicted_SK)).sum(axis=-1)
    with np.errstate(invalid="ignore"):  # 0 / 0
        f1_SK = 2 * hits_SK / (reference_SK + predicted_SK)
        iou_SK = hits_SK / (reference_SK + predicted_SK - hits_SK)
        return {
            "overall_accuracy": hits_SK.sum(axis=-1) / pixels_S,
            "kappa": 1 - pixels_S * errors_S / by_chance_S,
            "mean_f1": np.nanmean(f1_SK[..., present_K], axis=-1),
            "mean_iou": np.nanmean(iou_SK[..., present_K], axis=-1),
            "precision": hits_SK / predicted_SK,
            "recall": hits_SK / reference_SK,
            "f1": f1_SK,
            "iou": iou_SK,
        }


@dataclass(frozen=True)
class Metrics:
    """The figures of one confusion matrix, all from 0 to 1 (kappa and ``matthews`` from -1).

    Lists have one entry per class, None where a figure is undefined: precision of a class that is nowhere in
    the map, recall of one that is nowhere in the reference, F1 and IoU of one that is in neither. The means
    run over the classes present in the reference: one that the map never shows counts as 0, one that only the
    map shows lowers the others' precision but has no entry of its own in the mean. ``kappa`` is None where
    map and reference hold one and the same single class, so that chance alone agrees everywhere; ``matthews``
    is None where either holds a single class. Quantity and allocation disagreement sum to 1 -
    ``overall_accuracy``.
    """

    confusion: tuple[tuple[int, ...], ...]
    pixels: int
    overall_accuracy: float
    kappa: float | None
    quantity_disagreement: float
    allocation_disagreement: float
    matthews: float | None
    mean_f1: float
    mean_iou: float
    weighted_iou: float
    precision: tuple[float | None, ...]
    recall: tuple[float | None, ...]
    f1: tuple[float | None, ...]
    iou: tuple[float | None, ...]
    reference_pixels: tuple[int, ...]
    predicted_pixels: tuple[int, ...]

    @classmethod
    def of(cls, confusion_KK: NDArray[np.int64]) -> Metrics:
        """The figures of ``confusion_KK``, which counts at least one pixel."""
        matrix = np.asarray(confusion_KK, np.int64)
        assert matrix.shape == (len(matrix), len(matrix))  # nosec B101 (models' records are checked where they are read)
        assert matrix.any()  # nosec B101 (a run that has counted nothing is refused)
        margins_3K = margins(matrix)
        hits, reference, predicted = margins_3K.tolist()
        pixels, both = sum(reference), list(zip(reference, predicted))
        ratios = {name: _plain(values) for name, values in figures(margins_3K, margins_3K[1] > 0).items()}
        return cls(
            **ratios,
            confusion=tuple(tuple(row) for row in matrix.tolist()),
            pixels=pixels,
            quantity_disagreement=sum(abs(r - p) for r, p in both) / (2 * pixels),
            allocation_disagreement=sum(min(r, p) - hit for hit, (r, p) in zip(hits, both)) / pixels,
            matthews=_matthews(sum(hits), reference, predicted),
            weighted_iou=sum(r * hit / (r + p - hit) for hit, (r, p) in zip(hits, both) if r) / pixels,
            reference_pixels=tuple(reference),
            predicted_pixels=tuple(predicted),
        )

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The same for a JSON file: plain numbers, classes by name."""
        assert len(class_names) == len(self.f1)  # nosec B101 (names and figures are of the same classes)
        columns = (
            self.reference_pixels,
            self.predicted_pixels,
            self.precision,
            self.recall,
            self.f1,
            self.iou,
        )
        keys = ("reference_pixels", "map_pixels", "precision", "recall", "f1", "iou")
        return {
            "overall_accuracy": self.overall_accuracy,
            "kappa": self.kappa,
            "quantity_disagreement": self.quantity_disagreement,
            "allocation_disagreement": self.allocation_disagreement,
            "matthews": self.matthews,
            "mean_f1": self.mean_f1,
            "mean_iou": self.mean_iou,
            "weighted_iou": self.weighted_iou,
            "pixels": self.pixels,
            "classes": [dict(zip(("name", *keys), row)) for row in zip(class_names, *columns)],
            "confusion": [list(row) for row in self.confusion],
            "row_normalised": [
                [n / total if total else None for n in row]
                for row, total in zip(self.confusion, self.reference_pixels)
            ],
        }


def _plain(values: NDArray[np.float64]) -> Any:
    """A float, or a tuple of them, with None for NaN."""
    if values.ndim:
        return tuple(_plain(value) for value in values)
    return None if np.isnan(values) else float(values)


def _matthews(hits: int, reference: list[int], predicted: list[int]) -> float | None:
    """Correlation of two classifications (Gorodkin 2004). Squared pixel counts need Python's unbounded whole
    numbers.
    """
    pixels = sum(reference)
    covariance = pixels * hits - sum(r * p for r, p in zip(reference, predicted))
    variances = math.prod(float(sum(n * (pixels - n) for n in counts)) for counts in (reference, predicted))
    return float(covariance) / math.sqrt(variances) if variances else None
