"""Downloads of published files: kept in the user's cache, checked against their SHA-256."""

from __future__ import annotations

import hashlib
import http.client
import os
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from ..protocol import Emit, EngineError, Progress, info
from .atomic import atomic_write, disk_errors

_CHUNK_BYTES = 1 << 20
_TIMEOUT_S = 30
_MB = 1e6


def cache_folder() -> Path:
    """The folder for files that can be downloaded again, where the user's system keeps such files."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "raster_segmenter"


def fetch(url: str, sha256: str, emit: Emit) -> Path:
    """The file at ``url``, whose SHA-256 begins with ``sha256``; from the cache, if it is there and sound.

    Raises `EngineError`, and keeps nothing, where it cannot be downloaded or is another file.
    """
    path = cache_folder() / url.rsplit("/", maxsplit=1)[1]
    if path.is_file() and _digest(path).startswith(sha256):
        emit(info("{name} was fetched before: {path}.", name=path.name, path=path))
        return path
    emit(info("Fetching {url} into {folder}.", url=url, folder=path.parent))
    with disk_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with atomic_write(path) as partial:
        with partial.open("wb") as file:
            for done, total, chunk in _chunks(url):
                file.write(chunk)
                rate = done / max(time.monotonic() - started, 1e-6)
                emit(Progress(done / _MB, total / _MB, "MB", rate / _MB, (total - done) / rate))
        came = _digest(partial)
        if not came.startswith(sha256):
            raise EngineError(
                "bad_download",
                "The file from {url} is not the published file: "
                "its SHA-256 begins with {found}, not with {expected}.",
                "Try again, or download the file by hand and give its path as INITIAL.",
                url=url,
                found=came[:8],
                expected=sha256[:8],
            )
    return path


def _chunks(url: str) -> Iterator[tuple[int, int, bytes]]:
    """Pieces of the file, each with the number of bytes so far and of all bytes, if that is known."""
    try:
        # A network's file names it.
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as response:  # noqa: S310 # nosec B310
            total, done = int(response.headers.get("Content-Length") or 0), 0
            while chunk := response.read(_CHUNK_BYTES):
                done += len(chunk)
                yield done, max(total, done), chunk
    except (OSError, http.client.HTTPException) as error:
        raise EngineError(
            "no_download",
            "{url} could not be fetched: {reason}.",
            "Check the network, or download the file by hand and give its path as INITIAL.",
            url=url,
            reason=getattr(error, "reason", None) or error,
        ) from error


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
