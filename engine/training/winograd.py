"""Training by Winograd's convolutions, on CPUs with AVX2 that compute in 32 bits only.

Legend: B batch, C channels in, H height, O channels out, W width.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from ..compute.device import Device
from ..compute.kernels import convolution_as, replace_layers
from ..compute.winograd import LEAST_CHANNELS, convolve, supports_winograd, transform_kernels, weight_gradient

_CHUNK_VALUES = 2**15
"""More at a time than in classification, because in gradients more threads wait for each other."""
_LEAST_CHANNELS_OF_WEIGHTS = 16
"""Layers with fewer channels are left as they are.

With AVX2, oneDNN takes twice as long for the gradient of the weights as for a forward pass, so that gradient
gains even where the forward pass, which needs `LEAST_CHANNELS`, does not.
"""


def use_winograd(network: nn.Module, device: Device) -> None:
    """Replace the layers of ``network`` that train faster by Winograd's convolutions on ``device``.

    Results differ by rounding alone. With AVX-512, oneDNN is faster than this if there are few channels, and
    16-bit convolutions are faster than both.
    """
    if device.backend.type == "cpu" and not device.half and torch.backends.cpu.get_cpu_capability() == "AVX2":
        replace_layers(network, _replacement)


def _replacement(layer: nn.Module) -> nn.Module | None:
    if not supports_winograd(layer, _LEAST_CHANNELS_OF_WEIGHTS):
        return None
    assert isinstance(layer, nn.Conv2d)  # nosec B101 (`supports_winograd` has seen it)
    return convolution_as(WinogradConv2d, layer)


class WinogradConv2d(nn.Conv2d):
    """A convolution by kernels of 3×3 px that is computed by `Convolution`."""

    def forward(self, map_BCHW: Tensor) -> Tensor:
        apply: Callable[..., Tensor] = Convolution.apply
        return apply(map_BCHW, self.weight, self.bias, int(self.padding[0]))


class Convolution(torch.autograd.Function):
    """``(map_BCHW, weight_OCHW, bias_O or None, padding_px) -> made_BOHW`` by kernels of 3×3 px."""

    @staticmethod
    def forward(
        ctx: Any, map_BCHW: Tensor, weight_OCHW: Tensor, bias_O: Tensor | None, padding_px: int
    ) -> Tensor:
        ctx.save_for_backward(map_BCHW, weight_OCHW)
        ctx.padding_px = padding_px
        if min(weight_OCHW.shape[:2]) < LEAST_CHANNELS:
            return nn.functional.conv2d(map_BCHW, weight_OCHW, bias_O, padding=padding_px)
        return _contiguous(
            convolve(map_BCHW, transform_kernels(weight_OCHW), padding_px, bias_O, chunk_values=_CHUNK_VALUES)
        )

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient_BOHW: Tensor) -> tuple[Tensor | None, Tensor | None, Tensor | None, None]:
        map_BCHW, weight_OCHW = ctx.saved_tensors
        of_map = of_weight = of_bias = None
        if ctx.needs_input_grad[0]:
            of_map = _gradient_of_map(gradient_BOHW, map_BCHW, weight_OCHW, ctx.padding_px)
        if ctx.needs_input_grad[1]:
            of_weight = weight_gradient(gradient_BOHW, map_BCHW, ctx.padding_px, _CHUNK_VALUES)
        if ctx.needs_input_grad[2]:
            of_bias = gradient_BOHW.sum((0, 2, 3))
        return of_map, of_weight, of_bias, None


def _gradient_of_map(gradient_BOHW: Tensor, map_BCHW: Tensor, weight_OCHW: Tensor, padding_px: int) -> Tensor:
    """The gradient of the input: the output's gradient, convolved with the kernels rotated by 180°."""
    if min(weight_OCHW.shape[:2]) >= LEAST_CHANNELS:
        turned_36OC = transform_kernels(weight_OCHW.transpose(0, 1).flip(2, 3))
        return _contiguous(convolve(gradient_BOHW, turned_36OC, 2 - padding_px, chunk_values=_CHUNK_VALUES))
    one = (1, 1)
    found: Tensor = torch.ops.aten.convolution_backward(
        gradient_BOHW,
        map_BCHW,
        weight_OCHW,
        None,
        one,
        (padding_px, padding_px),
        one,
        False,
        (0, 0),
        1,
        (True, False, False),
    )[0]
    return found


def _contiguous(map_BCHW: Tensor) -> Tensor:
    """A copy that the next layer may change in place, which autograd refuses for views."""
    return map_BCHW.contiguous(memory_format=torch.channels_last)
