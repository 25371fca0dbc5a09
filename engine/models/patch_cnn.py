"""Mnih's patch-based CNN: 64×64 px of an image give the classes of the 16×16 px in their middle, all at once.

Source: Maggiori, Tarabalka, Charpiat & Alliez, "Fully Convolutional Neural Networks for Remote Sensing
Image Classification", IGARSS 2016, section 2, after V. Mnih's thesis of 2013.
Legend: B batch, C bands or channels, K classes, H height, W width.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from .blocks import init_he
from .network import Network

CHOICES = {
    "patch_cnn": {
        "title": "Patch CNN",
        "about": "Draws patches of 16×16 px, with seams between them. FCN is smaller and has no seams.",
        "training": {"learning_rate": 1e-3, "patch_px": 64, "batch": 16},
    }
}


def build(name: str, bands: int, classes: int) -> PatchCNN:
    """A `PatchCNN`; it has no options."""
    return PatchCNN(bands, classes)


def three_convolutions(bands: int) -> nn.Sequential:
    """The layers that patch CNN and FCN share: 80 channels at stride 4, without padding.

    A cell sees 32 px, and cells are 4 px apart: 64 px give 14, 11, then 9 cells.
    """
    convolutions = (nn.Conv2d(bands, 64, 12, stride=4), nn.Conv2d(64, 112, 4), nn.Conv2d(112, 80, 3))
    return init_he(
        nn.Sequential(*(layer for conv in convolutions for layer in (conv, nn.ReLU(inplace=True))))
    )


class PatchCNN(Network):
    """Patches of 16×16 px, each classified from the 64×64 px around it.

    The dense layer is a 9×9 convolution whose stride is a patch. As nothing is padded and 16 px are a
    multiple of the first stride, the result is the same as with windows cut out one by one, but neighbours
    share their features. A pixel on the edge of its patch sees 24 px on one side and 39 px on the other.
    """

    margin_px = 24
    multiple_px = 16
    receptive_px = 24 + 15
    uses_padding = False

    def __init__(self, bands: int, classes: int) -> None:
        super().__init__()
        self.features = three_convolutions(bands)
        self.dense = init_he(nn.Conv2d(80, classes * 16 * 16, 9, stride=4))

    def forward(self, image_BCHW: Tensor) -> Tensor:
        return F.pixel_shuffle(self.dense(self.features(image_BCHW)), 16)
