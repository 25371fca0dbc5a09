"""Replacing and removing files that another program may have open, which Windows refuses.

Virus scanners and search indexes open every new file for a moment, so each step here is tried again for some
seconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from .errors import EngineError

_TIMEOUT_S, _PAUSE_S = 3.0, 0.1
_WINDOWS_CODES = (5, 32, 33)
"""Access denied, sharing violation, lock violation."""


def is_in_use(error: BaseException) -> bool:
    """Whether Windows refused access because another program has the file open.

    Windows gives the same number for a write-protected file.
    """
    return getattr(error, "winerror", None) in _WINDOWS_CODES


def replace_file(source: str | Path, target: str | Path) -> None:
    """Rename ``source`` to ``target`` and replace what is there.

    Raises ``OSError``; after some seconds if one of the files stays in use.
    """
    _retry(lambda: os.replace(source, target))


def remove_file(path: str | Path) -> None:
    """Remove a file if it exists. Raises ``OSError``; after some seconds if the file stays in use."""
    _retry(lambda: Path(path).unlink(missing_ok=True))


def is_free(path: str | Path) -> bool:
    """Whether ``path`` can be replaced, now or some seconds later. True if there is no such file."""
    try:
        # A rename to its own name changes nothing, and Windows asks for the same access as for a replacement.
        _retry(lambda: os.rename(path, path))
    except FileNotFoundError:
        return True
    except OSError as error:
        if is_in_use(error):
            return False
        raise
    return True


def in_use(path: str | Path, instead: str | Path = "") -> EngineError:
    """The error for a file that cannot be replaced; ``instead`` is where its new content is now."""
    if instead:
        return EngineError(
            "in_use",
            "{path} cannot be replaced: another program has it open, or it is write-protected. "
            "The finished result is {instead}.",
            "Remove the layer from the QGIS project, or close the program that shows it, and rename "
            "{instead}.",
            path=path,
            instead=instead,
        )
    return EngineError(
        "in_use",
        "{path} cannot be replaced: another program has it open, or it is write-protected.",
        "Remove the layer from the QGIS project, or close the program that shows it, and run again; or "
        "choose another name.",
        path=path,
    )


def _retry(step: Callable[[], object]) -> None:
    end_s = time.monotonic() + _TIMEOUT_S
    while True:
        try:
            step()
        except OSError as error:
            if not is_in_use(error) or time.monotonic() > end_s:
                raise
            time.sleep(_PAUSE_S)
        else:
            return
