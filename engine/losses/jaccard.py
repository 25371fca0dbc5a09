"""Cross-entropy together with a differentiable Jaccard index (intersection over union).

Source: the combination −log J of "Large-scale semantic classification: outcome of the first year
of Inria aerial image labeling benchmark", IGARSS 2018, section on the NUS entry (loss BCE − log J).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..legend import IGNORE
from .cross_entropy import CrossEntropy

CHOICES = {
    "cross_entropy_jaccard": {
        "title": "Cross-entropy − log soft IoU",
        "about": "Also rewards overlap class by class. Helps where a class is rare or IoU is what counts.",
    }
}


def build(name: str, shares_K: tuple[float, ...]) -> nn.Module:
    return CrossEntropyJaccard()


class CrossEntropyJaccard(nn.Module):
    """CE − log J, J the mean soft IoU over the classes present in the batch's labels.

    For class k with probabilities p and truth y: J_k = (Σpy + 1) / (Σp + Σy − Σpy + 1).
    """

    def __init__(self) -> None:
        super().__init__()
        self.cross_entropy = CrossEntropy()

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled_BHW = ids_BHW != IGNORE
        truth_BHWK = F.one_hot(ids_BHW.where(labelled_BHW, 0), logits_BKHW.shape[1]) * labelled_BHW[..., None]
        truth_BKHW = truth_BHWK.movedim(-1, 1).to(logits_BKHW.dtype)
        probability_BKHW = logits_BKHW.softmax(1) * labelled_BHW[:, None]
        both_K = (probability_BKHW * truth_BKHW).sum((0, 2, 3))
        truth_K, probability_K = truth_BKHW.sum((0, 2, 3)), probability_BKHW.sum((0, 2, 3))
        jaccard_K = (both_K + 1) / (probability_K + truth_K - both_K + 1)
        present_K = truth_K > 0
        mean = torch.where(present_K.any(), (jaccard_K * present_K).sum() / present_K.sum().clamp(min=1), 1.0)
        return self.cross_entropy(logits_BKHW, ids_BHW) - mean.log()
