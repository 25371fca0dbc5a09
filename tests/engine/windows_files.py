"""A stand-in for how Windows treats files that are open: neither replaced nor removed until they are
closed.
"""

import contextlib
import errno
import os
from pathlib import Path

from engine.protocol import open_files


class OpenFiles:
    """The files that "another program" has open. ``for_steps`` closes a file after so many refusals."""

    def __init__(self):
        self._steps = {}

    @contextlib.contextmanager
    def holding(self, *paths, for_steps=10**9):
        """While the block runs, these files are open."""
        self._steps.update(dict.fromkeys(map(self._key, paths), for_steps))
        try:
            yield
        finally:
            for path in paths:
                self._steps.pop(self._key(path), None)

    @staticmethod
    def _key(path):
        return os.path.abspath(os.fspath(path))

    def refuse(self, *paths):
        for path in paths:
            left = self._steps.get(self._key(path), 0)
            if left and os.path.exists(path):
                self._steps[self._key(path)] = left - 1
                error = PermissionError(errno.EACCES, "The process cannot access the file", str(path))
                error.winerror = 32
                raise error


def install(monkeypatch):
    """Make `os` and `pathlib` behave so; the seconds of patience are shortened. Returns the `OpenFiles`."""
    files = OpenFiles()
    real_replace, real_rename, real_unlink = os.replace, os.rename, Path.unlink

    def replace(source, target, **options):
        files.refuse(source, target)
        real_replace(source, target, **options)

    def rename(source, target, **options):
        files.refuse(source, target)
        real_rename(source, target, **options)

    def unlink(path, missing_ok=False):
        files.refuse(path)
        real_unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(open_files, "_TIMEOUT_S", 0.3)
    monkeypatch.setattr(open_files, "_PAUSE_S", 0.01)
    return files
