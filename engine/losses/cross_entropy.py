"""Cross-entropy as the mean over labelled pixels, and the same with larger weights for rare classes.

Source of the weights: median-frequency balancing, Eigen & Fergus, "Predicting Depth, Surface Normals and
Semantic Labels with a Common Multi-Scale Convolutional Architecture", ICCV 2015.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..core.legend import IGNORE

CHOICES = {
    "cross_entropy": {"title": "Cross-entropy", "about": "Mean over labelled pixels. The usual choice."},
    "cross_entropy_weighted": {
        "title": "Cross-entropy, classes balanced",
        "about": "Rare classes weigh more, up to ten times: more of them found, more false alarms.",
    },
}
MOST_WEIGHT = 10.0
"""Largest class weight. Without a limit, a class that is a thousand times rarer would dominate every step."""


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build ``cross_entropy``, or ``cross_entropy_weighted`` with weights from the class frequencies."""
    weights_K = balanced(frequencies_K) if name == "cross_entropy_weighted" and frequencies_K else None
    return CrossEntropy(weights_K)


def balanced(frequencies_K: tuple[float, ...]) -> Tensor:
    """Each class's weight: the median frequency over its own, from 1 / ``MOST_WEIGHT`` to ``MOST_WEIGHT``."""
    share_K = torch.tensor(frequencies_K)
    return (share_K[share_K > 0].quantile(0.5) / share_K).clamp(1 / MOST_WEIGHT, MOST_WEIGHT)


class CrossEntropy(nn.Module):
    """−log of the true class's probability, averaged over labelled pixels; 0 when none is labelled.

    With ``weights_K`` the mean is weighted by the true classes, so it is about as large as the plain mean.
    """

    weights_K: Tensor | None

    def __init__(self, weights_K: Tensor | None = None) -> None:
        super().__init__()
        self.register_buffer("weights_K", weights_K)

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled_BHW = ids_BHW != IGNORE
        weights_K = None if self.weights_K is None else self.weights_K.to(logits_BKHW)
        # Summed here: the sum within `cross_entropy` is not deterministic on a GPU.
        total = F.cross_entropy(logits_BKHW, ids_BHW, weights_K, ignore_index=IGNORE, reduction="none").sum()
        if weights_K is None:
            return total / labelled_BHW.sum().clamp(min=1)
        weight = weights_K[ids_BHW[labelled_BHW]].sum()
        return total / weight.clamp(min=1 / MOST_WEIGHT)
