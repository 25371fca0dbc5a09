"""Classification: windows with context in, classes out, in flat memory.

Each window is read with enough context around it that no pixel of its core depends on where the
window ends, so the map has no seams. Reading, computing and writing overlap in three threads.
Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .device import Device
from .models.network import Network
from .protocol import Event, Progress, Tile
from .raster import Grid, Source
from .read_ahead import ReadAhead
from .scaling import Scaling
from .windows import Window, cover, round_up

_TILE_PX = {"cuda": 2048}
_TILE_PX_ELSEWHERE = 768
_PREVIEW_PX = 64
_LARGEST_HALO_PX = 512
_OVERLAP_PX = 128
"""Context where a network sees farther than `_LARGEST_HALO_PX`: far pixels then matter little, but seams are not ruled out."""

Piece = tuple[Window, Window, NDArray[Any], NDArray[np.bool_]]


class Writer(Protocol):
    def write_codes(self, window: Window, values_HW: NDArray[Any]) -> None: ...


def context_px(network: Network) -> int:
    """Pixels to read around a window's core: all that its logits depend on, or `_OVERLAP_PX` where that is beyond reach."""
    return network.halo_px if network.halo_px <= _LARGEST_HALO_PX else max(_OVERLAP_PX, network.margin_px)


def automatic_tile_px(device: Device) -> int:
    """Side of a window's core: large, since context is read again for every window, but small enough for the device."""
    return _TILE_PX.get(device.backend.type, _TILE_PX_ELSEWHERE)


def classify(
    network: Network,
    scaling: Scaling,
    values_K: NDArray[Any],
    nodata: int,
    source: Source,
    writer: Writer,
    device: Device,
    tile_px: int,
    emit: Callable[[Event], None],
) -> int:
    """Write the class value of every pixel of ``source``, ``nodata`` where it has no data; return the pixels classified."""
    grid, started, done, classified = source.grid, time.monotonic(), 0, 0
    with ThreadPoolExecutor(1, "writer") as writing:
        written: Future[None] | None = None
        for core, valid_HW, logits_KHW in scored(network, scaling, source, device, tile_px):
            values_HW = np.full((core.height, core.width), nodata, values_K.dtype)
            if logits_KHW is not None:
                ids_HW = logits_KHW.argmax(0).to(torch.uint8).cpu().numpy()
                values_HW[valid_HW] = values_K[ids_HW[valid_HW]]
            if written:
                written.result()
            written = writing.submit(writer.write_codes, core, values_HW)
            done += core.pixels
            classified += int(valid_HW.sum())
            rate = done / (time.monotonic() - started)
            emit(Tile(grid.bounds(core), *_preview(values_HW)))
            emit(Progress(done, grid.window.pixels, "px", rate, (grid.window.pixels - done) / rate))
        if written:
            written.result()
    return classified


def scored(
    network: Network, scaling: Scaling, source: Source, device: Device, tile_px: int = 0
) -> Iterator[tuple[Window, NDArray[np.bool_], Tensor | None]]:
    """Each window of ``source`` in turn: where it is, ``valid_HW``, and ``logits_KHW`` on the device, None without any data."""
    device.place(network.eval())
    tile_px = round_up(tile_px or automatic_tile_px(device), network.multiple_px)

    def read(piece: tuple[Window, Window]) -> Piece:
        core, window = piece
        return core, window, *source.read(window)

    with ReadAhead(read) as reading:
        for core, window, image_CHW, valid_HW in reading.each(_pieces(source.grid, network, tile_px)):
            here = core.within(window)
            logits_KHW = _predict(network, scaling, image_CHW, valid_HW, device, here) if valid_HW[here].any() else None
            yield core, valid_HW[here], logits_KHW


def _pieces(grid: Grid, network: Network, tile_px: int) -> Iterator[tuple[Window, Window]]:
    """Each core with its window: the context around it, and sides that the network accepts."""
    context, margin = context_px(network), network.margin_px
    for core in cover(grid.width, grid.height, tile_px):
        sides = (network.legal_px(side + 2 * (context - margin)) + 2 * margin for side in (core.width, core.height))
        yield core, Window(core.x - context, core.y - context, *sides)


@torch.inference_mode()
def _predict(
    network: Network,
    scaling: Scaling,
    image_CHW: NDArray[Any],
    valid_HW: NDArray[np.bool_],
    device: Device,
    here: tuple[slice, slice],
) -> Tensor:
    """``logits_KHW`` of the window's core ``here``."""
    image_BCHW = torch.from_numpy(image_CHW)[None].to(device.backend)
    valid_BHW = torch.from_numpy(valid_HW)[None].to(device.backend)
    logits_KHW = device.forward(network, scaling.apply(image_BCHW, valid_BHW), half=False)[0]
    margin = network.margin_px
    assert logits_KHW.shape[1:] == (valid_HW.shape[0] - 2 * margin, valid_HW.shape[1] - 2 * margin)
    rows, columns = (slice(part.start - margin, part.stop - margin) for part in here)
    return logits_KHW[:, rows, columns]


def _preview(values_HW: NDArray[Any]) -> tuple[int, int, str]:
    step = max(1, -(-max(values_HW.shape) // _PREVIEW_PX))
    small_HW = np.ascontiguousarray(values_HW[::step, ::step], dtype="<u2")
    return small_HW.shape[1], small_HW.shape[0], base64.b64encode(small_HW.tobytes()).decode("ascii")
