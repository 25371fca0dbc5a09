"""What a map learned beside the classes adds to their loss: its mean absolute error.

Sources: "A multi-task deep learning framework coupling semantic segmentation and image reconstruction
for very high resolution imagery", section 2, equation 3 (w₁ = 0.1); "Large-scale semantic classification:
outcome of the first year of Inria aerial image labeling benchmark", section 3.3, equation 2 (λ not given: 1).
Both sum or leave open how the error is pooled; here it is a mean, so that no setting depends on the patch's size.
Legend: B batch, D maps, H height, W width.
"""

from torch import Tensor, nn

CHOICES = {
    "reconstruction": {
        "title": "Image reconstruction",
        "about": "The network also learns to redraw its image, which shapes its features. Meant for few labels.",
        "role": "auxiliary",
    },
    "distance": {
        "title": "Distance to borders",
        "about": "The network also learns how far each pixel is from its class's border. Smoother, better connected outlines.",
        "role": "auxiliary",
    },
}
_WEIGHTS = {"reconstruction": (0.9, 0.1), "distance": (1.0, 1.0)}
"""Of the loss of the classes, and of the map's own error."""


def build(name: str) -> nn.Module:
    return WithAbsoluteError(*_WEIGHTS[name])


class WithAbsoluteError(nn.Module):
    """``classes`` · loss + ``own`` · mean |predicted − target| over the counted pixels of all maps."""

    def __init__(self, classes: float, own: float) -> None:
        super().__init__()
        self.classes, self.own = classes, own

    def forward(self, loss: Tensor, predicted_BDHW: Tensor, target_BDHW: Tensor, counted_BHW: Tensor) -> Tensor:
        # Masked before the sum and not by a product: what is not counted may hold anything, even NaN.
        error_BDHW = (predicted_BDHW - target_BDHW).where(counted_BHW[:, None], 0.0).abs()
        mean = error_BDHW.sum() / (counted_BHW.sum().clamp(min=1) * predicted_BDHW.shape[1])
        return self.classes * loss + self.own * mean
