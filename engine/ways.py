"""Ways to compute one network on one device: in 32 or in 16 bits, and which of them is the fastest that draws the same map.

What halves a laptop's time may gain nothing on its neighbour, or blur the borders of one model and not of another. So it is
measured on a window of the raster itself.
Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

import copy
import ctypes
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .device import Device
from .models import Network
from .models.blocks import centre_crop
from .protocol import EngineError, Event, Log

AGREEMENT = 0.999
"""Share of the trial's pixels that must keep the label which 32 bits give them."""
_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
_PASS_S, _REPEATS = 0.1, 2
"""What one pass in 32 bits over the trial's window takes, and how many are timed: the whole trial takes about a second."""
_WORTH_S = 2.0
"""Where 32 bits need no longer than this for everything, a trial costs more than the half of it that may be gained."""
_FIRST_PX = 64
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Numbers of glibc's malloc.h."""


@dataclass(frozen=True)
class Way:
    """``network`` computed in ``dtype``, on the device it lies on. As `Network.trimmed`, from and to 32-bit floats."""

    name: str
    network: Network
    dtype: torch.dtype

    @torch.inference_mode()
    def __call__(self, image_BCHW: Tensor, trim_px: int = 0) -> Tensor:
        image_BCHW = image_BCHW.contiguous(memory_format=torch.channels_last)
        # In autocast, what an operation needs 32 bits for is left in 32. TF32 would make 19 bits of them.
        with (
            torch.autocast(image_BCHW.device.type, self.dtype, enabled=self.dtype != torch.float32),
            torch.backends.cudnn.flags(enabled=True, benchmark=True, allow_tf32=False),
        ):
            return self.network.trimmed(image_BCHW, trim_px).float()


def choose(
    network: Network, device: Device, precision: str, sample_BCHW: Tensor, pixels: int, emit: Callable[[Event], None]
) -> Way:
    """The way to compute ``network``, which stays as it is: the one asked for (fp32, bf16, fp16), or the best of a trial (auto).

    ``sample_BCHW`` is a window of the raster, scaled, on the device and of legal sides; the trial takes as much of its middle
    as it needs. ``pixels`` are those that the trial would serve. Raises `EngineError` if the device does not have the precision.
    """
    if device.backend.type == "cpu":
        _keep_freed_memory()
    plain = Way("fp32", folded(network, device, sample_BCHW), torch.float32)
    ways = [plain, *(replace(plain, name=name, dtype=dtype) for name, dtype in _DTYPES.items() if dtype in device.halves)]
    if precision != "auto":
        for way in ways:
            if way.name == precision:
                return way
        names = ", ".join(way.name for way in ways)
        raise EngineError(
            "no_precision", f"{device.name} does not compute convolutions in {precision}.", f"Set PRECISION to auto or {names}."
        )
    first_BCHW = _middle(network, sample_BCHW, _FIRST_PX)
    rate = _area(first_BCHW) / _timed(plain, first_BCHW, device)[0]
    if len(ways) == 1 or pixels < _WORTH_S * rate:
        return plain
    return _fastest(ways, _middle(network, sample_BCHW, int((_PASS_S * rate) ** 0.5)), device, emit)


def _keep_freed_memory() -> None:
    """Let the C library reuse large blocks of memory, instead of giving each back and having the next one zeroed, page by page.

    That takes half as long as all computing of a U-Net in 16 bits, but blocks of many sizes leave gaps. Only glibc has it.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, 2**30)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_ARENA_MAX, 1)  # for all threads: what one has freed another may have


def _fastest(ways: Sequence[Way], image_BCHW: Tensor, device: Device, emit: Callable[[Event], None]) -> Way:
    """The fastest of ``ways`` that labels the image as the first one does, which is exact; what was measured is told."""
    taken, least_s, told = ways[0], math.inf, []
    labels_BHW = ways[0](image_BCHW).argmax(1)
    for way in ways:
        seconds, found_BHW = _timed(way, image_BCHW, device)
        same = (found_BHW == labels_BHW).float().mean().item()
        told.append(f"{way.name} {_area(image_BCHW) / seconds / 1e6:.3g} Mpx/s, {same:.2%} alike")
        if same >= AGREEMENT and seconds < least_s:
            taken, least_s = way, seconds
    text = (
        f"Computes in {taken.name}, the fastest whose labels agree with fp32 on {AGREEMENT:.1%} of a window: {'; '.join(told)}."
    )
    emit(Log(text))
    return taken


def _timed(way: Way, image_BCHW: Tensor, device: Device) -> tuple[float, Tensor]:
    """Seconds of the quicker of two passes after a first one, which libraries use to set themselves up; and ``labels_BHW``."""
    labels_BHW, passes = way(image_BCHW).argmax(1), []
    for _ in range(_REPEATS):
        device.wait()
        started = time.perf_counter()
        way(image_BCHW)
        device.wait()
        passes.append(time.perf_counter() - started)
    return min(passes), labels_BHW


def _middle(network: Network, image_BCHW: Tensor, wished_px: int) -> Tensor:
    """About ``wished_px`` a side of the image's middle, as little or much more or less as the network and the image ask for."""
    sides = (
        network.largest_legal_px(min(wished_px, side_px) - 2 * network.margin_px) + 2 * network.margin_px
        for side_px in image_BCHW.shape[-2:]
    )
    return centre_crop(image_BCHW, *sides)


def _area(image_BCHW: Tensor) -> int:
    return image_BCHW.shape[0] * image_BCHW.shape[-2] * image_BCHW.shape[-1]


def folded(network: Network, device: Device, image_BCHW: Tensor) -> Network:
    """A copy of ``network`` on ``device`` whose batch norms are folded into the convolutions before them.

    It gives the same logits, sooner. Which convolution feeds which batch norm is seen by running it on a little of the image.
    """
    copied = copy.deepcopy(network).eval()
    device.place(copied)
    for convolution, norm in _fed(copied, _middle(network, image_BCHW, 1)):
        fused = fuse_conv_bn_eval(copied.get_submodule(convolution), copied.get_submodule(norm))  # type: ignore[type-var, arg-type]
        copied.set_submodule(convolution, fused)
        copied.set_submodule(norm, nn.Identity())
    device.place(copied)
    return copied


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
