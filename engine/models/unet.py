"""U-Net: a contracting and an expanding path joined by skips, padded so that the map keeps the image's size.

Source: Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI
2015. Here convolutions are padded to keep the size and have batch norm, as has become usual. Dropout at the
end of the contracting path is from the paper (section 3.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..core.windows import NONE, Sides
from . import strips
from .blocks import check_int_options, conv_block
from .encoder_decoder import EncoderDecoder

CHOICES = {
    "unet": {
        "title": "U-Net",
        "about": "Encoder and decoder joined by skips, padded. A good first choice for any imagery.",
        "options": {"width": 32, "depth": 4},
        "tiny": {"width": 4, "depth": 3},
        "auxiliary": ("reconstruction", "distance"),
        "training": {
            "rate_schedule": "constant",
            "averaging": 0.999,
            "augmentation": "rotations",
            "dropout": 0.3,
            "extra_shift": 1.0,
        },
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float) -> UNet:
    """A `UNet` of ``width`` channels at full resolution and ``depth`` poolings."""
    return UNet(bands, classes, channel_widths(width, depth), auxiliary)


def channel_widths(width: float, depth: float) -> tuple[int, ...]:
    """Channels of each level: ``width`` at full resolution, doubled by each of ``depth`` poolings."""
    (first,), (poolings,) = check_int_options(512, width=width), check_int_options(7, depth=depth)
    return tuple(first * 2**level for level in range(poolings + 1))


class UNet(EncoderDecoder):
    """A U-Net of ``widths`` channels, from full resolution to the coarsest level; base of the other U-Nets.

    A logit sees 6·2^depth − 4 pixels on each side through two 3×3 convolutions per level on both paths, and
    up to 2^depth − 1 more that depend on the position of its pixel in its coarsest cell. These are twice as
    many if the expanding path interpolates from neighbouring cells (``interpolated``) instead of using 2×2
    up-convolutions.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        widths: Sequence[int],
        auxiliary: str = "none",
        *,
        norm: bool = True,
        bias: bool = False,
        padding: int = 1,
        interpolated: bool = False,
    ) -> None:
        super().__init__()
        block = partial(conv_block, norm=norm, bias=bias, padding=padding)
        self.multiple_px = 2 ** (len(widths) - 1)
        self.receptive_px = 6 * self.multiple_px - 4 + (2 if interpolated else 1) * (self.multiple_px - 1)
        self.down = nn.ModuleList(
            block(before, after, after) for before, after in zip([bands, *widths], widths)
        )
        self.pool = nn.MaxPool2d(2)
        levels = list(zip(widths, widths[1:]))[::-1]
        self.grow = nn.ModuleList(
            nn.Upsample(scale_factor=2, mode="bilinear")
            if interpolated
            else nn.ConvTranspose2d(coarse, fine, 2, stride=2)
            for fine, coarse in levels
        )
        self.up = nn.ModuleList(
            block(fine + (coarse if interpolated else fine), fine, fine) for fine, coarse in levels
        )
        self.block_px, self.grow_px = 2 * padding, int(interpolated)  # for computing in strips
        self.score = nn.Conv2d(widths[0], classes, 1)
        self.add_auxiliary(auxiliary, bands, classes, widths[-1], widths[0], widths[-2::-1])

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        coarse, skips = strips.encode(self, image_BCHW)
        coarse = F.dropout2d(coarse, self.encoder_dropout, self.training)
        return coarse, strips.decode(self, coarse, range(len(self.up)), skips, trim)

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        # A trace would note down the strips of one image for all. A GPU has memory enough, and would tune
        # itself to each strip.
        if torch.jit.is_tracing() or image_BCHW.is_cuda:  # type: ignore[attr-defined, no-untyped-call]
            logits_BKHW: Tensor = self.score(UNet.features(self, image_BCHW, trim)[1])
            return logits_BKHW
        return strips.logits_in_strips(self, image_BCHW, trim)
