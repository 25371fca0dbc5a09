"""The database file of a journal: opens it, checks it and creates its tables."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..files.lock import lock_database, unlock
from ..protocol import Emit, remove_file, warning

_SCHEMA = """
    BEGIN;
    CREATE TABLE settled (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE windows (
        id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, width INTEGER, height INTEGER, checksum INTEGER
    );
    CREATE TABLE chunks (window INTEGER, layer TEXT, bands INTEGER, data BLOB);
    CREATE INDEX chunks_of ON chunks (window);
    COMMIT;
"""
_FINGERPRINT = "fingerprint"
_PRAGMA = "synchronous = NORMAL"
_CHUNK_BYTES = 2**20
_LEVEL = 1


def open_database(path: Path, fingerprint: str, emit: Emit) -> tuple[sqlite3.Connection, dict[str, str]]:
    """Open the journal at ``path`` for this process alone; return it with the values of the run before.

    A journal with another fingerprint or one that cannot be read is replaced by an empty one, with a warning.
    Raises ``sqlite3.OperationalError`` if another process uses it.
    """
    previous: dict[str, str] = {}
    try:
        database = lock_database(path, _PRAGMA)
        try:
            previous = stored_values(database)
        except sqlite3.DatabaseError:
            database.close()
            raise
        if previous.get(_FINGERPRINT) == fingerprint:
            return database, previous
        if not previous:  # just made, or of a run that was killed before it had anything to keep
            return _begin(database, fingerprint), previous
        unlock(database, *database_files(path))
        emit(
            warning(
                "{path} belongs to a run with other settings, models, bands or grids, or of another "
                "version of the plugin. The map is started from the beginning.",
                path=path,
            )
        )
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for file in database_files(path):
            remove_file(file)
        emit(warning("{path} cannot be read. The map is started from the beginning.", path=path))
    return _begin(lock_database(path, _PRAGMA), fingerprint), previous


def database_files(path: Path) -> tuple[Path, Path]:
    """The files of the database at ``path``: itself, and the one that SQLite needs to undo a transaction."""
    return path, path.with_name(f"{path.name}-journal")


def stored_values(database: sqlite3.Connection) -> dict[str, str]:
    """All stored values as JSON; empty if the run was killed before it had written the tables."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    return dict(database.execute("SELECT name, value FROM settled")) if "settled" in tables else {}


def _begin(database: sqlite3.Connection, fingerprint: str) -> sqlite3.Connection:
    database.executescript(_SCHEMA)
    database.execute("INSERT INTO settled VALUES (?, ?)", (_FINGERPRINT, fingerprint))
    database.commit()
    return database


def chunks(values: NDArray[np.uint8]) -> list[memoryview]:
    """The bytes of an array, in pieces that are small enough for a row of the table."""
    held = np.ascontiguousarray(values).ravel().data
    return [held[start:][:_CHUNK_BYTES] for start in range(0, len(held), _CHUNK_BYTES)]


def compressed(chunk: memoryview) -> bytes:
    """A chunk, compressed as the table holds it."""
    return zlib.compress(chunk, _LEVEL)
