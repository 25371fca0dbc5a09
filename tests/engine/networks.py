"""Every network there is, small enough for tests; the contract tests run over all of them."""

from __future__ import annotations

import numpy as np
import torch

from engine.models import Network, build_model
from engine.models.pixel_svm import PixelSVM
from engine.protocol import choices

NETWORKS = list(choices("models"))
SMALL = {
    "unet": {"width": 4, "depth": 3},
    "unet_valid": {"width": 4, "depth": 3},
    "dual_unet": {"width": 4, "context_px": 32},
    "stacked_unet": {"width": 4, "depth": 3},
    "urec": {"width": 4},
    "segnet": {"width": 4},
    "fcn8s": {"width": 4, "hidden": 16},
    "nasnet_mobile_fcn": {"filters": 8, "cells": 1},
    "nasnet_large_fcn": {"filters": 8, "cells": 1},
    "pixel_svm": {"per_class": 20},
    "cam_cnn": {"width": 4},
    "cam_resnet50": {"width": 4},
}


def small(name: str, bands: int = 3, classes: int = 4, auxiliary: str = "auto", seed: int = 0) -> Network:
    """The network with He-initialised weights, default ones hardly look around; fitted to noise where it has
    none.
    """
    torch.manual_seed(seed)
    network = build_model(name, bands, classes, auxiliary, **SMALL.get(name, {}))
    for parameter in network.parameters():
        if parameter.ndim > 1:
            torch.nn.init.kaiming_normal_(parameter)
    if isinstance(network, PixelSVM):
        network.fit(
            np.random.default_rng(0).normal(size=(10 * classes, bands)),
            np.arange(10 * classes) % classes,
            seed=0,
        )
    return network.eval()


def side_px(network: Network, wished_px: int = 64) -> int:
    """Side of a legal image whose logits map has at least ``wished_px`` a side."""
    return network.valid_size(wished_px) + 2 * network.margin_px
