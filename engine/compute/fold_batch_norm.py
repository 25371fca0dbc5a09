"""Folds batch norms into the convolutions before them: the same logits in less time.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..models import Network
from .kernels import copy_network


def fold_batch_norm(network: Network, bands: int) -> Network:
    """A copy of ``network`` in main memory whose batch norms are folded into the convolutions before them.

    It gives the same logits. Weights that are not folded are shared. The network is run on a small image of
    ``bands`` bands to see which convolution feeds which batch norm.
    """
    copied = copy_network(network).eval()
    side_px = network.valid_size(1) + 2 * network.margin_px
    for convolution, norm in _fed_by_convolutions(copied, torch.zeros(1, bands, side_px, side_px)):
        layers: Any = copied.get_submodule(convolution), copied.get_submodule(norm)
        fused: nn.Module = fuse_conv_bn_eval(*layers)
        copied.set_submodule(convolution, fused)
        copied.set_submodule(norm, nn.Identity())
    return copied


def remove_batch_norms(network: Network, bands: int) -> Network:
    """A copy of ``network`` without batch norms: they are folded, or become `_Affine` layers.

    A batch norm is folded, as in `fold_batch_norm`, if a convolution of its own comes before it.
    """
    copied = fold_batch_norm(network, bands)
    for name, layer in [*copied.named_modules()]:
        if isinstance(layer, nn.BatchNorm2d):
            copied.set_submodule(name, _Affine(layer))
    return copied


class _Affine(nn.Module):
    """A trained batch norm as a factor and an addend for each channel."""

    def __init__(self, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        channels = torch.zeros(2, norm.num_features, 1, 1)
        channels[1] = 1
        with torch.no_grad():
            zero, one = norm.eval()(channels.to(norm.running_mean)).cpu()
        self.factor, self.addend = (nn.Parameter(each, requires_grad=False) for each in (one - zero, zero))

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return map_BCHW * self.factor + self.addend


@torch.inference_mode()
def _fed_by_convolutions(network: Network, image_BCHW: Tensor) -> set[tuple[str, str]]:
    """Pairs of names: a convolution, and a batch norm whose input is the output of that convolution."""
    found: set[tuple[str, str]] = set()
    latest: list[tuple[str, Tensor]] = []
    hooks = []

    def remember(name: str, module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        latest[:] = [(name, output)]

    def compare(name: str, module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        found.update((convolution, name) for convolution, output in latest if output is inputs[0])

    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):
            hooks.append(module.register_forward_hook(partial(remember, name)))
        elif isinstance(module, nn.BatchNorm2d):
            hooks.append(module.register_forward_pre_hook(partial(compare, name)))
    network(image_BCHW)
    for hook in hooks:
        hook.remove()
    return found
