"""Names of what a run has not finished, beside the output that it is to become."""

from __future__ import annotations

import contextlib
import glob
import sqlite3
from pathlib import Path


def partial_path(path: str | Path) -> Path:
    """Where an output is written until it is whole. The suffix stays, since drivers go by it."""
    path = Path(path)
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def partial_files(path: str | Path) -> list[Path]:
    """The partial file of one output, and what drivers, and we for QGIS, put beside it."""
    partial = partial_path(path)
    for_qgis = (partial.with_suffix(ending) for ending in (".qml", ".qmd"))
    return [
        *partial.parent.glob(f"{glob.escape(partial.name)}*"),
        *(file for file in for_qgis if file.exists()),
    ]


def journal_path(path: str | Path) -> Path:
    """Where a run keeps what the next one can go on from. A database: it may have files of its own beside
    it.
    """
    path = Path(path)
    return path.with_name(f"{path.name}.unfinished")


def is_held(path: str | Path) -> bool:
    """Whether a run that lives is writing an output: it has the lock on its journal, or on what stands for
    one.
    """
    journal = journal_path(path)
    if not journal.exists():
        return False
    with contextlib.closing(sqlite3.connect(journal, timeout=0)) as database:
        try:
            database.execute("BEGIN EXCLUSIVE")
            database.rollback()
        except sqlite3.DatabaseError as error:  # else it is damaged, or no journal at all
            return is_locked(error)
    return False


def is_locked(error: Exception) -> bool:
    """Whether SQLite failed because a process that runs has the database."""
    return "locked" in str(error)


def unfinished(path: str | Path) -> list[Path]:
    """All that is there of it, with the files that drivers put beside it."""
    partial, journal = f"{Path(path).stem}.partial", journal_path(path)
    patterns = glob.escape(partial), f"{glob.escape(partial)}.*", f"{glob.escape(journal.name)}*"
    return [found for pattern in patterns for found in journal.parent.glob(pattern)]
