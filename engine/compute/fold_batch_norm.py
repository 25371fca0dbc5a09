"""Batch norms folded into the convolutions before them: the same logits, sooner.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..models import Network


def folded(network: Network, bands: int) -> Network:
    """A copy of ``network`` in main memory whose batch norms are folded into the convolutions before them.

    It gives the same logits, sooner. Weights that are not folded are shared. Which convolution feeds which
    batch norm is seen by running it on a little image of ``bands`` bands.
    """
    copied = copy.deepcopy(network, {id(weight): weight for weight in network.parameters()}).eval()
    side_px = network.valid_size(1) + 2 * network.margin_px
    for convolution, norm in _fed(copied, torch.zeros(1, bands, side_px, side_px)):
        layers: Any = copied.get_submodule(convolution), copied.get_submodule(norm)
        fused: nn.Module = fuse_conv_bn_eval(*layers)
        copied.set_submodule(convolution, fused)
        copied.set_submodule(norm, nn.Identity())
    return copied


def without_norms(network: Network, bands: int) -> Network:
    """As `folded`; batch norms that have no convolution of their own before them are factors and addends of
    each channel.
    """
    copied = folded(network, bands)
    for name, layer in [*copied.named_modules()]:
        if isinstance(layer, nn.BatchNorm2d):
            copied.set_submodule(name, _Affine(layer))
    return copied


class _Affine(nn.Module):
    """The linear function that a trained batch norm computes."""

    def __init__(self, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        channels = torch.zeros(2, norm.num_features, 1, 1)
        channels[1] = 1
        with torch.no_grad():
            nothing, one = norm.eval()(channels.to(norm.running_mean)).cpu()
        self.factor, self.addend = (
            nn.Parameter(each, requires_grad=False) for each in (one - nothing, nothing)
        )

    def forward(self, map_BCHW: Tensor) -> Tensor:
        return map_BCHW * self.factor + self.addend


@torch.inference_mode()
def _fed(network: Network, image_BCHW: Tensor) -> set[tuple[str, str]]:
    """Names of the convolutions whose very output a batch norm takes, and of these batch norms."""
    found: set[tuple[str, str]] = set()
    latest: list[tuple[str, Tensor]] = []
    hooks = []

    def made(name: str, module: nn.Module, taken: tuple[Tensor, ...], given: Tensor) -> None:
        latest[:] = [(name, given)]

    def take(name: str, module: nn.Module, taken: tuple[Tensor, ...]) -> None:
        found.update((convolution, name) for convolution, given in latest if given is taken[0])

    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):
            hooks.append(module.register_forward_hook(partial(made, name)))
        elif isinstance(module, nn.BatchNorm2d):
            hooks.append(module.register_forward_pre_hook(partial(take, name)))
    network(image_BCHW)
    for hook in hooks:
        hook.remove()
    return found
