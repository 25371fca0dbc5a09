"""Classification: cores with the context they need in, finished windows out, in flat memory.

Reading, computing and writing overlap in threads of their own; what crosses between the processor and the
device is the file's own numbers one way and whole per cent the other. Legend: B batch, C bands, K classes, H
height, W width.
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
from ..protocol import Emit, Frame, Log, Progress
from ..raster import Source
from ..raster.preview import outlines_of, tile_of
from .predictor import Ensemble
from .sinks import Sink
from .tiling import halves

Inside = Callable[[Window], NDArray[np.bool_]]
Begun = Callable[[], Classified]
"""Gives a window once the device is done with it."""


@dataclass(frozen=True)
class ReadTile:
    """What was read for a core. Without an image where nothing of the core is ``wanted``: valid and asked
    for.
    """

    core: Window
    wanted_HW: NDArray[np.bool_]
    window: Window
    image_CHW: Tensor | None = None
    valid_HW: Tensor | None = None
    checksum: int | None = None
    """Of the image and where it is valid."""
    lacking: str = ""
    """Where memory did not suffice to read it, what the allocator said."""


class Classifier:
    """Runs an ensemble over a source and hands what comes out to the sinks.

    ``inside`` says which pixels of a window are asked for; what comes out is shown in ``frame``.
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
        """Begun, and not yet finished."""
        self._most_px: int | None = None
        """Larger cores have run out of memory."""

    def run(self, cores: Sequence[Window], multiple_px: int, done_px: int = 0) -> int:
        """Classify ``cores`` after the ``done_px`` pixels that are finished already; return the pixels
        classified.
        """
        total_px, before_px, classified = done_px + sum(core.pixels for core in cores), done_px, 0
        started = time.monotonic()
        with contextlib.ExitStack() as stack:
            reading = stack.enter_context(Prefetcher(*self._readers(stack)))
            writers = [stack.enter_context(ThreadPoolExecutor(1, "writer")) for _ in self._sinks]
            writing: list[Future[None]] = []
            for part in self._finished(cores, multiple_px, reading):
                for written in writing:
                    written.result()
                writing = [writer.submit(sink.write, part) for writer, sink in zip(writers, self._sinks)]
                done_px += part.window.pixels
                classified += int(np.count_nonzero(part.valid_HW))
                rate = (done_px - before_px) / max(time.monotonic() - started, 1e-6)
                self._emit(tile_of(self._frame, part.window, self._classes, part.ids_HW, part.valid_HW))
                self._emit(Progress(done_px, total_px, "px", rate, (total_px - done_px) / rate))
            for written in writing:
                written.result()
        return classified

    def _readers(self, stack: contextlib.ExitStack) -> list[Callable[[Window], ReadTile]]:
        opened = [stack.enter_context(self._source.reopen()) for _ in range(self._device.readers - 1)]
        return [partial(self._try, source) for source in (self._source, *opened)]

    def _finished(
        self, cores: Sequence[Window], multiple_px: int, reading: Prefetcher[Window, ReadTile]
    ) -> Iterator[Classified]:
        """All parts. Where the device computes behind, it has the next one before the last is fetched, and
        never waits.
        """
        begun: deque[Begun] = deque()
        for piece in reading.map(cores):
            for part in self._parts(piece, multiple_px, reading):
                begun.append(part)
                if len(begun) > self._device.is_async:
                    yield begun.popleft()()
        while begun:
            yield begun.popleft()()

    def _show_work(self, core: Window) -> None:
        """That ``core`` is begun. On a device that computes behind, so is the one before it."""
        self._work = [*self._work[-1:], core] if self._device.is_async else [core]
        self._emit(outlines_of("work", ((self._frame.number, window) for window in self._work)))

    def _try(self, source: Source, core: Window) -> ReadTile:
        """As `_read`; want of memory is raised in its turn, by whoever can halve the window."""
        if self._most_px is not None and core.pixels > self._most_px:
            return ReadTile(core, np.zeros((0, 0), bool), core, lacking="no memory for larger windows")
        try:
            return self._read(source, core)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            return ReadTile(core, np.zeros((0, 0), bool), core, lacking=str(error) or "no memory")

    def _read(self, source: Source, core: Window) -> ReadTile:
        window, inside_HW = self._ensemble.window(core), self._inside(core)
        if not inside_HW.any() or source.is_empty(core):
            return ReadTile(core, np.zeros_like(inside_HW), window)
        image_CHW, valid_HW = source.read(window)
        wanted_HW = valid_HW[core.within(window)] & inside_HW
        if not wanted_HW.any():
            return ReadTile(core, wanted_HW, window)
        known = checksum(image_CHW, valid_HW)
        return ReadTile(
            core, wanted_HW, window, pin(image_CHW, self._device), pin(valid_HW, self._device), known
        )

    def checksum(self, core: Window) -> int | None:
        """Of what is read for ``core`` now: where it is as it was, the window needs no computing again."""
        return self._read(self._source, core).checksum

    def _parts(
        self, piece: ReadTile, multiple_px: int, reading: Prefetcher[Window, ReadTile]
    ) -> Iterator[Begun]:
        """The piece, begun, in smaller parts where memory does not suffice for all of it."""
        smaller = halves(piece.core, multiple_px)
        if not smaller or self._most_px is None or piece.core.pixels <= self._most_px:
            try:
                begun = self._predict(piece)
            except (RuntimeError, MemoryError) as error:
                if not smaller or not is_out_of_memory(error):
                    raise
            else:
                yield begun
                return
            if self._most_px is None:
                self._emit(Log("Memory ran out: going on with smaller windows.", warning=True))
            self._most_px = max(part.pixels for part in smaller)
        del piece  # it fills memory as long as its halves are computed
        self._device.free()
        for core in smaller:
            yield from self._parts(reading.read_now(core), multiple_px, reading)

    @torch.inference_mode()
    def _predict(self, piece: ReadTile) -> Begun:
        if piece.lacking:
            raise MemoryError(piece.lacking)
        core, wanted_HW, shape, read = piece.core, piece.wanted_HW, piece.wanted_HW.shape, piece.checksum
        if piece.image_CHW is None or piece.valid_HW is None:
            confidence_HW = np.full(shape, NO_PERCENT, np.uint8) if self._confidence else None
            percent_KHW = np.full((self._classes, *shape), NO_PERCENT, np.uint8) if self._percent else None
            empty = Classified(core, wanted_HW, np.zeros(shape, np.uint8), confidence_HW, percent_KHW)
            return lambda: empty
        self._show_work(core)
        image_1CHW, valid_1HW = (
            to_device(pinned, self._device)[None] for pinned in (piece.image_CHW, piece.valid_HW)
        )
        raw = not (self._confidence or self._percent)
        scores_KHW = self._ensemble.probabilities(image_1CHW, valid_1HW, piece.window, piece.core, raw)
        ids = to_host_async(_best(scores_KHW), self._device)
        confidence = to_host_async(_percent(_margin(scores_KHW)), self._device) if self._confidence else None
        percent = to_host_async(_percent(scores_KHW), self._device) if self._percent else None

        def masked(fetched: Callable[[], NDArray[np.uint8]] | None) -> NDArray[np.uint8] | None:
            return None if fetched is None else np.where(wanted_HW, fetched(), np.uint8(NO_PERCENT))

        return lambda: Classified(core, wanted_HW, ids(), masked(confidence), masked(percent), read)


def _best(scores_KHW: Tensor) -> Tensor:
    """Positions of the highest scores, the first of equal ones. Of two classes a comparison tells it far
    sooner.
    """
    return (scores_KHW[1] > scores_KHW[0] if len(scores_KHW) == 2 else scores_KHW.argmax(0)).to(torch.uint8)


def _margin(scores_KHW: Tensor) -> Tensor:
    """By how much the best class is more probable than the second; than nothing, where there is only one."""
    if len(scores_KHW) == 1:
        return scores_KHW[0]
    best_2HW = scores_KHW.topk(2, dim=0).values
    return best_2HW[0] - best_2HW[1]


def _percent(shares: Tensor) -> Tensor:
    return (shares * 100).round().to(torch.uint8)
