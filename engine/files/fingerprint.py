"""Fingerprints of settings, files and code, by which a run decides whether it can resume an earlier one."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK_BYTES = 2**20


def fingerprint(settings: Mapping[str, Any]) -> str:
    """The settings that a result depends on (values of JSON's types), as text that can be compared."""
    return json.dumps(settings, sort_keys=True)


@functools.cache
def code_hash() -> str:
    """SHA-256 of the engine's code, because another version may compute something else."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def file_sha256(path: str) -> str:
    """SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def file_stats(paths: Iterable[str]) -> dict[str, list[int] | None]:
    """Size in bytes and modification time in ns of each file; None for other sources, such as a service."""
    return {path: _stats(path) for path in paths}


def _stats(path: str) -> list[int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def checksum(*arrays: NDArray[Any]) -> int:
    """CRC-32 of arrays' values, one after the other."""
    total = 0
    for array in arrays:
        total = zlib.crc32(np.ascontiguousarray(array).view(np.uint8).data, total)
    return total
