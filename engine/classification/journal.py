"""Journal of the finished windows of a classification, on disk: after a crash, a kill or an error the next
run resumes from it.

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
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.classified import Classified
from ..core.windows import Window
from ..files.lock import busy, exclusive, unlock
from ..protocol import Cancelled, Emit, EngineError, Log, is_locked, journal_path, remove_file
from ..runtime.system import processors

_COMMIT_SPACING = 20.0
"""Commits lie so many times further apart than the last one took: what a kill costs is little, and so is the
keeping.
"""
_CHUNK_BYTES = 2**20
_LEVEL = 1
_SCHEMA = """
    BEGIN;
    CREATE TABLE settled (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE windows (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, width INTEGER, height INTEGER, checksum INTEGER);
    CREATE TABLE chunks (window INTEGER, layer TEXT, bands INTEGER, data BLOB);
    CREATE INDEX chunks_of ON chunks (window);
    COMMIT;
"""
_SETTINGS = "fingerprint"
_PRAGMA = "synchronous = NORMAL"


class Journal:
    """The finished windows of one run. Used with ``with``: removed when the run succeeds or, unless ``keep``,
    is cancelled.

    A sink, but for what it does when it is left. One thread at a time may use it.
    """

    wants_confidence = wants_percent = False

    def __init__(self, output: str, fingerprint: str, emit: Emit, *, keep: bool = False) -> None:
        self._output, self._path = output, journal_path(output)
        self._fingerprint, self._emit, self._keep = fingerprint, emit, keep
        self.finished: set[Window] = set()
        """Windows that need no computing again."""
        self._previous: dict[str, str] = {}

    def __enter__(self) -> Journal:
        with self._errors():
            self._database = self._opened()
            rows = self._database.execute("SELECT x, y, width, height FROM windows")
            self.finished = {Window(*row) for row in rows}
        if self.finished:
            self._emit(
                Log(
                    f"Going on from an earlier run: {len(self.finished)} windows of {self._output} are finished."
                )
            )
        self._next_commit_s = 0.0
        self._compressing = ThreadPoolExecutor(processors(), "journal")
        return self

    def _opened(self) -> sqlite3.Connection:
        """The journal that lies there if it is of the same run, else a new one."""
        reason = "other settings, models, bands or grids"
        try:
            database = exclusive(self._path, _PRAGMA)
            try:
                self._previous = _values(database)
            except sqlite3.DatabaseError:
                database.close()
                raise
            if self._previous.get(_SETTINGS) == self._fingerprint:
                return database
            if not self._previous:  # just made, or of a run that was killed before it had anything to keep
                return self._begun(database)
            unlock(database, *self._files)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            reason = "a file that cannot be read"
            for path in self._files:
                remove_file(path)
        self._emit(Log(f"{self._path} is of {reason}: the map is begun anew.", warning=True))
        return self._begun(exclusive(self._path, _PRAGMA))

    def _begun(self, database: sqlite3.Connection) -> sqlite3.Connection:
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO settled VALUES (?, ?)", (_SETTINGS, self._fingerprint))
        database.commit()
        return database

    def get(self, name: str) -> Any:
        """The value that this run or the one it resumes has stored under that name; None if there is none."""
        with self._errors():
            stored = _values(self._database).get(name)
        return None if stored is None else json.loads(stored)

    def previous(self, name: str) -> Any:
        """The value that the run before this one had stored, even with other settings; None if there is none."""
        return json.loads(self._previous.get(name, "null"))

    def checksums(self) -> dict[Window, int | None]:
        """The checksum of the pixels read for each finished window; None where there was nothing to
        compute.
        """
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
        """What the earlier runs finished, one window at a time, in their order."""
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
                raise sqlite3.DatabaseError(f"a finished window has not all of its {layer}")
            return np.frombuffer(held, np.uint8).reshape(*([bands] if bands else []), *shape)

        valid_HW = values("valid").astype(bool) if "valid" in layers else np.ones(shape, bool)
        confidence_HW, percent_KHW = (
            values(layer) if layer in layers else None for layer in ("confidence", "percent")
        )
        return Classified(window, valid_HW, values("ids"), confidence_HW, percent_KHW)

    def write(self, part: Classified) -> None:
        """Keep a window that is finished. Without any valid pixel it takes a row and no data; all valid, it
        need not tell.
        """
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
                    chunks = self._compressing.map(_compressed, _chunks(held))
                    rows = ((row.lastrowid, layer, bands, chunk) for chunk in chunks)
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
            unlock(self._database, *(() if kept else self._files))

    @property
    def _files(self) -> tuple[Path, Path]:
        return self._path, self._path.with_name(self._path.name + "-journal")

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """What SQLite cannot do, and what cannot be unpacked, as an `EngineError` that names the file."""
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            if is_locked(error):
                raise busy(self._output) from error
            if not isinstance(error, sqlite3.OperationalError):
                message = f"{self._path}, which an earlier run left, is damaged: {error}."
                raise EngineError("unreadable", message, "Remove it and run again.") from error
            raise EngineError(
                "disk_full",
                f"{self._path} could not be written, probably because the disk is full: {error}.",
                "Free some space, or write elsewhere.",
            ) from error


def _values(database: sqlite3.Connection) -> dict[str, str]:
    """All stored values; empty if the run was killed before it had written the tables."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    return dict(database.execute("SELECT name, value FROM settled")) if "settled" in tables else {}


def _chunks(values: NDArray[np.uint8]) -> list[memoryview]:
    held = np.ascontiguousarray(values).ravel().data
    return [held[start:][:_CHUNK_BYTES] for start in range(0, len(held), _CHUNK_BYTES)]


def _compressed(chunk: memoryview) -> bytes:
    return zlib.compress(chunk, _LEVEL)
