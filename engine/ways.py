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
from functools import cached_property

import torch
from torch import Tensor

from .device import Device
from .folding import folded
from .models import Network
from .models.blocks import centre_crop
from .openvino_way import OpenVinoWay
from .protocol import EngineError, Event, Log
from .rounding import rounded, scene
from .versions import openvino_version
from .way import Way

AGREEMENT = 0.999
"""Share of the trial's pixels that must keep the label which 32 bits give them."""
_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
_PASS_S, _REPEATS = 0.1, 2
"""What one pass in 32 bits over the trial's window takes, and how many are timed: the whole trial takes half a second."""
_LEAST_PX, _MOST_PASS_S = 384**2, 1.0
"""Of fewer pixels a thousandth says little: a slow network's trial may take longer."""
OPENVINO, _OPENVINO_WORTH_S = "openvino", 20.0
"""Loading and compiling it takes a second or two; it may gain a sixth."""
WORTH_S = 2.0
"""Where 32 bits need no longer than this for everything, a trial costs more than the half of it that may be gained."""
_FIRST_PX = 64
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Numbers of glibc's malloc.h."""


class Weights:
    """A network's weights made ready for every way, in main memory; they depend on nothing else.

    Batch norms are folded into convolutions; for bfloat16, weights are rounded with care. ``network`` stays as it is, and what
    neither changes is shared with it.
    """

    def __init__(self, network: Network, bands: int) -> None:
        self._bands, self.network = bands, folded(network, bands)

    @cached_property
    def _rounded(self) -> Network:
        return rounded(self.network, self._bands)

    def way(self, name: str, device: Device) -> Way:
        """The way called ``name`` (fp32, bf16, fp16). Raises `EngineError` if ``device`` does not have that precision."""
        if name not in (names := self.names(device)):
            message = f"{device.name} does not compute convolutions in {name}."
            raise EngineError(
                "no_precision", message, f"Set PRECISION to auto or {', '.join(name for name in names if name in _DTYPES)}."
            )
        half = torch.bfloat16 in device.halves
        if name == OPENVINO:
            return OpenVinoWay(name, self._rounded if half else self.network, torch.float32, half)
        network = self._rounded if name == "bf16" else self.network
        if device.backend.type == "cpu":
            _keep_freed_memory()
        else:
            network = copy.deepcopy(network)
        device.place(network)
        return Way(name, network, _DTYPES[name])

    def names(self, device: Device) -> list[str]:
        """Of the ways that the device has, the exact one first."""
        others = [OPENVINO] if device.backend.type == "cpu" and openvino_version() else []
        return ["fp32", *(name for name, dtype in _DTYPES.items() if dtype in device.halves), *others]

    def rate(self, device: Device) -> float:
        """Pixels per second in 32 bits, roughly: seen by computing a little."""
        way, side_px = self.way("fp32", device), self.network.legal_px(_FIRST_PX) + 2 * self.network.margin_px
        image_BCHW = scene(self._bands, side_px).to(device.backend)
        way(image_BCHW)
        return _area(image_BCHW) / _times([way], image_BCHW, device)[0]


def fastest(
    weights: Weights, device: Device, rate: float, pixels: float, sample: Callable[[], Tensor], emit: Callable[[Event], None]
) -> Way:
    """The fastest way that labels a window of the raster as 32 bits do; what was measured is told.

    ``sample`` gives that window, scaled, on the device and of legal sides, if there is anything to choose; of its middle as
    much is computed as 32 bits, at ``rate`` pixels a second, are quick to do. ``pixels`` are those that the trial serves.
    """
    names = [name for name in weights.names(device) if name != OPENVINO or pixels >= _OPENVINO_WORTH_S * rate]
    if len(names) == 1:
        return weights.way("fp32", device)
    tried_px = max(_PASS_S * rate, min(_LEAST_PX, _MOST_PASS_S * rate))
    image_BCHW = _middle(weights.network, sample(), int(tried_px**0.5))
    exact = weights.way("fp32", device)
    ways, same, failed = [exact], [1.0], []
    labels_BHW = exact(image_BCHW).argmax(1)
    for name in names[1:]:
        try:
            same.append(_alike(way := weights.way(name, device), exact, image_BCHW, labels_BHW))
            ways.append(way)
        except Exception as error:
            if name != OPENVINO:
                raise
            failed.append(f"{name} failed ({str(error).strip().splitlines()[0]})")  # there are networks it cannot compute
    seconds = _times(ways, image_BCHW, device)
    taken, _ = min(((w, s) for w, s, share in zip(ways, seconds, same) if share >= AGREEMENT), key=lambda pair: pair[1])
    told = [
        f"{way.name} {_area(image_BCHW) / s / 1e6:.3g} Mpx/s, {share:.2%} alike" for way, s, share in zip(ways, seconds, same)
    ]
    text = f"Computes in {taken.name}, the fastest whose labels agree with fp32 on {AGREEMENT:.1%} of a window"
    emit(Log(f"{text}: {'; '.join(told + failed)}."))
    return taken


def _alike(way: Way, exact: Way, image_BCHW: Tensor, labels_BHW: Tensor) -> float:
    """The share of the image's labels that are as they should be."""
    same = (way(image_BCHW).argmax(1) == labels_BHW).float().mean().item()
    if way.name == OPENVINO:  # it has noted down what is done to one image: it must do so to another, of other sides
        part_BCHW = _middle(way.network, image_BCHW[..., : image_BCHW.shape[-2] // 2, :], max(image_BCHW.shape))
        same = min(same, (way(part_BCHW).argmax(1) == exact(part_BCHW).argmax(1)).float().mean().item())
        way(image_BCHW)
    return same


def _keep_freed_memory() -> None:
    """Let the C library reuse large blocks of memory, instead of giving each back and having the next one zeroed, page by page.

    That takes half as long as all computing of a U-Net in 16 bits, but blocks of many sizes leave gaps. Only glibc has it.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, 2**30)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_ARENA_MAX, 1)  # for all threads: what one has freed another may have


def _times(ways: Sequence[Way], image_BCHW: Tensor, device: Device) -> list[float]:
    """Seconds of each way's quickest pass, in turns, as the machine may do other things meanwhile. All have had a first pass."""
    least = [math.inf] * len(ways)
    for _ in range(_REPEATS):
        for number, way in enumerate(ways):
            device.wait()
            started = time.perf_counter()
            way(image_BCHW)
            device.wait()
            least[number] = min(least[number], time.perf_counter() - started)
    return least


def _middle(network: Network, image_BCHW: Tensor, wished_px: int) -> Tensor:
    """About ``wished_px`` a side of the image's middle, as little or much more or less as the network and the image ask for."""
    sides = (
        network.largest_legal_px(min(wished_px, side_px) - 2 * network.margin_px) + 2 * network.margin_px
        for side_px in image_BCHW.shape[-2:]
    )
    return centre_crop(image_BCHW, *sides)


def _area(image_BCHW: Tensor) -> int:
    return image_BCHW.shape[0] * image_BCHW.shape[-2] * image_BCHW.shape[-1]
