"""Cross-entropy together with a differentiable Jaccard index (intersection over union).

Source: the combination −log J of "Large-scale semantic classification: outcome of the first year
of Inria aerial image labeling benchmark", IGARSS 2018, section on the NUS entry (loss BCE − log J).
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from .binary_cross_entropy import BinaryCrossEntropy
from .cross_entropy import CrossEntropy
from .truth import mean_of_present, soft_overlaps

CHOICES = {
    "cross_entropy_jaccard": {
        "title": "Cross-entropy − log soft IoU",
        "about": "Also rewards overlap class by class. For rare classes, or where IoU is what counts.",
    },
    "binary_cross_entropy_jaccard": {
        "title": "Binary cross-entropy − log soft IoU",
        "about": "Each class against the rest; also rewards overlap. Made for finding buildings.",
    },
}


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build ``cross_entropy_jaccard`` (with softmax) or ``binary_cross_entropy_jaccard`` (with sigmoid)."""
    if name == "cross_entropy_jaccard":
        return WithJaccard(CrossEntropy(), lambda logits_BKHW: logits_BKHW.softmax(1))
    return WithJaccard(BinaryCrossEntropy(), torch.sigmoid)


class WithJaccard(nn.Module):
    """The loss ``entropy`` − log J, where J is the mean soft IoU of the classes present in the batch.

    Class k has J_k = (Σpy + 1) / (Σp + Σy − Σpy + 1), summed over the batch, with the truth y and the
    probabilities p that the function ``probabilities`` computes from logits.
    """

    def __init__(self, entropy: nn.Module, probabilities: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.entropy, self.probabilities = entropy, probabilities

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        both_K, probability_K, truth_K = soft_overlaps(self.probabilities(logits_BKHW), ids_BHW)
        jaccard_K = (both_K + 1) / (probability_K + truth_K - both_K + 1)
        loss: Tensor = self.entropy(logits_BKHW, ids_BHW) - mean_of_present(jaccard_K, truth_K).log()
        return loss
