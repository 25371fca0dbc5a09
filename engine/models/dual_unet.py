"""One U-Net on two scales: the window itself, and twice as much around it at half the resolution.

A weight learnt for each pixel mixes the two score maps. So buildings that are large, or that a window cuts,
are classified together with their surroundings.
Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", IGARSS 2018, section 3.2 (NUS).
Legend: B batch, C bands or channels, K classes, H height, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..core.windows import NONE, Sides, round_up
from ..protocol import EngineError
from .blocks import check_int_options, crop, init_he
from .encoder_decoder import EncoderDecoder
from .unet import UNet

CHOICES = {
    "dual_unet": {
        "title": "Dual-resolution U-Net",
        "about": "Sees each place closely and from afar. For objects that are large beside a patch.",
        "options": {"width": 32, "context_px": 192},
        "tiny": {"width": 4, "context_px": 32},
        "auxiliary": ("reconstruction", "distance"),
    }
}

_FACTORS = (1, 2, 4, 4, 8)
_POOLED_PX = 2 ** (len(_FACTORS) - 1)


def build(
    name: str, bands: int, classes: int, *, auxiliary: str, width: float, context_px: float
) -> DualUNet:
    """A `DualUNet` that starts with ``width`` channels and sees ``context_px`` pixels around a window.

    Raises `EngineError` if ``context_px`` is not a multiple of the coarsest cell, 16 px.
    """
    first, context = *check_int_options(512, width=width), *check_int_options(4096, context_px=context_px)
    if context % _POOLED_PX:
        raise EngineError(
            "bad_option",
            "The option context_px is {context_px}.",
            "Give a multiple of {multiple_px}, so that both scales align.",
            context_px=context,
            multiple_px=_POOLED_PX,
        )
    return DualUNet(bands, classes, first, context, auxiliary)


class DualUNet(UNet):
    """A U-Net on the window itself, and on ``context_px`` more to each side at half the resolution.

    With 192 px of context, 768 px in give 384 px out.
    """

    score_px = 1

    def __init__(
        self, bands: int, classes: int, width: int, context_px: int, auxiliary: str = "none"
    ) -> None:
        widths = [width * factor for factor in _FACTORS]
        super().__init__(bands, classes, widths, bias=True)
        self.score = Mixed(width, classes)
        self.margin_px = context_px
        # The mixing sees one pixel farther, and interpolation of the halved map one halved pixel.
        self._fine_px = self.receptive_px + 1
        self.multiple_px, self.receptive_px = 2 * _POOLED_PX, 2 * self.receptive_px + 3
        self.add_auxiliary(auxiliary, bands, classes, widths[-1], 2 * width, widths[-2::-1])

    @property
    def halo_px(self) -> int:
        """Pixels to read around a window: many, because the fine scale is padded at the edge of the map."""
        return round_up(max(self.receptive_px, self.margin_px + self._fine_px), self.multiple_px)

    trimmed = EncoderDecoder.trimmed

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        coarse, near_BCHW = super().features(crop(image_BCHW, Sides.all(self.margin_px)), trim)
        cut = trim.each(lambda px: max(0, px // 2 - 1))
        beyond = cut.plus(Sides.all(self.margin_px // 2))
        # In training, batch norm counts all that lies in the image: nothing is cut before it has.
        spare = NONE if self.training else beyond
        far_BCHW = crop(super().features(F.avg_pool2d(image_BCHW, 2), spare)[1], beyond.plus(spare, -1))
        grown_BCHW = crop(F.interpolate(far_BCHW, scale_factor=2, mode="bilinear"), trim.plus(cut, -2))
        return coarse, torch.cat([near_BCHW, grown_BCHW], dim=1)


class Mixed(nn.Module):
    """Scores W·near + (1 − W)·far, where W in (0, 1) is computed for each pixel from both scales' features.

    The far features are enlarged before they are scored. As both steps are linear, the order does not matter.
    """

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.score = nn.Conv2d(width, classes, 1)
        self.weigh = init_he(
            nn.Sequential(nn.Conv2d(2 * width, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, 1, 1))
        )

    def forward(self, both_BCHW: Tensor) -> Tensor:
        near_BCHW, far_BCHW = both_BCHW.chunk(2, dim=1)
        weight_B1HW = self.weigh(both_BCHW).sigmoid()
        mixed_BKHW: Tensor = weight_B1HW * self.score(near_BCHW) + (1 - weight_B1HW) * self.score(far_BCHW)
        return mixed_BKHW
