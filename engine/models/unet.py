"""U-Net: a contracting and an expanding path joined by skips, padded so that the map keeps the image's size.

Source: Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
Segmentation", MICCAI 2015; here with same padding and batch norm, as has become usual. Dropout at the end of the
contracting path is the paper's (section 3.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..core.windows import NONE, Sides, even
from .blocks import centre_crop, conv_block, inner, whole
from .encoder_decoder import EncoderDecoder

CHOICES = {
    "unet": {
        "title": "U-Net",
        "about": "Contracting and expanding path with skips, padded, batch norm. A good first choice for any imagery.",
        "options": {"width": 32, "depth": 4},
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

_LEVELS_IN_STRIPS = 2
_STRIP_PX = 2**19
"""Enough for the overlap to cost a hundredth at most."""
_LEAST_STRIPS, _LEAST_STRIP_ROWS = 4, 64
"""What a pixel of a small window costs should be about what one of a large window does."""


def _strip_rows(map_BCHW: Tensor) -> int:
    batch, _, height, width = map_BCHW.shape
    return min(max(height // _LEAST_STRIPS, _LEAST_STRIP_ROWS), _STRIP_PX // (batch * width))


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
        coarse, skips = self._encoded(image_BCHW)
        coarse = F.dropout2d(coarse, self.dropout_share, self.training)
        return coarse, self._grown(coarse, NONE, range(len(self.up)), skips, trim)

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """In strips at the finest levels, whose maps would take most of the memory: these overlap by a few pixels."""
        # A trace would note down the strips of one image for all. A GPU has memory enough, and would tune itself to each strip.
        if torch.jit.is_tracing() or image_BCHW.is_cuda:  # type: ignore[attr-defined, no-untyped-call]
            logits_BKHW: Tensor = self.score(UNet.features(self, image_BCHW, trim)[1])
            return logits_BKHW
        coarse, skips = self._encoded(image_BCHW, _LEVELS_IN_STRIPS)
        fine = range(max(0, len(self.up) - _LEVELS_IN_STRIPS), len(self.up))
        lacks, _ = self._cuts(trim, len(fine))
        medium = self._grown(coarse, NONE, range(fine.start), skips, lacks)
        height = image_BCHW.shape[-2] - 2 * self.margin_px
        strips = [
            self.score(self._grown(medium, lacks, fine, skips, Sides(trim.left, top, trim.right, height - bottom)))
            for top, bottom in even(trim.top, height - trim.bottom, _strip_rows(image_BCHW))
        ]
        return torch.cat(strips, dim=-2) if len(strips) > 1 else strips[0]

    def _encoded(self, image_BCHW: Tensor, levels_in_strips: int = 0) -> tuple[Tensor, list[Tensor]]:
        """The coarsest map, and those of all other levels, coarse to fine."""
        maps: list[Tensor] = []
        for level, block in enumerate(self.down):
            features = self.pool(maps[0]) if level else image_BCHW
            maps.insert(0, self._in_strips(block, features) if level < levels_in_strips else block(features))
        return maps[0], maps[1:]

    def _in_strips(self, block: nn.Module, map_BCHW: Tensor) -> Tensor:
        """What ``block`` makes of a map, strip by strip, each with the rows that the block looks at or spoils."""
        height, lost_px = map_BCHW.shape[-2], 4 - 2 * self._block_px
        made_BCHW: Tensor | None = None
        for top, bottom in even(0, height - lost_px, _strip_rows(map_BCHW)):
            first = max(0, top - self._block_px)
            rows, made = slice(first, bottom + lost_px + self._block_px), slice(top - first, bottom - first)
            strip_BCHW = block(map_BCHW[..., rows, :])[..., made, :]
            if made_BCHW is None:  # all at once: joined in the end, they would take twice the memory
                shape = (*strip_BCHW.shape[:2], height - lost_px, strip_BCHW.shape[-1])
                kind = {"dtype": strip_BCHW.dtype, "device": strip_BCHW.device, "memory_format": torch.channels_last}
                made_BCHW = torch.empty(shape, **kind)
            made_BCHW[..., top:bottom, :] = strip_BCHW
        assert made_BCHW is not None  # nosec B101 (a map has at least one strip)
        return made_BCHW

    def _grown(self, features: Tensor, lacks: Sides, levels: range, skips: Sequence[Tensor], trim: Sides) -> Tensor:
        """``features``, which lack so much already, brought up by ``levels`` to a map less ``trim`` on its sides."""
        bottom, cuts = self._cuts(trim, len(levels))
        features = inner(features, bottom.plus(lacks, -1))
        for level, (coarser, grown_cut, done) in zip(levels, cuts):
            grown = self.grow[level](features)
            # Without padding, maps shrink evenly; what was cut so far need not be even.
            height = grown.shape[-2] + 2 * (coarser.top + coarser.bottom)
            width = grown.shape[-1] + 2 * (coarser.left + coarser.right)
            skip = inner(centre_crop(skips[level], height, width), grown_cut.plus(coarser, 2))
            joined = torch.cat([skip, inner(grown, grown_cut)], dim=1)
            del features, grown
            features = inner(self.up[level](joined), done)
        return features

    def _cuts(self, trim: Sides, levels: int) -> tuple[Sides, list[tuple[Sides, Sides, Sides]]]:
        """`_cuts_along` for all sides."""
        bottoms, cuts = zip(*(self._cuts_along(px, levels) for px in trim))
        return Sides(*bottoms), [(Sides(*a), Sides(*b), Sides(*c)) for a, b, c in (zip(*level) for level in zip(*cuts))]

    def _cuts_along(self, trim_px: int, levels: int) -> tuple[int, list[tuple[int, int, int]]]:
        """What is cut from a side of the map below ``levels``, and then level by level: how much the coarser map lacks in all,
        and what is cut from the map grown from it and from what its block gave.

        Maps that will be trimmed need but a few pixels more at each level on the way up: those that the block's padding
        spoils, and those that interpolation at the cut does. Whole cells of the coarser level are cut, so maps stay aligned.
        """
        cuts = []
        for _ in range(levels):
            grown_px = max(0, trim_px - self._block_px) // 2 * 2
            coarser_px = max(0, grown_px // 2 - self._grow_px)
            cuts.append((coarser_px, grown_px - 2 * coarser_px, trim_px - grown_px))
            trim_px = coarser_px
        return trim_px, cuts[::-1]
