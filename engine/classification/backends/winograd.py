"""A convolution for inference by Winograd's transforms.

Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from torch import Tensor, nn

from ...compute.kernels import copy_network, replace_layers
from ...compute.winograd import convolve, supports_winograd, transform_kernels
from ...models import Network


class WinogradConv2d(nn.Module):
    """``convolution`` in 32 bits by Winograd's transforms: the same up to rounding (about 1e-5)."""

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.padding_px = int(convolution.padding[0])
        weight_36CO = transform_kernels(convolution.weight.detach().double()).float()
        self.weight = nn.Parameter(weight_36CO, requires_grad=False)
        bias = convolution.bias
        self.bias = None if bias is None else nn.Parameter(bias.detach().float(), requires_grad=False)

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return convolve(map_BCHW, self.weight, self.padding_px, self.bias)


def use_winograd(network: Network) -> Network:
    """A copy of ``network`` that computes wide convolutions by Winograd; other weights are shared."""
    return replace_layers(copy_network(network), _replacement)


def _replacement(layer: nn.Module) -> nn.Module | None:
    if supports_winograd(layer):
        assert isinstance(layer, nn.Conv2d)  # nosec B101 (mypy cannot see it)
        return WinogradConv2d(layer)
    return None
