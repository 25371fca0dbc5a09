"""Two U-Nets end to end: the second sees the image and what the first made of it, and corrects that.

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
from .blocks import inner
from .encoder_decoder import EncoderDecoder
from .network import NetworkOutput
from .unet import UNet, doubled

CHOICES = {
    "stacked_unet": {
        "title": "Stacked U-Nets",
        "about": "A second U-Net corrects the first one's map. Tidier shapes, for twice the time.",
        "options": {"width": 32, "depth": 4},
        "auxiliary": ("reconstruction", "distance"),
        "published": {
            "source": "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling "
            "benchmark, IGARSS 2018, section 3.4 (Raisa Energy)",
            "recipe": {
                "loss": "binary_cross_entropy_jaccard",
                "auxiliary": "none",
                "optimizer": "adam",
                "learning_rate": 1e-3,
                "rate_schedule": "poly",
                "encoder_rate": 1.0,
                "weight_decay": 0.0,
                "momentum": 0.9,
                "patch_px": 384,
                "batch": 8,
                "epochs": 30,
                "epoch_patches": 0,
                "patience": 0,
                "sampling": "uniform",
                "grid_px": 0,
                "augmentation": "turns",
            },
            "chosen": "The paper gives the stack, the two parts of the loss, and rotations and reflections in training and "
            "classifying. Widths, batch norm, same padding, that the second stage sees the image too, the loss on both "
            "stages, patch, batch, optimiser, rate and epochs are ours. Where it has one score for buildings, two classes "
            "have two here.",
            "results": (
                ("Inria aerial images, Bellingham", "IoU of buildings, %", 68.73),
                ("Inria aerial images, Bellingham", "overall accuracy, %", 96.79),
                ("Inria aerial images, Bloomington", "IoU of buildings, %", 60.83),
                ("Inria aerial images, Bloomington", "overall accuracy, %", 96.23),
                ("Inria aerial images, Innsbruck", "IoU of buildings, %", 70.07),
                ("Inria aerial images, Innsbruck", "overall accuracy, %", 96.31),
                ("Inria aerial images, San Francisco", "IoU of buildings, %", 70.64),
                ("Inria aerial images, San Francisco", "overall accuracy, %", 89.52),
                ("Inria aerial images, East Tyrol", "IoU of buildings, %", 74.76),
                ("Inria aerial images, East Tyrol", "overall accuracy, %", 97.64),
                ("Inria aerial images, all test tiles", "IoU of buildings, %", 69.57),
                ("Inria aerial images, all test tiles", "overall accuracy, %", 95.30),
            ),
        },
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float) -> StackedUNet:
    return StackedUNet(bands, classes, doubled(width, depth), auxiliary)


class StackedUNet(UNet):
    """The second U-Net, with the ``first`` in front of it; both are judged, and learn together.

    Coarsest cells of both lie alike, so a pixel's place in its cell counts once in what it sees.
    """

    def __init__(self, bands: int, classes: int, widths: tuple[int, ...], auxiliary: str = "none") -> None:
        super().__init__(bands + classes, classes, widths, bias=True)
        self.first = UNet(bands, classes, widths, bias=True)
        self.receptive_px += 6 * self.multiple_px
        self.carry(auxiliary, bands, classes, widths[-1], widths[0], widths[-2::-1])

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        return super().features(*self._judged(image_BCHW, trim, EncoderDecoder.trimmed))

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        return super().trimmed(*self._judged(image_BCHW, trim, UNet.trimmed))

    def maps(self, image_BCHW: Tensor) -> NetworkOutput:
        first_BKHW = self.first(image_BCHW)
        return dataclasses.replace(
            self.maps_from(*super().features(_joined(image_BCHW, first_BKHW))), earlier=(first_BKHW,)
        )

    def _judged(
        self, image_BCHW: Tensor, trim: Sides, trimmed: Callable[[UNet, Tensor, Sides], Tensor]
    ) -> tuple[Tensor, Sides]:
        """What the second U-Net sees, as far as it looks for a map less ``trim``, and what is then left of
        that to trim.

        ``trimmed`` is how the first one computes it: in strips or whole.
        """
        # Cut where coarsest cells end.
        first = trim.each(
            lambda px: max(0, px - self.first.receptive_px) // self.multiple_px * self.multiple_px
        )
        return _joined(inner(image_BCHW, first), trimmed(self.first, image_BCHW, first)), trim.plus(first, -1)


def _joined(image_BCHW: Tensor, first_BKHW: Tensor) -> Tensor:
    """The image, and the probabilities that the first U-Net's logits mean."""
    probability_BKHW = first_BKHW.softmax(1) if first_BKHW.shape[1] > 1 else first_BKHW.sigmoid()
    return torch.cat([image_BCHW, probability_BKHW], dim=1)
