"""Classifies a raster tile by tile: reads each with its context, computes it, and hands it to the sinks.

Reading, computing and writing overlap in threads of their own, in memory that does not grow with the raster.
The device receives the numbers of the file and gives back classes and whole per cent. Legend: B batch,
C bands, H height, K classes, W width.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..compute.device import Device
from ..compute.transfer import pin, to_device, to_host_async
from ..core.classified import NO_PERCENT, Classified
from ..core.out_of_memory import is_out_of_memory
from ..core.prefetch import Prefetcher
from ..core.windows import Window
from ..files.fingerprint import checksum
from ..protocol import Emit, Frame, Progress
from ..protocol.events import warning
from ..raster import Source
from ..raster.preview import outlines_of, tile_of
from .predictor import Ensemble
from .sinks import Sink
from .tiling import halve_tile

Inside = Callable[[Window], NDArray[np.bool_]]
Pending = Callable[[], Classified]
"""Waits until the device has computed a tile, and returns it."""


@dataclass(frozen=True)
class ReadTile:
    """A tile as it was read; it has no image if no pixel is wanted, that is, valid and in the area."""

    tile: Window
    wanted_HW: NDArray[np.bool_]
    window: Window
    image_CHW: Tensor | None = None
    valid_HW: Tensor | None = None
    checksum: int | None = None
    """Checksum of the image and of where it is valid."""
    out_of_memory: str = ""
    """The allocator's message, if memory ran out while the tile was read."""


class Classifier:
    """Runs an ensemble over a source and hands each classified tile to the sinks.

    ``inside`` returns which pixels of a window lie in the area of interest. Tiles are shown on the canvas in
    ``frame``.
    """

    def __init__(
        self,
        ensemble: Ensemble,
        source: Source,
        inside: Inside,
        sinks: Sequence[Sink],
        classes: int,
        frame: Frame,
        device: Device,
        emit: Emit,
    ) -> None:
        self._ensemble, self._source, self._inside, self._sinks = ensemble, source, inside, sinks
        self._classes, self._frame, self._device, self._emit = classes, frame, device, emit
        self._confidence = any(sink.wants_confidence for sink in sinks)
        self._percent = any(sink.wants_percent for sink in sinks)
        self._work: list[Window] = []
        """Tiles that are being computed."""
        self._most_px: int | None = None
        """Memory ran out for tiles of more pixels than this."""

    def run(self, tiles: Sequence[Window], multiple_px: int, done_px: int = 0) -> int:
        """Classify ``tiles`` and return the number of pixels classified.

        ``done_px`` pixels are finished already; tiles are halved at multiples of ``multiple_px`` where memory
        runs out.
        """
        total_px, before_px, classified = done_px + sum(tile.pixels for tile in tiles), done_px, 0
        started = time.monotonic()
        with contextlib.ExitStack() as stack:
            reading = stack.enter_context(Prefetcher(*self._readers(stack)))
            writers = [stack.enter_context(ThreadPoolExecutor(1, "writer")) for _ in self._sinks]
            writing: list[Future[None]] = []
            for done in self._finished(tiles, multiple_px, reading):
                for written in writing:
                    written.result()
                writing = [writer.submit(sink.write, done) for writer, sink in zip(writers, self._sinks)]
                done_px += done.window.pixels
                classified += int(np.count_nonzero(done.valid_HW))
                rate = (done_px - before_px) / max(time.monotonic() - started, 1e-6)
                self._emit(tile_of(self._frame, done.window, self._classes, done.ids_HW, done.valid_HW))
                self._emit(Progress(done_px, total_px, "px", rate, (total_px - done_px) / rate))
            for written in writing:
                written.result()
        return classified

    def _readers(self, stack: contextlib.ExitStack) -> list[Callable[[Window], ReadTile]]:
        opened = [stack.enter_context(self._source.reopen()) for _ in range(self._device.readers - 1)]
        return [partial(self._try, source) for source in (self._source, *opened)]

    def _finished(
        self, tiles: Sequence[Window], multiple_px: int, reading: Prefetcher[Window, ReadTile]
    ) -> Iterator[Classified]:
        """All classified tiles; an asynchronous device has the next one before the last is copied back."""
        pending: deque[Pending] = deque()
        for read in reading.map(tiles):
            for computed in self._compute(read, multiple_px, reading):
                pending.append(computed)
                if len(pending) > self._device.is_async:
                    yield pending.popleft()()
        while pending:
            yield pending.popleft()()

    def _show_work(self, tile: Window) -> None:
        """Show that ``tile`` is being computed; on an asynchronous device, so is the one before it."""
        self._work = [*self._work[-1:], tile] if self._device.is_async else [tile]
        self._emit(outlines_of("work", ((self._frame.number, window) for window in self._work)))

    def _try(self, source: Source, tile: Window) -> ReadTile:
        """Read ``tile``; if memory runs out, return a tile that records it, to be halved in its turn."""
        if self._most_px is not None and tile.pixels > self._most_px:
            return ReadTile(tile, np.zeros((0, 0), bool), tile, out_of_memory="no memory for larger tiles")
        try:
            return self._read(source, tile)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            return ReadTile(tile, np.zeros((0, 0), bool), tile, out_of_memory=str(error) or "no memory")

    def _read(self, source: Source, tile: Window) -> ReadTile:
        window, inside_HW = self._ensemble.window(tile), self._inside(tile)
        if not inside_HW.any() or source.is_empty(tile):
            return ReadTile(tile, np.zeros_like(inside_HW), window)
        image_CHW, valid_HW = source.read(window)
        wanted_HW = valid_HW[tile.within(window)] & inside_HW
        if not wanted_HW.any():
            return ReadTile(tile, wanted_HW, window)
        known = checksum(image_CHW, valid_HW)
        return ReadTile(
            tile, wanted_HW, window, pin(image_CHW, self._device), pin(valid_HW, self._device), known
        )

    def checksum(self, tile: Window) -> int | None:
        """The checksum of what is read for ``tile`` now; if it has not changed, neither has its result."""
        return self._read(self._source, tile).checksum

    def _compute(
        self, read: ReadTile, multiple_px: int, reading: Prefetcher[Window, ReadTile]
    ) -> Iterator[Pending]:
        """Start to compute the tile, or its halves, quarters, ... if memory runs out."""
        smaller = halve_tile(read.tile, multiple_px)
        if not smaller or self._most_px is None or read.tile.pixels <= self._most_px:
            try:
                pending = self._predict(read)
            except (RuntimeError, MemoryError) as error:
                if not smaller or not is_out_of_memory(error):
                    raise
            else:
                yield pending
                return
            if self._most_px is None:
                self._emit(warning("Memory ran out: going on with smaller windows."))
            self._most_px = max(half.pixels for half in smaller)
        del read  # it would fill memory while its halves are computed
        self._device.free()
        for tile in smaller:
            yield from self._compute(reading.read_now(tile), multiple_px, reading)

    @torch.inference_mode()
    def _predict(self, read: ReadTile) -> Pending:
        if read.out_of_memory:
            raise MemoryError(read.out_of_memory)
        tile, wanted_HW, shape = read.tile, read.wanted_HW, read.wanted_HW.shape
        known = read.checksum  # what waits for the device must not hold the image
        if read.image_CHW is None or read.valid_HW is None:
            confidence_HW = np.full(shape, NO_PERCENT, np.uint8) if self._confidence else None
            percent_KHW = np.full((self._classes, *shape), NO_PERCENT, np.uint8) if self._percent else None
            empty = Classified(tile, wanted_HW, np.zeros(shape, np.uint8), confidence_HW, percent_KHW)
            return lambda: empty
        self._show_work(tile)
        image_1CHW, valid_1HW = (
            to_device(pinned, self._device)[None] for pinned in (read.image_CHW, read.valid_HW)
        )
        raw = not (self._confidence or self._percent)
        scores_KHW = self._ensemble.probabilities(image_1CHW, valid_1HW, read.window, read.tile, raw)
        ids = to_host_async(_best(scores_KHW), self._device)
        confidence = to_host_async(_percent(_margin(scores_KHW)), self._device) if self._confidence else None
        percent = to_host_async(_percent(scores_KHW), self._device) if self._percent else None

        def masked(copied: Callable[[], NDArray[np.uint8]] | None) -> NDArray[np.uint8] | None:
            return None if copied is None else np.where(wanted_HW, copied(), np.uint8(NO_PERCENT))

        return lambda: Classified(tile, wanted_HW, ids(), masked(confidence), masked(percent), known)


def _best(scores_KHW: Tensor) -> Tensor:
    """Numbers of the classes with the highest scores, the first of equal ones.

    For two classes, a comparison is much faster than `argmax`.
    """
    return (scores_KHW[1] > scores_KHW[0] if len(scores_KHW) == 2 else scores_KHW.argmax(0)).to(torch.uint8)


def _margin(scores_KHW: Tensor) -> Tensor:
    """The probability of the best class minus that of the second one, or minus 0 if there is one class."""
    if len(scores_KHW) == 1:
        return scores_KHW[0]
    best_2HW = scores_KHW.topk(2, dim=0).values
    return best_2HW[0] - best_2HW[1]


def _percent(shares: Tensor) -> Tensor:
    return (shares * 100).round().to(torch.uint8)
