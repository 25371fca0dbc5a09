"""Windows of the validation part that the network got most right and most wrong, to be looked at.

Legend: C bands, H height, W width.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..core.legend import IGNORE

_MOST = 3
_SPREAD = 2.0
"""So many deviations above and below the mean are shown."""


@dataclass(frozen=True)
class Example:
    """One window: what it looks like, what it is, and what the network says; ``right`` is the share of its
    labels that agree.
    """

    image_HW3: NDArray[np.uint8]
    reference_HW: NDArray[np.uint8]
    predicted_HW: NDArray[np.uint8]
    right: float


Window = tuple[Tensor, NDArray[np.uint8], NDArray[np.uint8]]
"""A scaled ``image_CHW``, ids of the labels and of the prediction."""


def worst_and_best(windows: Iterable[Window]) -> tuple[list[Example], list[Example]]:
    """The windows with the smallest and the largest shares of right labels, the most extreme first; no window
    is both.
    """
    worst: list[tuple[float, int, Example]] = []
    best: list[tuple[float, int, Example]] = []
    for number, (image_CHW, ids_HW, predicted_HW) in enumerate(windows):
        labelled_HW = ids_HW != IGNORE
        right = float((predicted_HW == ids_HW)[labelled_HW].mean())
        example = Example(_picture(image_CHW), ids_HW, predicted_HW, right)
        for heap, worth in ((worst, -right), (best, right)):
            heapq.heappush(heap, (worth, number, example))
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
    shades_CHW = np.clip((shown_CHW + _SPREAD) / (2 * _SPREAD), 0, 1) * 255
    return np.broadcast_to(shades_CHW, (3, *shades_CHW.shape[1:])).transpose(1, 2, 0).astype(np.uint8)
