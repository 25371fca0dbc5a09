"""Accuracy figures from a confusion matrix. Only numpy: the trainer asks for them after every epoch.

Legend: K classes; rows of a matrix are reference classes, columns are the map's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE, MOST_CLASSES

DEFINITIONS = {
    "overall_accuracy": "Share of the compared pixels whose class in the map is their class in the reference.",
    "kappa": "Cohen's kappa: agreement beyond what two independent maps with these class shares would reach; "
    "1 is perfect, 0 no better than chance.",
    "precision": "Of the pixels mapped as the class, the share that is this class in the reference (user's accuracy).",
    "recall": "Of the reference pixels of the class, the share that is mapped as this class (producer's accuracy).",
    "f1": "Harmonic mean of precision and recall of the class.",
    "iou": "Pixels that are the class in both map and reference, over pixels that are it in at least one of them.",
    "mean_f1": "Plain mean of F1 over the classes present in the reference; every class weighs the same.",
    "mean_iou": "Plain mean of IoU over the classes present in the reference; every class weighs the same.",
    "pixels": "Pixels with a class in both the reference and the map; only these are counted.",
    "confusion": "Pixel counts; rows are the reference's classes, columns the map's, the diagonal is correct.",
}
"""What each figure means, in one sentence; reports and JSON files quote it."""

_CHUNK_PX = 1 << 20


def confusion(reference_ids: NDArray[Any], predicted_ids: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """Count pixels by reference class (rows) and predicted class (columns): int64 KxK.

    Both arrays hold class ids below ``classes``, or `IGNORE` (255) where the pixel does not count. The two ids
    make one 16-bit number per pixel, so a single `bincount` counts all pairs and the ignored ones fall into a
    row and a column that are cut off; it runs in pieces, because numpy widens its input to 64 bits.
    """
    assert reference_ids.shape == predicted_ids.shape and 0 < classes <= MOST_CLASSES
    pairs = np.zeros((256, 256), np.int64)
    reference, predicted = reference_ids.reshape(-1), predicted_ids.reshape(-1)
    for start in range(0, reference.size, _CHUNK_PX):
        piece = slice(start, start + _CHUNK_PX)
        pair = reference[piece].astype(np.uint16)
        pair <<= 8
        pair |= predicted[piece].astype(np.uint8)
        pairs += np.bincount(pair, minlength=65_536).reshape(256, 256)
    assert not pairs[classes:IGNORE].any() and not pairs[:, classes:IGNORE].any(), "class id beyond the classes"
    return pairs[:classes, :classes].copy()


@dataclass(frozen=True)
class Metrics:
    """The figures of one confusion matrix, all from 0 to 1 (kappa from -1).

    Lists have one entry per class, None where a figure is undefined: precision of a class that is nowhere in the
    map, recall of one that is nowhere in the reference, F1 and IoU of one that is in neither. The means run over the
    classes present in the reference: one that the map never shows counts as 0, one that only the map shows
    lowers the others' precision but has no entry of its own in the mean. ``kappa`` is None where map and
    reference hold one and the same single class, so that chance alone agrees everywhere.
    """

    confusion: tuple[tuple[int, ...], ...]
    pixels: int
    overall_accuracy: float
    kappa: float | None
    mean_f1: float
    mean_iou: float
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
        pixels = int(matrix.sum())
        assert matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] and pixels > 0
        hits, reference, predicted = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
        accuracy = int(hits.sum()) / pixels
        chance = float((reference / pixels) @ (predicted / pixels))
        one_class = accuracy == 1.0 and int(reference.max()) == pixels
        f1 = _ratios(2 * hits, reference + predicted)
        iou = _ratios(hits, reference + predicted - hits)
        return cls(
            confusion=tuple(tuple(row) for row in matrix.tolist()),
            pixels=pixels,
            overall_accuracy=accuracy,
            kappa=None if one_class else (accuracy - chance) / (1 - chance),
            mean_f1=_mean(f1, reference),
            mean_iou=_mean(iou, reference),
            precision=_ratios(hits, predicted),
            recall=_ratios(hits, reference),
            f1=f1,
            iou=iou,
            reference_pixels=tuple(int(n) for n in reference),
            predicted_pixels=tuple(int(n) for n in predicted),
        )

    def as_dict(self, class_names: Sequence[str]) -> dict[str, Any]:
        """The same for a JSON file: plain numbers, classes by name."""
        assert len(class_names) == len(self.f1)
        columns = (self.reference_pixels, self.predicted_pixels, self.precision, self.recall, self.f1, self.iou)
        keys = ("reference_pixels", "map_pixels", "precision", "recall", "f1", "iou")
        return {
            "overall_accuracy": self.overall_accuracy,
            "kappa": self.kappa,
            "mean_f1": self.mean_f1,
            "mean_iou": self.mean_iou,
            "pixels": self.pixels,
            "classes": [dict(zip(("name", *keys), row)) for row in zip(class_names, *columns)],
            "confusion": [list(row) for row in self.confusion],
        }


def _ratios(parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> tuple[float | None, ...]:
    return tuple(int(part) / int(whole) if whole else None for part, whole in zip(parts, wholes))


def _mean(figures: tuple[float | None, ...], reference_pixels: NDArray[np.int64]) -> float:
    present = [figure for figure, count in zip(figures, reference_pixels) if count and figure is not None]
    return sum(present) / len(present)
