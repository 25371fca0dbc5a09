"""U-REC: a U-Net that learns to paint the image again beside naming its classes, which shapes the features of
both.

Source: "A multi-task deep learning framework coupling semantic segmentation and image reconstruction
for very high resolution imagery", IGARSS 2019.
"""

from __future__ import annotations

from .blocks import whole
from .unet import UNet

CHOICES = {
    "urec": {
        "title": "U-REC",
        "about": "A deep U-Net that also reconstructs the image while it learns. For few labels and rare classes.",
        "options": {"width": 64},
        "auxiliary": ("reconstruction", "distance"),
        "training": {"auxiliary": "reconstruction"},
        "published": {
            "source": "A multi-task deep learning framework coupling semantic segmentation and image reconstruction for "
            "very high resolution imagery, IGARSS 2019, section 2",
            "recipe": {
                "loss": "cross_entropy",
                "auxiliary": "reconstruction",
                "optimizer": "adam",
                "learning_rate": 1e-4,
                "rate_schedule": "constant",
                "encoder_rate": 1.0,
                "weight_decay": 0.0,
                "momentum": 0.9,
                "patch_px": 256,
                "batch": 14,
                "epochs": 50,
                "epoch_patches": 13800,
                "patience": 10,
                "sampling": "grid",
                "grid_px": 64,
                "augmentation": "none",
            },
            "chosen": "The paper leaves open the widths, the number of blocks a level, how maps grow (here bilinearly) and when "
            "training stops. The absolute difference is that of bands scaled to deviation 1, as a mean over pixels and bands "
            "and not as a sum, so that its weight of 0.1 depends on neither the image's numbers nor the patch.",
            "results": (
                ("ISPRS Vaihingen, 17 test images", "overall accuracy, %", 89.02),
                ("ISPRS Vaihingen, 17 test images", "F1 of impervious surfaces", 0.915),
                ("ISPRS Vaihingen, 17 test images", "F1 of buildings", 0.941),
                ("ISPRS Vaihingen, 17 test images", "F1 of low vegetation", 0.815),
                ("ISPRS Vaihingen, 17 test images", "F1 of trees", 0.882),
                ("ISPRS Vaihingen, 17 test images", "F1 of cars", 0.795),
                ("ISPRS Vaihingen, 17 test images", "F1 of clutter", 0.399),
            ),
        },
    }
}


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float) -> UNet:
    """Five poolings; the decoder of the classes has the skips, that of the image has not, as it could copy
    them.
    """
    (first,) = whole(512, width=width)
    widths = [first * factor for factor in (1, 2, 4, 8, 8, 8)]
    return UNet(bands, classes, widths, auxiliary, bias=True, interpolated=True)
