"""Files that another program has open: Windows neither replaces nor removes them, other systems do both.

Virus scanners and search indexes open every new file for a moment, so each step here is tried again for some
seconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from .errors import EngineError

_PATIENCE_S, _PAUSE_S = 3.0, 0.1
_WINDOWS_CODES = (5, 32, 33)
"""Access denied, sharing violation, lock violation."""


def is_in_use(error: BaseException) -> bool:
    """Whether Windows refused something because another program has the file open (or, by the same number,
    protects it).
    """
    return getattr(error, "winerror", None) in _WINDOWS_CODES


def replace_file(source: str | Path, target: str | Path) -> None:
    """Rename ``source`` to ``target``, which it replaces. Raises ``OSError``, after some seconds where a file
    stays in use.
    """
    _patiently(lambda: os.replace(source, target))


def remove_file(path: str | Path) -> None:
    """Remove a file if it is there. Raises ``OSError``, after some seconds where it stays in use."""
    _patiently(lambda: Path(path).unlink(missing_ok=True))


def is_free(path: str | Path) -> bool:
    """Whether ``path`` can be replaced, now or some seconds later. True where there is no such file."""
    try:
        # To its own name: that changes nothing, and Windows asks for the same access as for replacing the
        # file.
        _patiently(lambda: os.rename(path, path))
    except FileNotFoundError:
        return True
    except OSError as error:
        if is_in_use(error):
            return False
        raise
    return True


def in_use(path: str | Path, instead: str | Path = "") -> EngineError:
    """The error for a file that cannot be replaced; ``instead`` is where its new content is now."""
    message = f"{path} cannot be replaced: another program has it open, or it is write-protected."
    close = "Remove it from QGIS's layers, or close the program that shows it"
    if instead:
        return EngineError(
            "in_use", f"{message} The finished result is {instead}.", f"{close}, and rename that file."
        )
    return EngineError("in_use", message, f"{close}, and run again; or choose another name.")


def _patiently(step: Callable[[], object]) -> None:
    end_s = time.monotonic() + _PATIENCE_S
    while True:
        try:
            step()
        except OSError as error:
            if not is_in_use(error) or time.monotonic() > end_s:
                raise
            time.sleep(_PAUSE_S)
        else:
            return
