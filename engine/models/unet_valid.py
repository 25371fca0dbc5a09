"""U-Net with valid convolutions: nothing is padded, so the map is smaller than the image.

Each pixel of the map depends on real surroundings only. So the network can be trained on small windows and
applied to the largest that fit into memory, with equal results.
Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", IGARSS 2018, section 3.1 (AMLL): the U-Net of Ronneberger et al. with half its filters.
"""

from __future__ import annotations

from torch import nn

from .blocks import check_int_options
from .unet import UNet, channel_widths

CHOICES = {
    "unet_valid": {
        "title": "U-Net, valid convolutions",
        "about": "The original U-Net without padding: no invented surroundings. Needs larger patches.",
        "options": {"width": 32, "depth": 4, "norm": 0},
        "tiny": {"width": 4, "depth": 3},
        "auxiliary": ("reconstruction", "distance"),
        # Without batch norm the rate must be lower; and the margin around a patch costs less the larger the
        # patch.
        "training": {"learning_rate": 1e-3, "patch_px": 388, "batch": 2},
    }
}


def build(
    name: str, bands: int, classes: int, *, auxiliary: str, width: float, depth: float, norm: float
) -> UNetValid:
    """A `UNetValid` of ``width`` channels and ``depth`` poolings, with batch norm if ``norm`` is 1."""
    (with_norm,) = check_int_options(1, 0, norm=norm)
    return UNetValid(bands, classes, channel_widths(width, depth), auxiliary, norm=bool(with_norm))


class UNetValid(UNet):
    """A U-Net without padding: 572 px in, 388 px out at depth 4, a margin of 92 px on each side.

    Images are read with that margin, mirrored where the raster ends.
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
        # Without batch norm, the initial scale of the up-convolutions matters.
        for grow in self.grow:
            nn.init.kaiming_normal_(grow.get_parameter("weight"))
