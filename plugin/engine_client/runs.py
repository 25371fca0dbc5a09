"""Events of running jobs for the canvas: written in the job's thread, read in the window's thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterator

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.protocol import Event, Frame, Job, Outlines, Tile

Listener = Callable[[Event], None]


class Run:
    """One running job, and its events since they were last read.

    Of events that replace each other only the last is kept, so the waiting events never take more memory than
    an image of the raster.
    """

    def __init__(self, title: str, job: Job) -> None:
        self.title, self.job = title, job
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Event] = {}
        self._heard = 0

    def on_event(self, event: Event) -> None:
        with self._lock:
            self._heard += 1
            key = _replacement_key(event) or (self._heard,)
            self._waiting.pop(key, None)  # so that the order is that of the last ones
            self._waiting[key] = event

    def drain(self) -> list[Event]:
        """Return all waiting events, the oldest first, and forget them."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        return list(waiting.values())


def _replacement_key(event: Event) -> tuple[Hashable, ...]:
    """A key that is equal for events that replace each other; empty for an event that none replaces."""
    if isinstance(event, Tile):
        return "tile", event.frame, event.x, event.y, event.width, event.height
    if isinstance(event, Outlines):
        return "outlines", event.kind
    if isinstance(event, Frame):
        return "frame", event.number
    return () if type(event).__name__ in _LASTING else (type(event).__name__,)


_LASTING = ("Epoch", "Log")


class Runs(QObject):  # type: ignore[misc]  # Qt has no types
    """The running jobs of this QGIS session. Their events are kept only while somebody is ``watching``."""

    begun = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.watching = False
        self._lock = threading.Lock()
        self._cancels: list[Callable[[], object]] = []

    @property
    def active(self) -> int:
        """The number of running jobs."""
        return len(self._cancels)

    def cancel(self) -> None:
        """Ask all of them to stop."""
        with self._lock:
            cancels = list(self._cancels)
        for cancel in cancels:
            cancel()

    @contextlib.contextmanager
    def show(
        self, title: str, job: Job, cancel: Callable[[], object] = lambda: None
    ) -> Iterator[Listener | None]:
        """List a job as running during the block, and yield the listener for its events.

        The listener is None if nobody is watching. ``cancel`` asks the job to stop. Any thread may call this.
        """
        run = Run(title, job) if self.watching else None
        with self._lock:
            self._cancels.append(cancel)
        if run:
            self.begun.emit(run)
        try:
            yield run.on_event if run else None
        finally:
            with self._lock:
                self._cancels.remove(cancel)
            if run:
                self.ended.emit(run)


runs = Runs()
