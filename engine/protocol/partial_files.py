"""Names of the unfinished files of a run, which lie beside the output."""

from __future__ import annotations

import contextlib
import glob
import sqlite3
from pathlib import Path


def partial_path(path: str | Path) -> Path:
    """The path of an output until it is complete. The suffix stays, since GDAL's drivers depend on it."""
    path = Path(path)
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def partial_files(path: str | Path) -> list[Path]:
    """The partial file of one output, with the side files of GDAL's drivers and those for QGIS."""
    partial = partial_path(path)
    for_qgis = (partial.with_suffix(ending) for ending in (".qml", ".qmd"))
    return [
        *partial.parent.glob(f"{glob.escape(partial.name)}*"),
        *(file for file in for_qgis if file.exists()),
    ]


def journal_path(path: str | Path) -> Path:
    """The SQLite database from which the next run can resume; SQLite may put files of its own beside it."""
    path = Path(path)
    return path.with_name(f"{path.name}.unfinished")


def is_held(path: str | Path) -> bool:
    """Whether a running process is writing the output ``path``: it holds the lock on the output's journal."""
    journal = journal_path(path)
    if not journal.exists():
        return False
    with contextlib.closing(sqlite3.connect(journal, timeout=0)) as database:
        try:
            database.execute("BEGIN EXCLUSIVE")
            database.rollback()
        except sqlite3.DatabaseError as error:  # any other error: damaged, or not a journal
            return is_locked(error)
    return False


def is_locked(error: Exception) -> bool:
    """Whether SQLite failed because another process holds the lock on the database."""
    return "locked" in str(error)


def unfinished(path: str | Path) -> list[Path]:
    """All unfinished files of the output ``path``: partial file, journal and their side files."""
    partial, journal = f"{Path(path).stem}.partial", journal_path(path)
    patterns = glob.escape(partial), f"{glob.escape(partial)}.*", f"{glob.escape(journal.name)}*"
    return [found for pattern in patterns for found in journal.parent.glob(pattern)]
