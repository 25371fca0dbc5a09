"""Locks, so that only one run at a time writes an output.

The lock is that of an SQLite database, the same as the journal's: it works alike on every system, and the
system releases it when the process that holds it ends. So nobody stays locked out by a run that was killed.
For an output without a journal the database stays empty.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..protocol import EngineError, is_locked, journal_path
from .atomic import TEMPORARY_PREFIX, discard, disk_errors

_MOST_TRIES = 1000


@contextlib.contextmanager
def locked(output: str) -> Iterator[None]:
    """Lock ``output`` while the block runs. Raises `EngineError` ("busy") if another run has locked it."""
    path = journal_path(output)
    with disk_errors(output):
        try:
            database = lock_database(path, "journal_mode = MEMORY")  # else the lock would be two files
        except sqlite3.OperationalError as error:
            raise lock_error(output) if is_locked(error) else OSError(f"{path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise EngineError(
                "unwritable",
                "{path} is needed for the lock of the output but cannot be used: {error}.",
                "Move it, or choose another output.",
                path=path,
                error=error,
            ) from error
    try:
        yield
    finally:
        journal = database.execute(
            "SELECT name FROM sqlite_master"
        ).fetchone()  # that of another run which was killed
        unlock(database, *([] if journal else [path]))


def lock_database(path: Path, *pragmas: str) -> sqlite3.Connection:
    """Open the database at ``path``, which is made if it is missing, for this process alone.

    Other processes can have it after `unlock` or at the end of this process. Raises
    ``sqlite3.OperationalError`` if another process has it (`is_locked`), and ``sqlite3.DatabaseError`` if the
    file is no database.
    """
    for _ in range(_MOST_TRIES):
        path.touch()
        number = _file_number(path)
        database = sqlite3.connect(path, timeout=0, check_same_thread=False)
        try:
            for pragma in ("locking_mode = EXCLUSIVE", *pragmas):
                database.execute(f"PRAGMA {pragma}")
            database.execute("BEGIN EXCLUSIVE")
            database.commit()
        except sqlite3.Error:
            database.close()
            raise
        if number is not None and number == _file_number(path):
            return database
        database.close()  # whoever had it has removed it in between: nobody else would see this lock
    raise sqlite3.OperationalError(
        "the file never stays the same: its file system gives files other numbers each time"
    )


def unlock(database: sqlite3.Connection, *remove: Path) -> None:
    """Close a database of `lock_database`, and remove the given files that belong to it."""
    if os.name == "nt":
        database.close()  # open files cannot be removed there; elsewhere they are removed while still locked
    for path in remove:
        discard(path)  # Windows refuses where another run has just opened it: then that run removes it
    database.close()


def lock_error(output: str) -> EngineError:
    """The error for an output that another run has locked, or that lies where no file can be locked."""
    folder = Path(output).absolute().parent
    if _can_lock(folder):
        return EngineError(
            "busy",
            "Another run is writing {output}.",
            "Wait until it has ended, or write elsewhere.",
            output=output,
        )
    return EngineError(
        "no_locks",
        "Files in {folder} cannot be locked, so two runs could write {output} at once: "
        "perhaps it is a network drive.",
        "Write to a folder of this computer, and copy the result.",
        folder=folder,
        output=output,
    )


def _can_lock(folder: Path) -> bool:
    """Whether a new file in the folder can be locked; where that is impossible, SQLite says "locked" too."""
    probe = folder / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}.lock"
    try:
        unlock(lock_database(probe), probe)
    except sqlite3.OperationalError as error:
        discard(probe)
        return not is_locked(error)
    return True


def _file_number(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None
