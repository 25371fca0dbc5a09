"""Mean absolute error of auxiliary maps over the pixels that count, added to the loss of the classes.

Legend: B batch, D maps, H height, W width.
"""

from torch import Tensor, nn


class WithAbsoluteError(nn.Module):
    """``classes`` · loss + ``own`` · mean |predicted − target| over the counted pixels of all maps."""

    def __init__(self, classes: float, own: float) -> None:
        super().__init__()
        self.classes, self.own = classes, own

    def forward(
        self, loss: Tensor, predicted_BDHW: Tensor, target_BDHW: Tensor, counted_BHW: Tensor
    ) -> Tensor:
        # Masked before the sum and not by a product: pixels that do not count may hold NaN.
        error_BDHW = (predicted_BDHW - target_BDHW).where(counted_BHW[:, None], 0.0).abs()
        mean = error_BDHW.sum() / (counted_BHW.sum().clamp(min=1) * predicted_BDHW.shape[1])
        return self.classes * loss + self.own * mean
