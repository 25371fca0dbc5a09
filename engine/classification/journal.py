"""Journal of the finished windows of a classification, on disk, from which the next run resumes.

The results of finished windows are kept in a database beside the output, and written once more into new
outputs by the next run. A GeoTIFF itself could not serve: its directory and tiles are rewritten in place,
so a process killed in that moment would leave a file that nobody can read.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.classified import Classified
from ..core.windows import Window
from ..files.lock import lock_error, unlock
from ..protocol import (
    Cancelled,
    Emit,
    EngineError,
    info,
    is_locked,
    journal_path,
)
from ..runtime.system import processors
from .journal_file import chunks, compressed, database_files, open_database, stored_values

_COMMIT_SPACING = 20.0
"""The time to the next commit, in durations of the last one: neither a kill nor the journal costs much."""


class Journal:
    """The finished windows of one run, and the values that a run which resumes it needs.

    It is used as a `Sink`. At its exit the file is removed if the run has succeeded, was cancelled without
    ``keep``, or has finished no window. One thread at a time may use it. Raises `EngineError` "busy" if
    another run uses the file.
    """

    wants_confidence = wants_percent = False

    def __init__(self, output: str, fingerprint: str, emit: Emit, *, keep: bool = False) -> None:
        self._output, self._path = output, journal_path(output)
        self._fingerprint, self._emit, self._keep = fingerprint, emit, keep
        self.finished: set[Window] = set()
        """Windows that need not be computed again."""
        self._previous: dict[str, str] = {}

    def __enter__(self) -> Journal:
        with self._errors():
            self._database, self._previous = open_database(self._path, self._fingerprint, self._emit)
            rows = self._database.execute("SELECT x, y, width, height FROM windows")
            self.finished = {Window(*row) for row in rows}
        if self.finished:
            self._emit(
                info(
                    "Resuming an earlier run: {count} windows of {output} are finished.",
                    count=len(self.finished),
                    output=self._output,
                )
            )
        self._next_commit_s = 0.0
        self._compressing = ThreadPoolExecutor(processors(), "journal")
        return self

    def get(self, name: str) -> Any:
        """The value that this run or the one it resumes has stored under ``name``; None if there is none."""
        with self._errors():
            stored = stored_values(self._database).get(name)
        return None if stored is None else json.loads(stored)

    def previous(self, name: str) -> Any:
        """The value that the run before this one stored, even with other settings; None if there is none."""
        return json.loads(self._previous.get(name, "null"))

    def checksums(self) -> dict[Window, int | None]:
        """Checksum of the pixels read for each finished window; None where there was nothing to compute."""
        with self._errors():
            rows = self._database.execute("SELECT x, y, width, height, checksum FROM windows ORDER BY id")
            return {Window(*box): checksum for *box, checksum in rows}

    def store(self, name: str, value: Any, forget: Iterable[Window] = ()) -> None:
        """Store a value (of JSON's types) and forget some finished windows, in one transaction."""
        with self._errors():
            self._database.execute("INSERT OR REPLACE INTO settled VALUES (?, ?)", (name, json.dumps(value)))
            for box in forget:
                (number,) = self._database.execute(
                    "SELECT id FROM windows WHERE (x, y, width, height) = (?, ?, ?, ?)",
                    (box.x, box.y, box.width, box.height),
                ).fetchone()
                self._database.execute("DELETE FROM chunks WHERE window = ?", (number,))
                self._database.execute("DELETE FROM windows WHERE id = ?", (number,))
                self.finished.discard(box)
            self._database.commit()

    def parts(self) -> Iterator[Classified]:
        """The finished windows with their values, in the order in which they were written."""
        windows = self._database.execute("SELECT id, x, y, width, height FROM windows ORDER BY id")
        for number, *box in windows:
            with self._errors():
                yield self._part(number, Window(*box))

    def _part(self, number: int, window: Window) -> Classified:
        rows = self._database.execute(
            "SELECT layer, bands, data FROM chunks WHERE window = ? ORDER BY rowid", (number,)
        )
        layers: dict[str, tuple[int, bytearray]] = {}
        for layer, bands, data in rows:
            layers.setdefault(layer, (bands, bytearray()))[1].extend(zlib.decompress(data))
        shape = window.height, window.width
        if not layers:
            return Classified(window, np.zeros(shape, bool), np.zeros(shape, np.uint8))

        def values(layer: str) -> NDArray[np.uint8]:
            bands, held = layers.get(layer, (0, bytearray()))
            if len(held) != max(1, bands) * window.pixels:
                raise sqlite3.DatabaseError(f"a finished window lacks a part of its {layer}")
            return np.frombuffer(held, np.uint8).reshape(*([bands] if bands else []), *shape)

        valid_HW = values("valid").astype(bool) if "valid" in layers else np.ones(shape, bool)
        confidence_HW, percent_KHW = (
            values(layer) if layer in layers else None for layer in ("confidence", "percent")
        )
        return Classified(window, valid_HW, values("ids"), confidence_HW, percent_KHW)

    def write(self, part: Classified) -> None:
        """Keep a finished window: without data if no pixel is valid, without the mask if all are."""
        layers: list[tuple[str, NDArray[np.uint8] | None]] = [
            ("valid", None if part.valid_HW.all() else part.valid_HW.view(np.uint8)), ("ids", part.ids_HW),
            ("confidence", part.confidence_HW), ("percent", part.percent_KHW),
        ]  # fmt: skip
        box = part.window
        with self._errors():
            values = (box.x, box.y, box.width, box.height, part.checksum)
            row = self._database.execute("INSERT INTO windows VALUES (NULL, ?, ?, ?, ?, ?)", values)
            for layer, held in layers if part.valid_HW.any() else ():
                if held is not None:
                    bands = len(held) if held.ndim == 3 else 0
                    packed = self._compressing.map(compressed, chunks(held))
                    rows = ((row.lastrowid, layer, bands, chunk) for chunk in packed)
                    self._database.executemany("INSERT INTO chunks VALUES (?, ?, ?, ?)", rows)
            if time.monotonic() >= self._next_commit_s:
                self._commit()
        self.finished.add(box)

    def _commit(self) -> None:
        started_s = time.monotonic()
        self._database.commit()
        ended_s = time.monotonic()
        self._next_commit_s = ended_s + _COMMIT_SPACING * (ended_s - started_s)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._compressing.shutdown()
        kept = bool(self.finished) and kind is not None and (self._keep or not issubclass(kind, Cancelled))
        try:
            if kept:
                with self._errors():
                    self._database.commit()
        finally:
            unlock(self._database, *(() if kept else database_files(self._path)))

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn errors of SQLite and of unpacking into an `EngineError` that names the file."""
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            if is_locked(error):
                raise lock_error(self._output) from error
            if not isinstance(error, sqlite3.OperationalError):
                raise EngineError(
                    "unreadable",
                    "{path}, which an earlier run has left, is damaged: {error}.",
                    "Remove it and run again.",
                    path=self._path,
                    error=error,
                ) from error
            raise EngineError(
                "disk_full",
                "{path} could not be written, probably because the disk is full: {error}.",
                "Free some space, or write elsewhere.",
                path=self._path,
                error=error,
            ) from error
