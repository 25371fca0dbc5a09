"""Intersection over union (IoU, Jaccard index) of each class, and its means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "iou": {
        "title": "IoU",
        "definition": "Intersection over union: pixels that are the class in both map and reference, over "
        "pixels that are it in at least one of them.",
        "of": "class",
        "rank": 4,
    },
    "mean_iou": {
        "title": "Mean IoU",
        "definition": "Plain mean of IoU over the classes present in the reference; every class weighs the "
        "same.",
        "of": "map",
        "headline": True,
        "rank": 3,
    },
    "weighted_iou": {
        "title": "Frequency-weighted IoU",
        "definition": "Mean of IoU over the classes, each weighted by its share of the reference.",
        "of": "map",
        "rank": 7,
    },
}


def iou(totals: Totals) -> NDArray[np.float64]:
    """IoU of each class, SxK; NaN for a class that is in neither the map nor the reference."""
    return totals.hits_SK / (totals.reference_SK + totals.predicted_SK - totals.hits_SK)


def mean_iou(totals: Totals) -> NDArray[np.float64]:
    """Mean IoU of each of S matrices over the classes of the reference."""
    return totals.mean_of_present(iou(totals))


def weighted_iou(totals: Totals) -> NDArray[np.float64]:
    """IoU of each of S matrices as a mean weighted by the classes' shares of the reference."""
    return np.asarray(np.nansum(totals.reference_SK * iou(totals), axis=-1) / totals.pixels_S)
