"""Focal loss: cross-entropy with hardly any weight for pixels that are already classified well.

Source: Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, section 3; here over softmax
probabilities, and without the paper's class weight.
"""

import torch.nn.functional as F
from torch import Tensor, nn

from ..core.legend import IGNORE

CHOICES = {
    "focal": {
        "title": "Focal",
        "about": "Cross-entropy that attends to pixels still wrong. For rare classes.",
    }
}
GAMMA = 2
"""The value of γ that gave the best results in the paper."""


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build the loss ``focal``, which has no class weights."""
    return Focal()


class Focal(nn.Module):
    """−(1 − p)^γ log p of the probability p given to the true class, averaged over labelled pixels."""

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        entropy_BHW = F.cross_entropy(
            logits_BKHW, ids_BHW, ignore_index=IGNORE, reduction="none"
        )  # 0 where unlabelled
        wrong_BHW = -(-entropy_BHW).expm1()
        return (wrong_BHW**GAMMA * entropy_BHW).sum() / (ids_BHW != IGNORE).sum().clamp(min=1)
