"""Binary cross-entropy: each class separately, against all the others."""

import torch.nn.functional as F
from torch import Tensor, nn

from .truth import one_hot

CHOICES = {
    "binary_cross_entropy": {
        "title": "Binary cross-entropy",
        "about": "Each class against the rest, as a mean over labelled pixels and classes.",
    }
}


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build the loss ``binary_cross_entropy``, which has no class weights."""
    return BinaryCrossEntropy()


class BinaryCrossEntropy(nn.Module):
    """−log of the sigmoid probability of "this class" or "not this class", mean over pixels and classes."""

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled_B1HW, truth_BKHW = one_hot(ids_BHW, logits_BKHW)
        loss_BKHW = F.binary_cross_entropy_with_logits(logits_BKHW, truth_BKHW, reduction="none")
        return (loss_BKHW * labelled_B1HW).sum() / (labelled_B1HW.sum().clamp(min=1) * logits_BKHW.shape[1])
