"""Labels in the form that losses need: one map per class, and sums over the batch for each class.

Legend: B batch, K classes, H height, W width.
"""

import torch
from torch import Tensor

from ..core.legend import IGNORE


def one_hot(ids_BHW: Tensor, logits_BKHW: Tensor) -> tuple[Tensor, Tensor]:
    """``labelled_B1HW`` (bool), and ``truth_BKHW``: 1 for a labelled pixel's own class, else 0."""
    labelled_B1HW = (ids_BHW != IGNORE)[:, None]
    own_B1HW = ids_BHW[:, None].where(labelled_B1HW, 0)
    return labelled_B1HW, torch.zeros_like(logits_BKHW).scatter_(
        1, own_B1HW, labelled_B1HW.to(logits_BKHW.dtype)
    )


def soft_overlaps(probability_BKHW: Tensor, ids_BHW: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Σpy, Σp and Σy of each class over the batch's labelled pixels; p are probabilities, y is the truth."""
    labelled_B1HW, truth_BKHW = one_hot(ids_BHW, probability_BKHW)
    sums = (probability_BKHW * truth_BKHW, probability_BKHW * labelled_B1HW, truth_BKHW)
    both_K, probability_K, truth_K = (one_BKHW.sum((0, 2, 3)) for one_BKHW in sums)
    return both_K, probability_K, truth_K


def mean_of_present(score_K: Tensor, truth_K: Tensor) -> Tensor:
    """Mean of ``score_K`` over the classes that have a labelled pixel; 1, a perfect score, if there is none.

    Absent classes can have no overlap, and their false alarms are misses of the classes that are present.
    """
    present_K = truth_K > 0
    mean = (score_K * present_K).sum() / present_K.sum().clamp(min=1)
    return mean.where(present_K.any(), 1.0)
