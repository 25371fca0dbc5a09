"""Signed distance to the nearest class border, as a map to learn beside the classes.

Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", section on the ONERA entry. Legend: D maps, H height, W width.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE

REACH_PX = 20
"""The largest distance: larger ones are cut off, so that nothing farther outside a window matters."""


def number_of_maps(classes: int) -> int:
    """The number of distance maps: one, of the second class, for two classes; else one for each class."""
    return 1 if classes <= 2 else classes


def signed_distances(ids_HW: NDArray[np.uint8], classes: int) -> NDArray[np.float32]:
    """``maps_DHW`` from −1 (``REACH_PX`` or farther outside the class) to 1 (as far inside)."""
    own = [1] if classes <= 2 else range(classes)
    return np.stack([_signed(ids_HW == k, (ids_HW != k) & (ids_HW != IGNORE)) for k in own])


def _signed(inside_HW: NDArray[np.bool_], outside_HW: NDArray[np.bool_]) -> NDArray[np.float32]:
    distance_HW = np.where(inside_HW, _to(outside_HW), -_to(inside_HW))
    return (np.clip(distance_HW, -REACH_PX, REACH_PX) / REACH_PX).astype(np.float32)


def _to(goal_HW: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Distance in pixels to the nearest place of ``goal_HW``; ``REACH_PX`` if there is none."""
    if not goal_HW.any():
        return np.full(goal_HW.shape, float(REACH_PX))
    from scipy.ndimage import distance_transform_edt  # noqa: PLC0415 (slow to load, seldom needed)

    distance_HW: NDArray[np.float64] = distance_transform_edt(~goal_HW)
    return distance_HW
