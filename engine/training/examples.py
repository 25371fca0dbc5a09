"""The validation windows that the network classified best and worst, shown as examples.

Legend: C bands, H height, W width.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..core.legend import IGNORE

_MOST = 3
_STRETCH = 2.0
"""Values up to this many standard deviations from the mean are shown."""


class Prediction(NamedTuple):
    """A window's normalised image, the class ids of its labels, and those that the network predicts."""

    image_CHW: Tensor
    reference_HW: NDArray[np.uint8]
    predicted_HW: NDArray[np.uint8]


@dataclass(frozen=True)
class Example:
    """A window to look at; ``accuracy`` is the share of its labels that are predicted."""

    image_HW3: NDArray[np.uint8]
    reference_HW: NDArray[np.uint8]
    predicted_HW: NDArray[np.uint8]
    accuracy: float


def worst_and_best(predictions: Iterable[Prediction]) -> tuple[list[Example], list[Example]]:
    """The windows of the lowest and of the highest accuracy, the most extreme first; none is in both."""
    worst: list[tuple[float, int, Example]] = []
    best: list[tuple[float, int, Example]] = []
    for number, (image_CHW, reference_HW, predicted_HW) in enumerate(predictions):
        labelled_HW = reference_HW != IGNORE
        accuracy = float((predicted_HW == reference_HW)[labelled_HW].mean())
        example = Example(_picture(image_CHW), reference_HW, predicted_HW, accuracy)
        for heap, rank in ((worst, -accuracy), (best, accuracy)):
            heapq.heappush(heap, (rank, number, example))
            if len(heap) > _MOST:
                heapq.heappop(heap)
    ordered = [sorted(heap, key=lambda entry: (-entry[0], entry[1])) for heap in (worst, best)]
    taken = {number for _, number, _ in ordered[0]}
    return [example for *_, example in ordered[0]], [
        example for _, number, example in ordered[1] if number not in taken
    ]


def _picture(image_CHW: Tensor) -> NDArray[np.uint8]:
    """The first three bands, or the only one, as red, green and blue."""
    shown_CHW: NDArray[Any] = image_CHW[: 3 if len(image_CHW) >= 3 else 1].float().cpu().numpy()
    shades_CHW = np.clip((shown_CHW + _STRETCH) / (2 * _STRETCH), 0, 1) * 255
    return np.broadcast_to(shades_CHW, (3, *shades_CHW.shape[1:])).transpose(1, 2, 0).astype(np.uint8)
