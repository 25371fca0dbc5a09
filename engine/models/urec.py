"""U-REC: a U-Net that also learns to reconstruct the image, which shapes its features.

Source: "A multi-task deep learning framework coupling semantic segmentation and image reconstruction
for very high resolution imagery", IGARSS 2019.
"""

from __future__ import annotations

from .blocks import check_int_options
from .unet import UNet

CHOICES = {
    "urec": {
        "title": "U-REC",
        "about": "A deep U-Net that also learns to redraw its image. For few labels and rare classes.",
        "options": {"width": 64},
        "tiny": {"width": 4},
        "auxiliary": ("reconstruction", "distance"),
        "training": {"auxiliary": "reconstruction"},
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float) -> UNet:
    """A `UNet` of ``width`` channels and five poolings. Only the decoder of the classes has skips.

    With skips, the decoder of the image would simply copy it.
    """
    (first,) = check_int_options(512, width=width)
    widths = [first * factor for factor in (1, 2, 4, 8, 8, 8)]
    return UNet(bands, classes, widths, auxiliary, bias=True, interpolated=True)
