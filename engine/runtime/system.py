"""Differences between Linux, Windows and macOS: free memory, processors, and the names of files."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import re
import subprocess  # nosec B404 (macOS' own vm_stat)
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..protocol import message

_VM_STAT = ("/usr/bin/vm_stat",)
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]')


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_bytes(root: Path = Path("/"), platform: str = sys.platform) -> float:
    """Bytes of memory that programs can get now without swapping; infinite if the system does not say."""
    if platform == "win32":
        return _free_bytes_windows(ctypes.windll.kernel32)  # type: ignore[attr-defined]  # there alone
    if platform == "darwin":
        return _free_bytes_macos(_vm_stat)
    return _free_bytes_linux(root)


def _vm_stat() -> str:
    # Fixed words.
    run = subprocess.run(  # noqa: S603 # nosec B603
        _VM_STAT, capture_output=True, encoding="ascii", check=True
    )
    return run.stdout


class _MemoryStatus(ctypes.Structure):
    """Windows' MEMORYSTATUSEX. Both the memory and the memory with the page file limit a program."""

    _SIZES = (
        "total",
        "free",
        "total_with_pages",
        "free_with_pages",
        "total_virtual",
        "free_virtual",
        "reserved",
    )
    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in _SIZES),
    )


def _free_bytes_windows(kernel32: Any) -> float:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    succeeded = kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return float(min(status.free, status.free_with_pages)) if succeeded else float("inf")


def _free_bytes_macos(vm_stat: Callable[[], str]) -> float:
    """Bytes of the pages that are free, or whose content can be read from disk again."""
    try:
        output = vm_stat()
    except (OSError, subprocess.SubprocessError):
        return float("inf")
    size = re.search(r"page size of (\d+) bytes", output)
    pages = dict(re.findall(r"^Pages (free|inactive|speculative):\s+(\d+)\.", output, re.MULTILINE))
    return float(int(size[1]) * sum(map(int, pages.values()))) if size and "free" in pages else float("inf")


def _free_bytes_linux(root: Path) -> float:
    """The kernel's available memory in bytes, or what the limit of a container (cgroup) leaves, if less."""
    free = float("inf")
    meminfo = root / "proc/meminfo"
    if meminfo.is_file():
        lines = (line.split() for line in meminfo.read_text(encoding="ascii").splitlines())
        free = next((1024.0 * int(line[1]) for line in lines if line[0] == "MemAvailable:"), free)
    group = root / "sys/fs/cgroup"
    limit = group / "memory.max"
    if limit.is_file() and limit.read_text(encoding="ascii").strip() != "max":
        used = float((group / "memory.current").read_text(encoding="ascii"))
        free = min(
            free, float(limit.read_text(encoding="ascii")) - used + _cached_bytes(group / "memory.stat")
        )
    return max(0.0, free)


def _cached_bytes(memory_stat: Path) -> float:
    """The part of a container's used memory that only caches files, and is freed when a program needs it."""
    if not memory_stat.is_file():
        return 0.0
    numbers = dict(line.split() for line in memory_stat.read_text(encoding="ascii").splitlines())
    return float(numbers.get("inactive_file", 0))


def place(path: str | Path) -> str:
    """A text that is equal for two paths if they name the same file, whether or not it exists."""
    real = os.path.normcase(os.path.realpath(path))
    return unicodedata.normalize("NFC", real).casefold() if ignores_case(os.path.dirname(real)) else real


@functools.lru_cache(maxsize=64)
def ignores_case(folder: str, platform: str = sys.platform) -> bool:
    """Whether names in ``folder`` that differ only in capital letters are the same file.

    They are the same file on Windows, mostly on macOS, and on memory cards. The first name with letters in
    the folder is tried; if there is none, the answer is the usual one for the ``platform``.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            other = os.path.join(folder, entry.name.swapcase())
            if other != entry.path:
                return os.path.exists(other) and os.path.samefile(entry.path, other)
    return platform in ("win32", "darwin")


def objection(name: str, *, windows: bool = os.name == "nt") -> str:
    """The reason why no file can have this ``name``, as the end of a sentence; empty if one can."""
    if windows and (found := _NOT_ON_WINDOWS.search(name)):
        return message("Windows allows no {character!r} in names", character=found[0])
    if windows and _WINDOWS_DEVICE.fullmatch(name):
        device = name.partition(".")[0].strip()
        return message("{device} is the name of a device on Windows", device=device)
    if windows and name.endswith((".", " ")):
        return message("names do not end in a dot or a space on Windows")
    return ""
