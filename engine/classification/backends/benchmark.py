"""Which way is the fastest that draws the same map.

What halves a laptop's time may gain nothing on its neighbour, or blur the borders of one model and not of
another. So it is measured on a window of the raster itself. Legend: B batch, C bands, K classes, H height, W
width.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from torch import Tensor

from ...compute.device import Device
from ...core.out_of_memory import is_out_of_memory
from ...models import Network
from ...models.blocks import centre_crop
from ...protocol import Emit, Log
from .backend import Backend
from .bf16_rounding import scene
from .prepared import COMPILED, PreparedNetwork

_Found = TypeVar("_Found")

AGREEMENT = 0.999
"""Share of the trial's pixels that must keep the label which 32 bits give them."""
_PASS_S, _REPEATS = 0.1, 2
"""What one pass in 32 bits over the trial's window takes, and how many are timed: the whole trial takes half
a second.
"""
_LEAST_PX, _MOST_PASS_S = 256**2, 1.0
"""Of fewer pixels a thousandth says little: a slow network's passes may take longer, and are timed once."""
WORTH_S, WORTH_PX = 2.0, 256**2
"""Where 32 bits need no longer than this for everything, a trial costs more than the half of it that may be
gained. And for fewer pixels even one trial for many rasters does.
"""
_COMPILING_WORTH_S = {"onnxruntime": 60.0, "openvino": 120.0}
"""These take a network apart for each shape or trim of windows: OpenVINO needed 6 s longer for 105 Mpx in 16
windows than its rate says, ONNX Runtime a second for each of nine. So only runs that take 32 bits longer than
this try them.
"""
_GAIN = 1.1
"""Another library must be so many times faster than the next best."""
_FIRST_PX, _FIRST_GPU_PX = 64, 1024
"""Sides of the images that tell the rate. A GPU takes no less for a smaller one."""
_SCENE_PX, _SCENE_GPU_PX = 512, 1024
"""Sides of a trial's made-up scene."""


def rate(weights: PreparedNetwork, device: Device) -> float:
    """Pixels per second in 32 bits, roughly: seen by computing a little."""
    first_px = _FIRST_GPU_PX if device.is_async else _FIRST_PX
    way, side_px = (
        weights.way("fp32", device),
        weights.network.valid_size(first_px) + 2 * weights.network.margin_px,
    )

    def measured(image_BCHW: Tensor) -> float:
        way(image_BCHW)
        return _area(image_BCHW) / _times([way], image_BCHW, device)[0]

    return _as_large_as_fits(
        weights.network, device, scene(weights.bands, side_px).to(device.backend), measured
    )


def _as_large_as_fits(
    network: Network, device: Device, image_BCHW: Tensor, measured: Callable[[Tensor], _Found]
) -> _Found:
    """What is ``measured`` on the image, or on ever less of its middle where memory does not suffice."""
    while True:
        try:
            return measured(image_BCHW)
        except (RuntimeError, MemoryError) as error:
            smaller_BCHW = _middle(network, image_BCHW, max(image_BCHW.shape[-2:]) // 2)
            if not is_out_of_memory(error) or smaller_BCHW.shape == image_BCHW.shape:
                raise
            image_BCHW = smaller_BCHW
            device.free()


def autotune(
    weights: PreparedNetwork,
    device: Device,
    rate: float,
    pixels: float,
    sample: Callable[[], Tensor],
    emit: Emit,
) -> Backend:
    """The fastest way that labels a window of the raster as 32 bits do; what was measured is told.

    ``sample`` gives that window, scaled, on the device and of legal sides, if there is anything to choose; of
    its middle as much is computed as 32 bits, at ``rate`` pixels a second, are quick to do. ``pixels`` are
    those of the raster.
    """
    names = [name for name in weights.names(device) if pixels >= _COMPILING_WORTH_S.get(name, 0.0) * rate]
    if len(names) == 1:
        return weights.way("fp32", device)
    tried_px = max(_PASS_S * rate, min(_LEAST_PX, _MOST_PASS_S * rate))
    image_BCHW = _middle(weights.network, sample(), int(tried_px**0.5))
    tried = partial(_tried, weights, device, names, emit=emit)
    return _as_large_as_fits(weights.network, device, image_BCHW, tried)


def autotune_on_scene(weights: PreparedNetwork, device: Device, rate: float, emit: Emit) -> Backend:
    """`autotune` on a made-up scene: what it finds depends on the model and the machine alone."""
    network, most_px = weights.network, _SCENE_GPU_PX if device.is_async else _SCENE_PX
    side_px = network.valid_size(most_px) + 2 * network.margin_px
    return autotune(weights, device, rate, 0, lambda: scene(weights.bands, side_px).to(device.backend), emit)


def _tried(
    weights: PreparedNetwork, device: Device, names: Sequence[str], image_BCHW: Tensor, emit: Emit
) -> Backend:
    """The fastest of the ways with these names whose labels of the image agree with the first one's."""
    exact = weights.way("fp32", device)
    ways, same, failed = [exact], [1.0], []
    labels_BHW = exact(image_BCHW).argmax(1)
    for name in names[1:]:
        try:
            same.append(_alike(way := weights.way(name, device), exact, image_BCHW, labels_BHW))
            ways.append(way)
        except Exception as error:
            if name not in COMPILED or is_out_of_memory(error):
                raise
            # There are networks that a library cannot compute; not all errors have words.
            failed.append(f"{name} failed ({(str(error).strip() or type(error).__name__).splitlines()[0]})")
    seconds = _times(ways, image_BCHW, device)
    costs = [s * (_GAIN if way.name in COMPILED else 1) for way, s in zip(ways, seconds)]
    taken, _ = min(
        ((w, c) for w, c, share in zip(ways, costs, same) if share >= AGREEMENT), key=lambda pair: pair[1]
    )
    told = [
        f"{way.name} {_area(image_BCHW) / s / 1e6:.3g} Mpx/s, {share:.2%} alike"
        for way, s, share in zip(ways, seconds, same)
    ]
    text = (
        f"Computes in {taken.name}, the fastest whose labels agree with fp32 on {AGREEMENT:.1%} of a window"
    )
    emit(Log(f"{text}: {'; '.join(told + failed)}."))
    return taken


def _alike(way: Backend, exact: Backend, image_BCHW: Tensor, labels_BHW: Tensor) -> float:
    """The share of the image's labels that are as they should be."""
    same = (way(image_BCHW).argmax(1) == labels_BHW).float().mean().item()
    if way.name in COMPILED:  # what is done to one image was recorded: it must fit another, of other sides
        part_BCHW = _middle(
            way.network, image_BCHW[..., : image_BCHW.shape[-2] // 2, :], max(image_BCHW.shape)
        )
        same = min(same, (way(part_BCHW).argmax(1) == exact(part_BCHW).argmax(1)).float().mean().item())
        way(image_BCHW)
    return same


def _times(ways: Sequence[Backend], image_BCHW: Tensor, device: Device) -> list[float]:
    """Seconds of each way's quickest pass, in turns, as the machine may do other things meanwhile. All have
    had a first pass.
    """
    least = [math.inf] * len(ways)
    for repeat in range(_REPEATS):
        for number, way in enumerate(ways):
            if repeat and least[number] > 2 * _PASS_S:
                continue
            device.wait()
            started = time.perf_counter()
            way(image_BCHW)
            device.wait()
            least[number] = min(least[number], time.perf_counter() - started)
    return least


def _middle(network: Network, image_BCHW: Tensor, wished_px: int) -> Tensor:
    """About ``wished_px`` a side of the image's middle, as little or much more or less as the network and the
    image ask for.
    """
    sides = (
        network.largest_valid_size(min(wished_px, side_px) - 2 * network.margin_px) + 2 * network.margin_px
        for side_px in image_BCHW.shape[-2:]
    )
    return centre_crop(image_BCHW, *sides)


def _area(image_BCHW: Tensor) -> int:
    return image_BCHW.shape[0] * image_BCHW.shape[-2] * image_BCHW.shape[-1]
