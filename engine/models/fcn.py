"""FCN, the fully convolutional counterpart of Mnih's patch CNN: each logit has the same context around it.

Source: Maggiori, Tarabalka, Charpiat & Alliez, "Fully Convolutional Neural Networks for Remote Sensing
Image Classification", IGARSS 2016, section 4.
Legend: B batch, C bands or channels, K classes, H height, W width.
"""

from __future__ import annotations

from torch import Tensor, nn

from .blocks import bilinear_upsampling, centre_crop, init_he
from .network import Network
from .patch_cnn import three_convolutions

CHOICES = {
    "fcn": {
        "title": "FCN",
        "about": "Four convolutions and an upsampling. Very small and fast; for buildings at about 1 m.",
        "training": {"learning_rate": 1e-3, "patch_px": 64, "batch": 16},
    }
}


def build(name: str, bands: int, classes: int) -> FCN:
    """An `FCN`; it has no options."""
    return FCN(bands, classes)


class FCN(Network):
    """One score from 64×64 px in every 4 px; a logit mixes the two nearest scores along each axis.

    So a logit sees 32 px on one side of its pixel and up to 35 px on the other.
    """

    margin_px = 32
    multiple_px = 4
    receptive_px = 32 + 3
    uses_padding = False

    def __init__(self, bands: int, classes: int) -> None:
        super().__init__()
        self.features = three_convolutions(bands)
        self.score = init_he(nn.Conv2d(80, classes, 9))
        self.up = bilinear_upsampling(classes, 4)

    def forward(self, image_BCHW: Tensor) -> Tensor:
        height, width = (side - 2 * self.margin_px for side in image_BCHW.shape[-2:])
        # The outermost pixels of the upsampling would mix a score with nothing.
        return centre_crop(self.up(self.score(self.features(image_BCHW))), height, width)
