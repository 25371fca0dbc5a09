"""Every network there is, with the ``tiny`` options of its file; the contract tests run over all of them."""

from __future__ import annotations

import numpy as np
import torch

from engine.models import FittedNetwork, Network, build_model, on_meta_device
from engine.protocol import choices

NETWORKS = list(choices("models"))
SMALL = {name: entry.tiny for name, entry in choices("models").items()}


def _is_stepped(name: str) -> bool:
    with on_meta_device():
        return not isinstance(build_model(name, **SMALL[name]), FittedNetwork)


STEPPED = [name for name in NETWORKS if _is_stepped(name)]
"""Networks that are trained by steps, and not fitted in one go."""


def small(name: str, bands: int = 3, classes: int = 4, auxiliary: str = "auto", seed: int = 0) -> Network:
    """The network with its ``tiny`` options and He-initialised weights; fitted to noise where it has none.

    Default weights hardly look around.
    """
    torch.manual_seed(seed)
    network = build_model(name, bands, classes, auxiliary, **SMALL[name])
    for parameter in network.parameters():
        if parameter.ndim > 1:
            torch.nn.init.kaiming_normal_(parameter)
    if isinstance(network, FittedNetwork):
        network.fit(
            np.random.default_rng(0).normal(size=(10 * classes, bands)),
            np.arange(10 * classes) % classes,
            seed=0,
        )
    return network.eval()


def side_px(network: Network, wished_px: int = 64) -> int:
    """Side of a legal image whose logits map has at least ``wished_px`` a side."""
    return network.valid_size(wished_px) + 2 * network.margin_px
