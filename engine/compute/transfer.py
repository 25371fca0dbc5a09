"""Moves arrays between main memory and a device, while an asynchronous device computes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .device import Device

_LACKING_ON_MPS = (np.float64, np.uint16, np.uint32, np.uint64)


def pin(array: NDArray[Any], device: Device) -> Tensor:
    """``array`` as a tensor in main memory, which is pinned if ``device`` copies asynchronously.

    The tensor has the array's type, or 32-bit floats where an Apple GPU lacks that type. Any thread may call
    this.
    """
    if device.backend.type == "mps" and array.dtype.type in _LACKING_ON_MPS:
        array = array.astype(np.float32)
    tensor = torch.from_numpy(array)
    return tensor.pin_memory() if device.is_async else tensor


def to_device(pinned: Tensor, device: Device) -> Tensor:
    """A tensor made by `pin`, copied to ``device``; a GPU copies it while it computes."""
    if not device.is_async:
        return pinned.to(device.backend)
    computing, copying = torch.cuda.current_stream(device.backend), _copy_stream(device.backend)
    with torch.cuda.stream(copying):
        copied = pinned.to(device.backend, non_blocking=True)
    computing.wait_stream(copying)
    copied.record_stream(computing)
    return copied


def to_host_async(tensor: Tensor, device: Device) -> Callable[[], NDArray[Any]]:
    """Start to copy ``tensor`` to main memory; the returned function waits for the copy and returns it."""
    if not device.is_async:
        array: NDArray[Any] = tensor.cpu().numpy()
        return lambda: array
    pinned = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
    pinned.copy_(tensor, non_blocking=True)
    copied = torch.cuda.Event()  # type: ignore[no-untyped-call]
    copied.record(torch.cuda.current_stream(device.backend))

    def wait() -> NDArray[Any]:
        copied.synchronize()
        return pinned.numpy()

    return wait


@functools.cache
def _copy_stream(backend: torch.device) -> torch.cuda.Stream:
    return torch.cuda.Stream(backend)  # type: ignore[no-untyped-call]
