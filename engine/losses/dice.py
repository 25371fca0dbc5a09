"""Dice loss: 1 minus the overlap of prediction and truth, class by class.

Source: Milletari, Navab & Ahmadi, "V-Net: Fully Convolutional Neural Networks for Volumetric Medical
Image Segmentation", 3DV 2016, section 3; here for any number of classes and without squares below.
"""

from torch import Tensor, nn

from .truth import mean_of_present, soft_overlaps

CHOICES = {
    "dice": {
        "title": "Dice",
        "about": "Rewards overlap alone (F1), each class alike however rare. Probabilities get extreme.",
    }
}


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build the loss ``dice``, which has no class weights."""
    return Dice()


class Dice(nn.Module):
    """1 − the mean soft F1 of the classes present in the batch: F1_k = (2Σpy + 1) / (Σp + Σy + 1)."""

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        both_K, probability_K, truth_K = soft_overlaps(logits_BKHW.softmax(1), ids_BHW)
        return 1 - mean_of_present((2 * both_K + 1) / (probability_K + truth_K + 1), truth_K)
