"""U-Net whose convolutions pad nothing: a smaller map, every pixel of which has seen true surroundings alone.

So it may be trained on small windows and run on the largest that memory holds, with equal results.
Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", IGARSS 2018, section 3.1 (AMLL): the U-Net of Ronneberger et al. with half its filters.
"""

from __future__ import annotations

from torch import nn

from .blocks import whole
from .unet import UNet, doubled

CHOICES = {
    "unet_valid": {
        "title": "U-Net, valid convolutions",
        "about": "The original U-Net: pads nothing, so no pixel is judged by invented surroundings. Wants larger patches.",
        "options": {"width": 32, "depth": 4, "norm": 0},
        "auxiliary": ("reconstruction", "distance"),
        # Without batch norm the rate must be lower; and the margin around a patch costs less the larger the
        # patch.
        "training": {"learning_rate": 1e-3, "patch_px": 388, "batch": 2},
        "published": {
            "source": "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling "
            "benchmark, IGARSS 2018, section 3.1 (AMLL)",
            "recipe": {
                "loss": "cross_entropy",
                "auxiliary": "none",
                "optimizer": "adam",
                "learning_rate": 1e-3,
                "rate_schedule": "step",
                "encoder_rate": 1.0,
                "weight_decay": 0.0,
                "momentum": 0.9,
                "patch_px": 388,
                "batch": 5,
                "epochs": 100,
                "epoch_patches": 40000,
                "patience": 0,
                "sampling": "grid",
                "grid_px": 480,
                "augmentation": "turns",
            },
            "chosen": "The paper names neither batch norm nor weight decay: we take none. It subtracts the mean colour of "
            "all images; we also divide each band by its standard deviation.",
            "results": (
                ("Inria aerial images, Bellingham", "IoU of buildings, %", 67.14),
                ("Inria aerial images, Bellingham", "overall accuracy, %", 96.64),
                ("Inria aerial images, Bloomington", "IoU of buildings, %", 65.43),
                ("Inria aerial images, Bloomington", "overall accuracy, %", 96.73),
                ("Inria aerial images, Innsbruck", "IoU of buildings, %", 72.27),
                ("Inria aerial images, Innsbruck", "overall accuracy, %", 96.66),
                ("Inria aerial images, San Francisco", "IoU of buildings, %", 75.72),
                ("Inria aerial images, San Francisco", "overall accuracy, %", 91.80),
                ("Inria aerial images, East Tyrol", "IoU of buildings, %", 74.67),
                ("Inria aerial images, East Tyrol", "overall accuracy, %", 97.70),
                ("Inria aerial images, all test tiles", "IoU of buildings, %", 72.55),
                ("Inria aerial images, all test tiles", "overall accuracy, %", 95.91),
            ),
        },
    }
}


def build(
    name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float, norm: float
) -> UNetValid:
    (with_norm,) = whole(1, 0, norm=norm)
    return UNetValid(bands, classes, doubled(width, depth), auxiliary, norm=bool(with_norm))


class UNetValid(UNet):
    """572 px in, 388 px out at depth 4: the map is smaller than the image by all that a pixel sees, 92 px on
    each side.

    Images are read with that margin; where a raster ends, its surroundings are mirrored by whoever reads it.
    """

    uses_padding = False

    def __init__(
        self,
        bands: int,
        classes: int,
        widths: tuple[int, ...],
        auxiliary: str = "none",
        *,
        norm: bool = False,
    ) -> None:
        super().__init__(bands, classes, widths, auxiliary, norm=norm, bias=True, padding=0)
        self.margin_px = 6 * self.multiple_px - 4
        self.remainder_px = 4 % self.multiple_px
        # No batch norm evens out what the up-convolutions start with.
        for grow in self.grow:
            nn.init.kaiming_normal_(grow.get_parameter("weight"))
