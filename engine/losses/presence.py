"""Presence loss: which classes occur in a patch, not where. Weak labels are enough for it.

With it, class-activation networks learn where the classes are: "Deep Learning for Semantic Segmentation of
Remote Sensing Imagery", section on semantic segmentation, after Zhou et al., "Learning Deep Features for
Discriminative Localization", CVPR 2016. Legend: B batch, K classes, H height, W width.
"""

import torch.nn.functional as F
from torch import Tensor, nn

from .truth import one_hot

CHOICES = {
    "presence": {
        "title": "Presence in the patch",
        "about": "Asks which classes a patch holds, not where. For class activation and weak labels.",
    }
}


def build(name: str, frequencies_K: tuple[float, ...]) -> nn.Module:
    """Build the loss ``presence``, which has no class weights."""
    return Presence()


class Presence(nn.Module):
    """Binary cross-entropy of each class's mean logit and its presence: sum over classes, mean over patches.

    Mean and presence are those of a patch's labelled pixels; patches without any do not count. To average the
    logits is the same as global average pooling before the classifier, which is linear.
    """

    def forward(self, logits_BKHW: Tensor, ids_BHW: Tensor) -> Tensor:
        labelled_B1HW, truth_BKHW = one_hot(ids_BHW, logits_BKHW)
        labelled_B1 = labelled_B1HW.sum((2, 3))
        logit_BK = (logits_BKHW * labelled_B1HW).sum((2, 3)) / labelled_B1.clamp(min=1)
        loss_BK = F.binary_cross_entropy_with_logits(logit_BK, truth_BKHW.amax((2, 3)), reduction="none")
        patches = (labelled_B1 > 0).sum().clamp(min=1)
        return (loss_BK * (labelled_B1 > 0)).sum() / patches
