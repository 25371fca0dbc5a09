"""How far a network's logits look, from how its layers are joined: whatever the weights, no more and no
less.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.models import Network


class _Average(nn.MaxPool2d):
    """In the place of a max pooling, which lets a single pixel through: this one lets all of them through."""

    def forward(self, map_BCHW: Tensor) -> Tensor | tuple[Tensor, None]:
        averaged = F.avg_pool2d(map_BCHW, self.kernel_size, self.stride)
        return (averaged, None) if self.return_indices else averaged


def reach_px(network: Network) -> int:
    """Pixels from a logit's own column to the farthest one it depends on, the most over all columns; changes
    the network.
    """
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.MaxPool2d):
                setattr(
                    parent,
                    name,
                    _Average(child.kernel_size, child.stride, return_indices=child.return_indices),
                )
    network.double().eval()
    for parameter in network.parameters():
        nn.init.constant_(parameter, 1 / parameter[0].numel() if parameter.ndim > 1 else 1)
    bands = next(network.parameters()).shape[1]
    wide, high = (network.valid_size(px) + 2 * network.margin_px for px in (3 * network.receptive_px, 1))
    image_BCHW = torch.ones(1, bands, high, wide, dtype=torch.float64, requires_grad=True)
    logits_W = network(image_BCHW).sum((0, 1, 2))
    middle = len(logits_W) // 2
    return max(
        _reach(logits_W[x], image_BCHW, x + network.margin_px)
        for x in range(middle, middle + network.multiple_px)
    )


def _reach(logit: Tensor, image_BCHW: Tensor, x: int) -> int:
    (slope_BCHW,) = torch.autograd.grad(logit, image_BCHW, retain_graph=True)
    seen = slope_BCHW.abs().sum((0, 1, 2)).nonzero()
    return int((seen - x).abs().max())
