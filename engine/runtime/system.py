"""What differs between Linux, Windows and macOS for the engine: memory, processors, and which names mean the
same file.
"""

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

_VM_STAT = ("/usr/bin/vm_stat",)
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]')


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_bytes(root: Path = Path("/"), platform: str = sys.platform) -> float:
    """Memory that programs can have now without anything being swapped; infinite where the system does not
    tell.
    """
    if platform == "win32":
        return _of_windows(ctypes.windll.kernel32)  # type: ignore[attr-defined]  # there alone
    if platform == "darwin":
        return _of_macos(_vm_stat)
    return _of_linux(root)


def _vm_stat() -> str:
    run = subprocess.run(_VM_STAT, capture_output=True, encoding="ascii", check=True)  # noqa: S603 # nosec B603 (fixed words)
    return run.stdout


class _MemoryStatus(ctypes.Structure):
    """Windows' MEMORYSTATUSEX. Two limits matter: memory, and memory with the page file, which is what can be
    promised.
    """

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


def _of_windows(kernel32: Any) -> float:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    told = kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return float(min(status.free, status.free_with_pages)) if told else float("inf")


def _of_macos(ask: Callable[[], str]) -> float:
    """From ``vm_stat``: pages that are free, or hold only what can be read again."""
    try:
        told = ask()
    except (OSError, subprocess.SubprocessError):
        return float("inf")
    size = re.search(r"page size of (\d+) bytes", told)
    pages = dict(re.findall(r"^Pages (free|inactive|speculative):\s+(\d+)\.", told, re.MULTILINE))
    return float(int(size[1]) * sum(map(int, pages.values()))) if size and "free" in pages else float("inf")


def _of_linux(root: Path) -> float:
    """What the kernel says is available, and a container's limit leaves."""
    free = float("inf")
    told = root / "proc/meminfo"
    if told.is_file():
        lines = (line.split() for line in told.read_text(encoding="ascii").splitlines())
        free = next((1024.0 * int(line[1]) for line in lines if line[0] == "MemAvailable:"), free)
    group = root / "sys/fs/cgroup"
    limit = group / "memory.max"
    if limit.is_file() and limit.read_text(encoding="ascii").strip() != "max":
        used = float((group / "memory.current").read_text(encoding="ascii"))
        free = min(
            free, float(limit.read_text(encoding="ascii")) - used + _cached_bytes(group / "memory.stat")
        )
    return max(0.0, free)


def _cached_bytes(told: Path) -> float:
    """What of a container's used memory only holds files that were read, and is free as soon as it is
    wanted.
    """
    if not told.is_file():
        return 0.0
    numbers = dict(line.split() for line in told.read_text(encoding="ascii").splitlines())
    return float(numbers.get("inactive_file", 0))


def place(path: str | Path) -> str:
    """Text that is equal for two paths if they name the same file, be it there or not."""
    real = os.path.normcase(os.path.realpath(path))
    return unicodedata.normalize("NFC", real).casefold() if ignores_case(os.path.dirname(real)) else real


@functools.lru_cache(maxsize=64)
def ignores_case(folder: str, platform: str = sys.platform) -> bool:
    """Whether names that differ in capitals are one file there: so on Windows, mostly on macOS, and on memory
    cards.

    Found by the first name with letters in the folder; where there is none, it is as usual on the
    ``platform``.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            other = os.path.join(folder, entry.name.swapcase())
            if other != entry.path:
                return os.path.exists(other) and os.path.samefile(entry.path, other)
    return platform in ("win32", "darwin")


def objection(name: str, *, windows: bool = os.name == "nt") -> str:
    """Why the system has no file called ``name``, as the end of a sentence; empty where it may."""
    if not windows:
        return ""
    if found := _NOT_ON_WINDOWS.search(name):
        return f"Windows allows no {found[0]!r} in names"
    if _WINDOWS_DEVICE.fullmatch(name):
        return f"{name.partition('.')[0].strip()} is the name of a device on Windows"
    return "names do not end in a dot or a space on Windows" if name.endswith((".", " ")) else ""
