"""U-Net: a contracting and an expanding path joined by skips, padded so that the map keeps the image's size.

Source: Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
Segmentation", MICCAI 2015; here with same padding and batch norm, as has become usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
from torch import Tensor, nn

from ..windows import Sides
from .blocks import centre_crop, conv_block, inner, whole
from .encoder_decoder import NONE, EncoderDecoder

CHOICES = {
    "unet": {
        "title": "U-Net",
        "about": "Contracting and expanding path with skips, padded, batch norm. A good first choice for any imagery.",
        "options": {"width": 32, "depth": 4},
        "auxiliary": ("reconstruction", "distance"),
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float) -> UNet:
    return UNet(bands, classes, doubled(width, depth), auxiliary)


def doubled(width: float, depth: float) -> tuple[int, ...]:
    """``width`` channels at full resolution, twice as many after each of ``depth`` poolings."""
    first, poolings = *whole(512, width=width), *whole(7, depth=depth)
    return tuple(first * 2**level for level in range(poolings + 1))


class UNet(EncoderDecoder):
    """``widths`` channels from full resolution down to the last pooling, and back; the family's common body.

    Each output pixel sees two 3×3 convolutions per level on the way down and up, 6·2^depth − 4
    pixels to each side, and up to 2^depth − 1 more by where it lies in its coarsest cell; twice that
    if maps are ``interpolated`` on the way up, from neighbouring cells, instead of grown by 2×2 up-convolutions.
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
        self.down = nn.ModuleList(block(before, after, after) for before, after in zip([bands, *widths], widths))
        self.pool = nn.MaxPool2d(2)
        levels = list(zip(widths, widths[1:]))[::-1]
        self.grow = nn.ModuleList(
            nn.Upsample(scale_factor=2, mode="bilinear") if interpolated else nn.ConvTranspose2d(coarse, fine, 2, stride=2)
            for fine, coarse in levels
        )
        self.up = nn.ModuleList(block(fine + (coarse if interpolated else fine), fine, fine) for fine, coarse in levels)
        # How far in from a cut maps are spoilt by a block, and by growing (in pixels of the coarser map).
        self._block_px, self._grow_px = 2 * padding, int(interpolated)
        self.score = nn.Conv2d(widths[0], classes, 1)
        self.carry(auxiliary, bands, classes, widths[-1], widths[0], widths[-2::-1])

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        skips: list[Tensor] = []
        features = image_BCHW
        for level, block in enumerate(self.down):
            features = block(self.pool(features) if level else features)
            skips.append(features)
        coarse = skips.pop()
        bottom, cuts = self._cuts(trim)
        features = inner(coarse, bottom)
        for grow, block, (coarser, grown_cut, done) in zip(self.grow, self.up, cuts):
            grown = grow(features)
            # Without padding, maps shrink evenly; what was cut so far need not be even.
            height = grown.shape[-2] + 2 * (coarser.top + coarser.bottom)
            width = grown.shape[-1] + 2 * (coarser.left + coarser.right)
            skip = inner(centre_crop(skips.pop(), height, width), grown_cut.plus(coarser, 2))
            features = inner(block(torch.cat([skip, inner(grown, grown_cut)], dim=1)), done)
        return coarse, features

    def _cuts(self, trim: Sides) -> tuple[Sides, list[tuple[Sides, Sides, Sides]]]:
        """`_cuts_along` for all sides."""
        bottoms, cuts = zip(*map(self._cuts_along, trim))
        return Sides(*bottoms), [(Sides(*a), Sides(*b), Sides(*c)) for a, b, c in (zip(*level) for level in zip(*cuts))]

    def _cuts_along(self, trim_px: int) -> tuple[int, list[tuple[int, int, int]]]:
        """What is cut from a side of the coarsest map, and then level by level: how much the coarser map lacks in all, and
        what is cut from the map grown from it and from what its block gave.

        Maps that will be trimmed need but a few pixels more at each level on the way up: those that the block's padding
        spoils, and those that interpolation at the cut does. Whole cells of the coarser level are cut, so maps stay aligned.
        """
        cuts = []
        for _ in self.up:
            grown_px = max(0, trim_px - self._block_px) // 2 * 2
            coarser_px = max(0, grown_px // 2 - self._grow_px)
            cuts.append((coarser_px, grown_px - 2 * coarser_px, trim_px - grown_px))
            trim_px = coarser_px
        return trim_px, cuts[::-1]
