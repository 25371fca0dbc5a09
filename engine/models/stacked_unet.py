"""Two U-Nets in sequence: the second one reads the image and the first one's map, and corrects that map.

Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", IGARSS 2018, section 3.4 (Raisa Energy).
Legend: B batch, C bands or channels, K classes, H height, W width.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import torch
from torch import Tensor

from ..core.windows import NONE, Sides
from .blocks import crop
from .encoder_decoder import EncoderDecoder
from .network import NetworkOutput
from .unet import UNet, channel_widths

CHOICES = {
    "stacked_unet": {
        "title": "Stacked U-Nets",
        "about": "A second U-Net corrects the first one's map. Tidier shapes, for twice the time.",
        "options": {"width": 32, "depth": 4},
        "tiny": {"width": 4, "depth": 3},
        "auxiliary": ("reconstruction", "distance"),
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float) -> StackedUNet:
    """A `StackedUNet` of two U-Nets of ``width`` channels and ``depth`` poolings."""
    return StackedUNet(bands, classes, channel_widths(width, depth), auxiliary)


class StackedUNet(UNet):
    """The second U-Net, with the ``first`` one in front of it; both have a loss and are trained together.

    The coarsest cells of both coincide, so the position of a pixel in its cell adds only once to what it
    sees.
    """

    def __init__(self, bands: int, classes: int, widths: tuple[int, ...], auxiliary: str = "none") -> None:
        super().__init__(bands + classes, classes, widths, bias=True)
        self.first = UNet(bands, classes, widths, bias=True)
        self.receptive_px += 6 * self.multiple_px
        self.add_auxiliary(auxiliary, bands, classes, widths[-1], widths[0], widths[-2::-1])

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        return super().features(*self._second_input(image_BCHW, trim, EncoderDecoder.trimmed))

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        return super().trimmed(*self._second_input(image_BCHW, trim, UNet.trimmed))

    def forward_training(self, image_BCHW: Tensor) -> NetworkOutput:
        first_BKHW = self.first(image_BCHW)
        return dataclasses.replace(
            self.output_of(*super().features(_with_probabilities(image_BCHW, first_BKHW))),
            intermediate_logits=(first_BKHW,),
        )

    def _second_input(
        self, image_BCHW: Tensor, trim: Sides, trimmed: Callable[[UNet, Tensor, Sides], Tensor]
    ) -> tuple[Tensor, Sides]:
        """The part of the second U-Net's input that a map without ``trim`` depends on, and the rest to trim.

        ``trimmed`` is the method that computes the first U-Net's map: in strips or at once.
        """
        # Cut where coarsest cells end.
        first = trim.each(
            lambda px: max(0, px - self.first.receptive_px) // self.multiple_px * self.multiple_px
        )
        return _with_probabilities(
            crop(image_BCHW, first), trimmed(self.first, image_BCHW, first)
        ), trim.plus(first, -1)


def _with_probabilities(image_BCHW: Tensor, first_BKHW: Tensor) -> Tensor:
    """The image's bands followed by the class probabilities of the first U-Net."""
    probability_BKHW = first_BKHW.softmax(1) if first_BKHW.shape[1] > 1 else first_BKHW.sigmoid()
    return torch.cat([image_BCHW, probability_BKHW], dim=1)
