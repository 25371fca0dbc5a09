"""Networks in 16 or 32 bits: autocast in the device's 16-bit type, results in 32-bit floats.

Legend: B batch, C bands, D values of an auxiliary map, H height, K classes, W width.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..models import Network, NetworkOutput
from .device import Device


def forward(network: Network, image_BCHW: Tensor, device: Device, *, half: bool) -> Tensor:
    """``logits_BKHW`` in 32-bit floats; computed in 16 bits if ``half`` and the device gains by it."""
    with _autocast(device, half):
        logits_BKHW: Tensor = network(_on_device(image_BCHW, device))
    return logits_BKHW.float()


def forward_training(network: Network, image_BCHW: Tensor, device: Device) -> NetworkOutput:
    """All maps of ``network`` that a loss sees, in 32-bit floats; in 16 bits where the device gains by it."""
    with _autocast(device, half=True):
        output = network.forward_training(_on_device(image_BCHW, device))
    auxiliary_BDHW = None if output.auxiliary_BDHW is None else output.auxiliary_BDHW.float()
    intermediate_logits = tuple(logits_BKHW.float() for logits_BKHW in output.intermediate_logits)
    return NetworkOutput(output.logits_BKHW.float(), auxiliary_BDHW, intermediate_logits)


def _on_device(image_BCHW: Tensor, device: Device) -> Tensor:
    return image_BCHW.to(device.backend, memory_format=torch.channels_last)


def _autocast(device: Device, half: bool) -> torch.autocast:
    dtype = device.half if half else None
    return torch.autocast(device.backend.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None)
