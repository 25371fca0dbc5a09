"""A cache in memory of things that are costly to make, for the next jobs of the same process.

It needs the standard library alone, since it is loaded before it is known whether the first job is valid.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Thing = TypeVar("Thing")
_MOST = 2
"""The most entries of each kind in the cache; the last two are kept, since users compare two models."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Constants of glibc's malloc.h."""
_things: dict[str, OrderedDict[Hashable, object]] = {}


def get_or_make(kind: str, key: Hashable, make: Callable[[], Thing]) -> Thing:
    """The thing of ``kind`` in the cache under ``key``; ``make`` makes it if it is not there.

    ``key`` holds everything that it depends on. Several jobs use the same thing, so nobody may change it. It
    must be in main memory, since other programs need the GPU between jobs.
    """
    things = _things.setdefault(kind, OrderedDict())
    if key not in things:
        while len(things) >= _MOST:  # before another is made: there may be no room for three
            things.popitem(last=False)
            gc.unfreeze()
        things[key] = make()
    things.move_to_end(key)
    return cast("Thing", things[key])


def clear() -> None:
    """Empty the cache, because memory is short."""
    _things.clear()
    gc.unfreeze()


def freeze_gc() -> None:
    """Exempt the objects of libraries and of the cache from the search of `collect`, before a job.

    With them, the search takes 0.12 s after each job; a small job of a warm engine takes 0.3 s.
    """
    gc.freeze()


def collect() -> None:
    """Free the cycles of objects that a job has left, after the job."""
    gc.collect()


def release_memory() -> None:
    """Give free memory of the GPU and of the allocator back to the system, when no job follows at once."""
    torch = sys.modules.get("torch")  # never loaded for this
    if torch and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
    if torch and torch.backends.mps.is_available():
        torch.mps.empty_cache()
    # Only glibc has it. Elsewhere free memory goes back by itself.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def keep_freed_memory() -> None:
    """Let the C library reuse large blocks of memory.

    By default it returns each block to the system, which zeroes the next one page by page. That takes half as
    long as the whole computation of a U-Net in 16 bits, and a tenth of a training step in 32 bits. But blocks
    of many sizes leave gaps. Only glibc has this setting.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, 2**30)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_ARENA_MAX, 1)  # one arena for all threads, so that they share freed blocks
