"""FCN-8s: VGG-16 whose dense layers became convolutions, with scores from three depths added up.

Sources: Long, Shelhamer & Darrell, "Fully Convolutional Networks for Semantic Segmentation", CVPR 2015;
as the baseline of "Aerial Image Semantic Segmentation Using Neural Search Network Architecture",
MIWAI 2018, section on the original FCN model.
Legend: B batch, C bands or channels, K classes, H height, W width.
"""

from __future__ import annotations

from torch import Tensor, nn

from ..core.windows import NONE, Sides
from .blocks import bilinear_upsampling, check_int_options, crop, init_he
from .network import Network
from .vgg import VGG16, prefix_encoder

CHOICES = {
    "fcn8s": {
        "title": "FCN-8s (VGG-16)",
        "about": "VGG-16 with scores from three depths. 134 million weights: start from published ones.",
        "options": {"width": 64, "hidden": 4096},
        "tiny": {"width": 4, "hidden": 16},
        "training": {"learning_rate": 1e-4},
        "weights": {
            "imagenet": {
                "url": "https://download.pytorch.org/models/vgg16-397923af.pth",
                # pragma: allowlist nextline secret (the checksum of a public file)
                "sha256": "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
                "about": "VGG-16 trained on ImageNet, published with torchvision: the encoder, fc6 and fc7.",
            }
        },
    }
}


_DENSE = {
    "classifier.0.weight": "fc6.weight",
    "classifier.0.bias": "fc6.bias",
    "classifier.3.weight": "fc7.weight",
    "classifier.3.bias": "fc7.bias",
}
"""Torchvision's names of the dense layers that are convolutions here."""


def build(name: str, bands: int, classes: int, *, width: float, hidden: float) -> FCN8s:
    """An `FCN8s` whose encoder starts with ``width`` channels and whose dense layers have ``hidden``."""
    return FCN8s(
        bands, classes, *check_int_options(512, width=width), *check_int_options(8192, hidden=hidden)
    )


class FCN8s(Network):
    """Scores at strides 32, 16 and 8, added up after each upsampling by 2, then upsampled by 8.

    A score at stride 32 sees 90 px beyond its cell through the encoder and 96 px through fc6. Each upsampling
    mixes the two nearest cells; the three together add up to 59 px to what a pixel sees.
    """

    multiple_px = 32
    receptive_px = 90 + 96 + 59

    def __init__(self, bands: int, classes: int, width: int, hidden: int) -> None:
        super().__init__()
        self.encoder = VGG16(bands, width, norm=False)
        self.fc6 = init_he(nn.Conv2d(8 * width, hidden, 7, padding=3))
        self.fc7 = init_he(nn.Conv2d(hidden, hidden, 1))
        self.relu = nn.ReLU(inplace=True)
        self.dropout = nn.Dropout(0.5)
        self.score_32 = nn.Conv2d(hidden, classes, 1)
        self.score_16 = nn.Conv2d(8 * width, classes, 1)
        self.score_8 = nn.Conv2d(4 * width, classes, 1)
        self.up_32 = bilinear_upsampling(classes, 2)
        self.up_16 = bilinear_upsampling(classes, 2)
        self.up_8 = bilinear_upsampling(classes, 8)

    def from_published(self, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """The weights of torchvision's ``vgg16``; its first two dense layers become fc6 and fc7."""
        ours = prefix_encoder(weights)
        for theirs, name in _DENSE.items():
            if theirs in ours:
                tensor, shape = ours.pop(theirs), self.get_parameter(name).shape
                ours[name] = tensor.reshape(shape) if tensor.numel() == shape.numel() else tensor
        return ours

    def forward(self, image_BCHW: Tensor) -> Tensor:
        return self.trimmed(image_BCHW, NONE)

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """The dense layers, a quarter of all work, compute only the cells that the trimmed map needs."""
        # An element of an upsampled map mixes the cell below its place half a cell before, and the next.
        cut_8 = trim.each(lambda px: max(0, (px + 4) // 8 - 1))
        cut_16 = cut_8.each(lambda cells: max(0, (cells + 1) // 2 - 1))
        cut_32 = cut_16.each(lambda cells: max(0, (cells + 1) // 2 - 1))
        spare = cut_32.each(lambda cells: max(0, cells - 3))  # fc6 sees three cells to each side
        (_, _, eighth, sixteenth, coarse), _ = self.encoder(image_BCHW)
        coarse = crop(coarse, spare)
        for dense in (self.fc6, self.fc7):
            coarse = self.dropout(self.relu(dense(coarse)))
        scores_32 = self.score_32(crop(coarse, cut_32.plus(spare, -1)))
        scores_16 = crop(self.up_32(scores_32), cut_16.plus(cut_32, -2)) + self.score_16(
            crop(sixteenth, cut_16)
        )
        scores_8 = crop(self.up_16(scores_16), cut_8.plus(cut_16, -2)) + self.score_8(crop(eighth, cut_8))
        return crop(self.up_8(scores_8), trim.plus(cut_8, -8))
