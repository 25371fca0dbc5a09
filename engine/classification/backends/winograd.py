"""A convolution of a network that only computes, by Winograd's transforms. Legend: B batch, C channels, H
height, W width.
"""

from __future__ import annotations

from torch import Tensor, nn

from ...compute.winograd import convolved, transformed


class WinogradConvolution(nn.Module):
    """``convolution``, and ReLU after it if ``relu``, in 32 bits; differs from it by rounding alone (some
    1e-5 of the values).
    """

    def __init__(self, convolution: nn.Conv2d, relu: bool) -> None:
        super().__init__()
        self.padding_px, self.relu = int(convolution.padding[0]), relu
        self.weight = nn.Parameter(
            transformed(convolution.weight.detach().double()).float(), requires_grad=False
        )
        bias = convolution.bias
        self.bias = None if bias is None else nn.Parameter(bias.detach().float(), requires_grad=False)

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return convolved(map_BCHW, self.weight, self.padding_px, self.bias, relu=self.relu)
