"""The size of windows: measures memory and time per pixel, and compares them with free memory and acceptable
waiting.

Legend: B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import torch

from ..compute.device import Device
from ..compute.memory import TensorMemoryTracker, available_bytes, available_host_bytes
from .backends import Backend, CompiledBackend

_SAFETY = 1.8
"""Libraries take 1.1 to 1.4 times the tensors' memory while they compute, gaps between blocks included 1.7
times.
"""
_MAPS_OF_SCORES = 3
"""Maps of all classes in 32-bit floats beside the network's own: logits, probabilities, and a sum of several.
As many maps of bands and of classes are what resampling takes.
"""
_WINDOWS_WAITING = 3
"""Windows in the file's own type, beside those that the readers are reading: one computed, one lying ready,
one being written.
"""
_HALO_SHARE, _HALO_SHARE_OF_GPU, _MOST_HALO_SHARE = 0.2, 0.1, 0.6
"""Larger windows are not worth their memory once the halo costs no more than this, and several windows of a
small raster are not worth more than the last.
"""
_LEAST_PX, _MOST_PX = 1280**2, 2**25
_AT_ONCE_PX = 2**23
_LEAST_WINDOWS = 8
"""Of a raster, for each reader, where they are not too small: the first is read and the last written while
nothing is computed, and memory that is used for the first time costs time, too.
"""
_LEAST_GPU_PX = 2048**2
"""Smaller windows do not fill a GPU."""
_LONGEST_S = 15.0
"""A run can be stopped, and can go on after a crash, between windows."""
_MOST_ELEMENTS = 2**31 - 1
"""The most elements of one tensor that 32-bit indices can reach."""
_PROBE_PX = 256


class Cost(NamedTuple):
    """Memory and time that one pixel of a window takes."""

    bytes: float
    """At the peak: the image in 32-bit floats, all maps that the network holds at once, and scores."""
    elements: float
    """Elements of the largest tensor."""
    seconds: float

    def resampled(self, pixels: float, values: int) -> Cost:
        """The cost of a raster's pixel for which the model computes ``pixels`` of its own; ``values`` per
        pixel are resampled.
        """
        if pixels == 1:
            return self
        brought = _MAPS_OF_SCORES * 4 * values
        return Cost(self.bytes * pixels + brought, max(self.elements * pixels, values), self.seconds * pixels)


def budget_px(
    costs: Sequence[Cost], device: Device, bands: int, itemsize: int, halo_px: int, pixels: float
) -> int:
    """Pixels that a window may hold, halo included, at ``costs`` to be paid in turn; ``itemsize`` bytes a
    value read.

    No more than memory holds, than compute in a quarter of a minute, than it takes to make ``halo_px`` cheap,
    and than leave several windows of the ``pixels`` in all.
    """
    worst, read = max(each.bytes for each in costs), bands * itemsize + 1
    waiting = (device.readers + _WINDOWS_WAITING) * read
    held_px = available_bytes(device) / (worst + (2 * read if device.is_async else waiting))
    read_px = available_host_bytes() / waiting
    quick_px = _LONGEST_S / sum(each.seconds for each in costs)
    indexed_px = _MOST_ELEMENTS / max(each.elements for each in costs)
    least_px, share = (_LEAST_GPU_PX, _HALO_SHARE_OF_GPU) if device.is_async else (_LEAST_PX, _HALO_SHARE)
    few_px = max(pixels / (_LEAST_WINDOWS * device.readers), _square_px(halo_px, _MOST_HALO_SHARE))
    cheap_px = max(least_px, min(_square_px(halo_px, share), few_px))
    return max(1, int(min(held_px, read_px, quick_px, indexed_px, cheap_px, _MOST_PX)))


def at_once_px(each: Cost, device: Device) -> int:
    """Pixels of small windows that are worth computing together: on a CPU none, and a GPU has no gain by more
    than some.
    """
    return int(min(_AT_ONCE_PX, available_bytes(device) / each.bytes)) if device.is_async else 0


def _square_px(halo_px: int, share: float) -> float:
    """Pixels of the square, halo included, in which the halo adds ``share`` to the pixels within: (s / (s − 2
    halo))² − 1.
    """
    return float(2 * halo_px / (1 - (1 + share) ** -0.5)) ** 2


def cost(way: Backend, device: Device, bands: int) -> Cost:
    """Measure memory and time per pixel by computing a small window."""
    network = way.network
    side_px = network.valid_size(_PROBE_PX) + 2 * network.margin_px
    image_BCHW = torch.zeros(1, bands, side_px, side_px, device=device.backend)
    with torch.inference_mode(), TensorMemoryTracker(image_BCHW) as watched:
        logits_BKHW = way.in_tensors(image_BCHW)
    if isinstance(way, CompiledBackend):
        way(image_BCHW)  # compiles it
    device.wait()
    started = time.perf_counter()
    way(image_BCHW)
    device.wait()
    seconds = time.perf_counter() - started
    most_bytes = _SAFETY * watched.most_bytes + _MAPS_OF_SCORES * logits_BKHW.nbytes
    return Cost(*(of_all / side_px**2 for of_all in (most_bytes, watched.most_elements, seconds)))
