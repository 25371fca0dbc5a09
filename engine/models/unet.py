"""U-Net: a contracting and an expanding path joined by skips, padded so that the map keeps the image's size.

Source: Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
Segmentation", MICCAI 2015; here with same padding and batch norm, as has become usual.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..protocol import EngineError
from .network import Network

CHOICES = {
    "unet": {
        "title": "U-Net",
        "about": "Contracting and expanding path with skips, padded, batch norm. A good first choice for any imagery.",
        "options": {"width": 32, "depth": 4},
        "training": {"learning_rate": 2e-3, "patch_px": 256, "batch": 4},
    }
}


def build(name: str, bands: int, classes: int, *, width: float, depth: float) -> UNet:
    for option, value, high in (("width", width, 512), ("depth", depth, 7)):
        if value != int(value) or not 1 <= value <= high:
            raise EngineError("bad_option", f"The option {option} is {value:g}.", f"Give a whole number from 1 to {high}.")
    return UNet(bands, classes, int(width), int(depth))


class UNet(Network):
    """``width`` channels at full resolution, doubled at each of ``depth`` poolings.

    Each output pixel sees two 3×3 convolutions per level on the way down and up, 6·2^depth − 4
    pixels to each side, and up to 2^depth − 1 more by where it lies in its coarsest cell.
    """

    def __init__(self, bands: int, classes: int, width: int, depth: int) -> None:
        super().__init__()
        self.multiple_px = 2**depth
        self.receptive_px = 7 * 2**depth - 5
        widths = [width * 2**level for level in range(depth + 1)]
        self.down = nn.ModuleList(_block(i, o) for i, o in zip([bands, *widths], widths))
        self.pool = nn.MaxPool2d(2)
        levels = list(zip(widths, widths[1:]))[::-1]
        self.grow = nn.ModuleList(nn.ConvTranspose2d(coarse, fine, 2, stride=2) for fine, coarse in levels)
        self.up = nn.ModuleList(_block(2 * fine, fine) for fine, _ in levels)
        self.score = nn.Conv2d(width, classes, 1)

    def forward(self, image_BCHW: Tensor) -> Tensor:
        skips: list[Tensor] = []
        features = image_BCHW
        for level, block in enumerate(self.down):
            features = block(self.pool(features) if level else features)
            skips.append(features)
        skips.pop()
        for grow, block in zip(self.grow, self.up):
            features = block(torch.cat([skips.pop(), grow(features)], dim=1))
        logits_BKHW: Tensor = self.score(features)
        return logits_BKHW


def _block(channels_in: int, channels_out: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for channels in (channels_in, channels_out):
        layers += [
            nn.Conv2d(channels, channels_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels_out),
            nn.ReLU(inplace=True),
        ]
    block = nn.Sequential(*layers)
    for layer in block:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return block
