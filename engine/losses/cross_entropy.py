"""Cross-entropy, the mean over labelled pixels, and the same with rare classes weighing more.

Source of the weights: median-frequency balancing, Eigen & Fergus, "Predicting Depth, Surface Normals
and Semantic Labels with a Common Multi-Scale Convolutional Architecture", ICCV 2015.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..core.legend import IGNORE

CHOICES = {
    "cross_entropy": {"title": "Cross-entropy", "about": "Mean over labelled pixels. The usual choice."},
    "cross_entropy_weighted": {
        "title": "Cross-entropy, classes balanced",
        "about": "Pixels of rare classes weigh more, up to ten times. Finds more of the rare, with more false alarms.",
    },
}
MOST_WEIGHT = 10.0
"""A class that is a thousand times rarer than the others would else rule every step that meets it."""


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    weights_K = balanced(frequencies_K) if name == "cross_entropy_weighted" and frequencies_K else None
    return CrossEntropy(weights_K)


def balanced(frequencies_K: tuple[float, ...]) -> Tensor:
    """Each class's weight: the median share over its own, from 1/``MOST_WEIGHT`` to ``MOST_WEIGHT``."""
    share_K = torch.tensor(frequencies_K)
    return (share_K[share_K > 0].quantile(0.5) / share_K).clamp(1 / MOST_WEIGHT, MOST_WEIGHT)


class CrossEntropy(nn.Module):
    """−log of the probability given to the true class, averaged over labelled pixels; 0 when none is
    labelled.

    With ``weights_K`` the mean is weighted by the pixels' own classes, so its size stays that of the plain
    mean.
    """

    weights_K: Tensor | None

    def __init__(self, weights_K: Tensor | None = None) -> None:
        super().__init__()
        self.register_buffer("weights_K", weights_K)

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled_BHW = ids_BHW != IGNORE
        weights_K = None if self.weights_K is None else self.weights_K.to(logits_BKHW)
        # Summed apart: the loss's own sum has no repeatable order on a GPU.
        total = F.cross_entropy(logits_BKHW, ids_BHW, weights_K, ignore_index=IGNORE, reduction="none").sum()
        if weights_K is None:
            return total / labelled_BHW.sum().clamp(min=1)
        weight = weights_K[ids_BHW[labelled_BHW]].sum()
        return total / weight.clamp(min=1 / MOST_WEIGHT)
