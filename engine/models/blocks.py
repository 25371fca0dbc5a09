"""Building blocks that several networks share.

Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from ..core.windows import Sides
from ..protocol import EngineError

_Module = TypeVar("_Module", bound=nn.Module)


def conv_block(
    channels_in: int, *widths: int, norm: bool = True, bias: bool = False, padding: int = 1
) -> nn.Sequential:
    """A 3×3 convolution per entry of ``widths``, each with batch norm (if ``norm``) and ReLU."""
    layers: list[nn.Module] = []
    for before, width in zip((channels_in, *widths), widths):
        layers.append(nn.Conv2d(before, width, 3, padding=padding, bias=bias))
        layers += [nn.BatchNorm2d(width)] if norm else []
        layers.append(nn.ReLU(inplace=True))
    return init_he(nn.Sequential(*layers))


def init_he(module: _Module) -> _Module:
    """Initialise the convolutions of ``module`` for ReLU (He et al., ICCV 2015), and their biases to 0."""
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return module


def bilinear_upsampling(channels: int, factor: int) -> nn.ConvTranspose2d:
    """A transposed convolution to ``factor`` times the size, initialised as bilinear interpolation.

    At first each channel is interpolated from itself alone; training may add weights from the others. Source:
    "Fully Convolutional Networks for Semantic Segmentation" (Long, Shelhamer & Darrell, CVPR 2015), section
    4.1.
    """
    # Factors stand in the networks' files.
    assert factor % 2 == 0, "an odd kernel would be centred between pixels"  # nosec B101
    upsampling = nn.ConvTranspose2d(
        channels, channels, 2 * factor, stride=factor, padding=factor // 2, bias=False
    )
    tent = 1 - np.abs(np.arange(2 * factor) - (factor - 0.5)) / factor
    with torch.no_grad():
        upsampling.weight.copy_(torch.from_numpy(np.eye(channels)[:, :, None, None] * tent[:, None] * tent))
    return upsampling


def centre_crop(map_BCHW: Tensor, height: int, width: int) -> Tensor:
    """The middle ``height`` × ``width`` pixels of a map."""
    y, x = (map_BCHW.shape[-2] - height) // 2, (map_BCHW.shape[-1] - width) // 2
    rows, columns = slice(y, y + height), slice(x, x + width)
    return map_BCHW[..., rows, columns]


def crop(map_BCHW: Tensor, cut: Sides) -> Tensor:
    """The map without ``cut`` pixels on its sides."""
    if not any(cut):
        return map_BCHW
    height, width = map_BCHW.shape[-2:]
    rows, columns = slice(cut.top, height - cut.bottom), slice(cut.left, width - cut.right)
    return map_BCHW[..., rows, columns]


def check_int_options(high: int, low: int = 1, **options: float) -> tuple[int, ...]:
    """The values of ``options`` as int. Raises `EngineError` for one that is not from ``low`` to ``high``."""
    for option, value in options.items():
        if value != int(value) or not low <= value <= high:
            raise EngineError(
                "bad_option",
                "The option {option} is {value:g}.",
                "Give a whole number from {low} to {high}.",
                option=option,
                value=value,
                low=low,
                high=high,
            )
    return tuple(int(value) for value in options.values())
