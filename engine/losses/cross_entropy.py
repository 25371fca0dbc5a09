"""Cross-entropy, the mean over labelled pixels."""

import torch.nn.functional as F
from torch import Tensor, nn

from ..legend import IGNORE

CHOICES = {"cross_entropy": {"title": "Cross-entropy", "about": "Mean over labelled pixels. The usual choice."}}


def build(name: str, shares_K: tuple[float, ...]) -> nn.Module:
    return CrossEntropy()


class CrossEntropy(nn.Module):
    """−log of the probability given to the true class, averaged over labelled pixels; 0 when none is labelled."""

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled = (ids_BHW != IGNORE).sum().clamp(min=1)
        return F.cross_entropy(logits_BKHW, ids_BHW, ignore_index=IGNORE, reduction="sum") / labelled
