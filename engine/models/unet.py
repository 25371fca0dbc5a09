"""U-Net: a contracting and an expanding path joined by skips, padded so that the map keeps the image's size.

Source: Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
Segmentation", MICCAI 2015; here with same padding and batch norm, as has become usual.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .blocks import conv_block, whole
from .encoder_decoder import EncoderDecoder

CHOICES = {
    "unet": {
        "title": "U-Net",
        "about": "Contracting and expanding path with skips, padded, batch norm. A good first choice for any imagery.",
        "options": {"width": 32, "depth": 4},
        "auxiliary": ("reconstruction", "distance"),
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float) -> UNet:
    return UNet(bands, classes, *whole(512, width=width), *whole(7, depth=depth), auxiliary)


class UNet(EncoderDecoder):
    """``width`` channels at full resolution, doubled at each of ``depth`` poolings.

    Each output pixel sees two 3×3 convolutions per level on the way down and up, 6·2^depth − 4
    pixels to each side, and up to 2^depth − 1 more by where it lies in its coarsest cell.
    """

    def __init__(self, bands: int, classes: int, width: int, depth: int, auxiliary: str = "none") -> None:
        super().__init__()
        self.multiple_px = 2**depth
        self.receptive_px = 7 * 2**depth - 5
        widths = [width * 2**level for level in range(depth + 1)]
        self.down = nn.ModuleList(conv_block(before, after, after) for before, after in zip([bands, *widths], widths))
        self.pool = nn.MaxPool2d(2)
        levels = list(zip(widths, widths[1:]))[::-1]
        self.grow = nn.ModuleList(nn.ConvTranspose2d(coarse, fine, 2, stride=2) for fine, coarse in levels)
        self.up = nn.ModuleList(conv_block(2 * fine, fine, fine) for fine, _ in levels)
        self.score = nn.Conv2d(width, classes, 1)
        self.carry(auxiliary, bands, classes, widths[-1], width, widths[-2::-1])

    def features(self, image_BCHW: Tensor) -> tuple[Tensor, Tensor]:
        skips: list[Tensor] = []
        features = image_BCHW
        for level, block in enumerate(self.down):
            features = block(self.pool(features) if level else features)
            skips.append(features)
        coarse = skips.pop()
        for grow, block in zip(self.grow, self.up):
            features = block(torch.cat([skips.pop(), grow(features)], dim=1))
        return coarse, features
