"""Measures the backends of a network, and finds the fastest one that gives the same classes as 32 bits.

A backend that halves the time on one laptop may gain nothing on another, or move the borders of one model and
not of another. So speed and classes are measured on a window of the raster itself. Legend: B batch, C bands,
H height, K classes, W width.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from torch import Tensor

from ...compute.device import Device
from ...core.out_of_memory import is_out_of_memory
from ...models import Network
from ...models.blocks import centre_crop
from ...protocol import Emit
from ...protocol.events import info
from ...protocol.messages import joined, message
from .backend import Backend
from .bf16_rounding import synthetic_scene
from .prepared import COMPILED, PreparedNetwork

_Result = TypeVar("_Result")

AGREEMENT = 0.999
"""Share of the window's pixels that must get the same class as in 32 bits."""
_PASS_S, _REPEATS = 0.1, 2
"""Seconds of one pass in 32 bits over the window, and the number of passes that are timed.

With these values, autotuning takes half a second.
"""
_LEAST_PX, _MOST_PASS_S = 256**2, 1.0
"""Pixels of the window for a slow network, and the most seconds that a pass over them may take.

In fewer pixels, a share of a thousandth says little. Passes that take long are timed once.
"""
WORTH_S, WORTH_PX = 2.0, 256**2
"""Seconds in 32 bits, and pixels, from which on autotuning is worth its time for a raster.

With fewer seconds, `autotune` takes longer than the half of the time that it may save. With fewer pixels,
even one `autotune_on_scene` for many rasters does.
"""
_COMPILING_WORTH_S = {"onnxruntime": 60.0, "openvino": 120.0}
"""Seconds in 32 bits from which on a raster is worth a library that compiles the network.

It compiles the network for each shape or trim of windows: OpenVINO took 6 s longer for 105 Mpx in 16 windows
than its rate says, ONNX Runtime a second for each of nine.
"""
_GAIN = 1.1
"""A library that compiles must be so many times faster than the next best backend."""
_FIRST_PX, _FIRST_GPU_PX = 64, 1024
"""Sides of the image that `rate` computes; a GPU takes no less time for a smaller one."""
_SCENE_PX, _SCENE_GPU_PX = 512, 1024
"""Sides of the scene of `autotune_on_scene`."""


class _Measured(NamedTuple):
    """A backend with the share of labels that agree with 32 bits, and the seconds of a pass."""

    backend: Backend
    agreement: float
    seconds: float

    @property
    def cost(self) -> float:
        """Seconds of a pass, with the time that a library which compiles will lose later."""
        return self.seconds * (_GAIN if self.backend.name in COMPILED else 1)


def rate(prepared: PreparedNetwork, device: Device) -> float:
    """Pixels per second in 32 bits, roughly: measured on a small image."""
    network, backend = prepared.network, prepared.backend("fp32", device)
    side_px = network.valid_size(_FIRST_GPU_PX if device.is_async else _FIRST_PX) + 2 * network.margin_px
    image_BCHW = synthetic_scene(prepared.bands, side_px).to(device.backend)

    def measure(image_BCHW: Tensor) -> float:
        backend(image_BCHW)
        return _pixels(image_BCHW) / _seconds([backend], image_BCHW, device)[0]

    return _fit_to_memory(measure, network, image_BCHW, device)


def autotune(
    prepared: PreparedNetwork,
    device: Device,
    rate: float,
    pixels: float,
    sample: Callable[[], Tensor],
    emit: Emit,
) -> Backend:
    """The fastest backend that gives a window of the raster the labels of 32 bits; the user is told why.

    ``sample`` returns that window, normalised, on the device and of valid size; it is called if there is more
    than one backend. Of its middle, as much is computed as takes little time in 32 bits, at ``rate`` pixels a
    second. ``pixels`` are those of the raster.
    """
    names = [
        name for name in prepared.backend_names(device) if pixels >= _COMPILING_WORTH_S.get(name, 0.0) * rate
    ]
    if len(names) == 1:
        return prepared.backend("fp32", device)
    measured_px = max(_PASS_S * rate, min(_LEAST_PX, _MOST_PASS_S * rate))
    image_BCHW = _middle(prepared.network, sample(), int(measured_px**0.5))
    compare = partial(_fastest, prepared, device, names, emit)
    return _fit_to_memory(compare, prepared.network, image_BCHW, device)


def autotune_on_scene(prepared: PreparedNetwork, device: Device, rate: float, emit: Emit) -> Backend:
    """`autotune` on a synthetic scene; the result depends on the model and the machine alone."""
    network, most_px = prepared.network, _SCENE_GPU_PX if device.is_async else _SCENE_PX
    side_px = network.valid_size(most_px) + 2 * network.margin_px

    def sample() -> Tensor:
        return synthetic_scene(prepared.bands, side_px).to(device.backend)

    return autotune(prepared, device, rate, 0, sample, emit)


def _fit_to_memory(
    measure: Callable[[Tensor], _Result], network: Network, image_BCHW: Tensor, device: Device
) -> _Result:
    """The result of ``measure`` for the image, or for less and less of its middle if memory runs out."""
    while True:
        try:
            return measure(image_BCHW)
        except (RuntimeError, MemoryError) as error:
            smaller_BCHW = _middle(network, image_BCHW, max(image_BCHW.shape[-2:]) // 2)
            if not is_out_of_memory(error) or smaller_BCHW.shape == image_BCHW.shape:
                raise
            image_BCHW = smaller_BCHW
            device.free()


def _fastest(
    prepared: PreparedNetwork, device: Device, names: Sequence[str], emit: Emit, image_BCHW: Tensor
) -> Backend:
    """The fastest backend of ``names`` whose labels of the image agree with those of the first one."""
    exact = prepared.backend("fp32", device)
    labels_BHW = exact(image_BCHW).argmax(1)
    compared, failures = [(exact, 1.0)], []
    for name in names[1:]:
        try:
            backend = prepared.backend(name, device)
            compared.append((backend, _agreement(backend, exact, image_BCHW, labels_BHW)))
        except Exception as error:
            if name not in COMPILED or is_out_of_memory(error):
                raise
            # There are networks that a library cannot compute; not all of its errors have a text.
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            failures.append(message("{name} failed ({reason})", name=name, reason=reason))
    seconds = _seconds([backend for backend, _ in compared], image_BCHW, device)
    measured = [_Measured(*row, took) for row, took in zip(compared, seconds)]
    chosen = min((one for one in measured if one.agreement >= AGREEMENT), key=lambda one: one.cost)
    figures = [
        message(
            "{name} {rate:.3g} Mpx/s, {agreement:.2%} alike",
            name=one.backend.name,
            rate=_pixels(image_BCHW) / one.seconds / 1e6,
            agreement=one.agreement,
        )
        for one in measured
    ]
    emit(
        info(
            "Computes in {name}, the fastest whose labels agree with fp32 on {least:.1%} of a window: "
            "{figures}.",
            name=chosen.backend.name,
            least=AGREEMENT,
            figures=joined(*figures, *failures, separator="; "),
        )
    )
    return chosen.backend


def _agreement(backend: Backend, exact: Backend, image_BCHW: Tensor, labels_BHW: Tensor) -> float:
    """The share of the image's labels that equal ``labels_BHW``, those of the exact backend."""
    share = _share_alike(backend(image_BCHW).argmax(1), labels_BHW)
    if backend.name in COMPILED:  # it was recorded on one image, and must fit another one of other sides
        upper_BCHW = image_BCHW[..., : image_BCHW.shape[-2] // 2, :]
        part_BCHW = _middle(backend.network, upper_BCHW, max(image_BCHW.shape))
        share = min(share, _share_alike(backend(part_BCHW).argmax(1), exact(part_BCHW).argmax(1)))
        backend(image_BCHW)
    return share


def _share_alike(labels_BHW: Tensor, expected_BHW: Tensor) -> float:
    return (labels_BHW == expected_BHW).float().mean().item()


def _seconds(backends: Sequence[Backend], image_BCHW: Tensor, device: Device) -> list[float]:
    """Seconds of each backend's quickest pass over the image; each has had a first pass before.

    The backends take turns, as the machine may do other things meanwhile.
    """
    least = [math.inf] * len(backends)
    for repeat in range(_REPEATS):
        for number, backend in enumerate(backends):
            if repeat and least[number] > 2 * _PASS_S:
                continue
            device.wait()
            started = time.perf_counter()
            backend(image_BCHW)
            device.wait()
            least[number] = min(least[number], time.perf_counter() - started)
    return least


def _middle(network: Network, image_BCHW: Tensor, wished_px: int) -> Tensor:
    """The middle of the image, of about ``wished_px`` a side, as the network and the image allow."""
    sides = (
        network.largest_valid_size(min(wished_px, side_px) - 2 * network.margin_px) + 2 * network.margin_px
        for side_px in image_BCHW.shape[-2:]
    )
    return centre_crop(image_BCHW, *sides)


def _pixels(image_BCHW: Tensor) -> int:
    return image_BCHW.shape[0] * image_BCHW.shape[-2] * image_BCHW.shape[-1]
