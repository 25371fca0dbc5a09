"""Auxiliary loss: 0.9 · the loss of the classes + 0.1 · the mean absolute error of the reconstructed image.

Source: "A multi-task deep learning framework coupling semantic segmentation and image reconstruction for very
high resolution imagery", section 2, equation 3 (w₁ = 0.1). The paper does not say how the error is pooled;
here it is a mean, so that no setting depends on the patch's size.
"""

from torch import nn

from .absolute_error import WithAbsoluteError

CHOICES = {
    "reconstruction": {
        "title": "Image reconstruction",
        "about": "Also learns to redraw the image, which shapes its features. Meant for few labels.",
        "role": "auxiliary",
    }
}


def build(name: str) -> nn.Module:
    """Build the loss ``reconstruction``: 0.9 · the loss of the classes + 0.1 · the image's error."""
    return WithAbsoluteError(0.9, 0.1)
