"""The size of the largest tile, from the measured memory and time of a pixel and the free memory.

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
"""Factor on the measured memory: libraries take 1.1 to 1.4 times that of the tensors, with gaps 1.7 times."""
_MAPS_OF_SCORES = 3
"""Maps of all classes in 32-bit floats beside the network's own: logits, probabilities, and a sum.

Resampling takes as many maps of bands and classes.
"""
_WINDOWS_WAITING = 3
"""Windows in memory beside those that are being read: one computed, one ready, one being written."""
_HALO_SHARE, _HALO_SHARE_OF_GPU, _MOST_HALO_SHARE = 0.2, 0.1, 0.6
"""Shares that the halo adds to the pixels of a tile.

With less than the first (on a CPU) or the second (on a GPU), a larger tile is not worth its memory. With more
than the third, it is not worth it to cut a small raster into several tiles.
"""
_LEAST_PX, _MOST_PX = 1280**2, 2**25
_MAX_BATCH_PX = 2**23
_LEAST_WINDOWS = 8
"""The fewest tiles of a raster for each reader, unless tiles would be too small.

Nothing is computed while the first is read and the last is written, and memory that is used for the first
time takes longer.
"""
_LEAST_GPU_PX = 2048**2
"""The fewest pixels of a tile on a GPU if memory allows them; smaller ones do not keep it busy."""
_LONGEST_S = 15.0
"""The most seconds that a tile may take: a run can be cancelled, or resumed after a crash, between tiles."""
_MOST_ELEMENTS = 2**31 - 1
"""The most elements of a tensor that 32-bit indices can reach."""
_PROBE_PX = 256


class Cost(NamedTuple):
    """Memory and time that one pixel of a window takes."""

    bytes: float
    """Peak memory: the image in 32-bit floats, all maps that the network holds at once, and scores."""
    elements: float
    """Elements of the largest tensor."""
    seconds: float

    def resampled(self, pixels: float, values: int) -> Cost:
        """The cost of a pixel of the raster for which the model computes ``pixels`` of its own.

        ``values`` are the bands and classes that are resampled.
        """
        if pixels == 1:
            return self
        resampled = _MAPS_OF_SCORES * 4 * values
        return Cost(
            self.bytes * pixels + resampled, max(self.elements * pixels, values), self.seconds * pixels
        )


def max_tile_px(
    costs: Sequence[Cost], device: Device, bands: int, itemsize: int, halo_px: int, pixels: float
) -> int:
    """The most pixels that a tile may have, with its halo.

    ``costs`` are those of the models, one after the other; ``itemsize`` is the bytes of a value that is read;
    ``pixels`` are those of the whole area. The limits are free memory, a quarter of a minute, 32-bit indices,
    the size by which ``halo_px`` becomes a small share, and several tiles for the area.
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


def max_batch_px(cost: Cost, device: Device) -> int:
    """The most pixels of small windows to compute as one batch; 0 on a CPU, where batches gain nothing."""
    return int(min(_MAX_BATCH_PX, available_bytes(device) / cost.bytes)) if device.is_async else 0


def _square_px(halo_px: int, share: float) -> float:
    """Pixels s² of the square, halo included, to which the halo adds ``share`` = (s / (s − 2 halo))² − 1."""
    return float(2 * halo_px / (1 - (1 + share) ** -0.5)) ** 2


def measure_cost(backend: Backend, device: Device, bands: int) -> Cost:
    """Measure memory and time of a pixel on a small window."""
    network = backend.network
    side_px = network.valid_size(_PROBE_PX) + 2 * network.margin_px
    image_BCHW = torch.zeros(1, bands, side_px, side_px, device=device.backend)
    with torch.inference_mode(), TensorMemoryTracker(image_BCHW) as tracker:
        logits_BKHW = backend.torch_forward(image_BCHW)
    if isinstance(backend, CompiledBackend):
        backend(image_BCHW)  # compiles the network
    device.wait()
    started = time.perf_counter()
    backend(image_BCHW)
    device.wait()
    seconds = time.perf_counter() - started
    most_bytes = _SAFETY * tracker.most_bytes + _MAPS_OF_SCORES * logits_BKHW.nbytes
    return Cost(*(of_all / side_px**2 for of_all in (most_bytes, tracker.most_elements, seconds)))
