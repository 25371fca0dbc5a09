"""A cache for things that are costly to make, from one job to the next in the same process.

Standard library only: this is loaded before the first job is known to be a good one.
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
"""Entries kept of each kind: the last two, since users compare two models."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Numbers of glibc's malloc.h."""
_kept: dict[str, OrderedDict[Hashable, object]] = {}


def kept(kind: str, key: Hashable, make: Callable[[], Thing]) -> Thing:
    """The thing of ``kind`` that ``make`` once made for ``key``, made now if it is not among the last two of
    its kind.

    ``key`` says all that it depends on. Several jobs see the same thing, so nobody may change it; and it
    belongs into main memory, since between jobs the GPU is the user's.
    """
    things = _kept.setdefault(kind, OrderedDict())
    if key not in things:
        while len(things) >= _MOST:  # before another is made: there may be no room for three
            things.popitem(last=False)
            gc.unfreeze()
        things[key] = make()
    things.move_to_end(key)
    return cast("Thing", things[key])


def has(kind: str, key: Hashable) -> bool:
    """Whether `kept` need not make it."""
    return key in _kept.get(kind, {})


def forget() -> None:
    """Empty the cache, because memory is short."""
    _kept.clear()
    gc.unfreeze()


def settle() -> None:
    """Before a job: what is there now stays, libraries and things kept. `tidy` need not search it, which
    takes a while.
    """
    gc.freeze()


def tidy() -> None:
    """After a job: free the cycles of objects that it has left."""
    gc.collect()


def release_memory() -> None:
    """When no job follows at once: what the next one could have used again, the GPU's and the allocator's
    free memory.
    """
    torch = sys.modules.get("torch")  # never loaded for this
    if torch and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
    if torch and torch.backends.mps.is_available():
        torch.mps.empty_cache()
    with contextlib.suppress(
        AttributeError, OSError, TypeError
    ):  # of glibc alone; elsewhere free memory goes back by itself
        ctypes.CDLL(None).malloc_trim(0)


def keep_freed_memory() -> None:
    """Let the C library reuse large blocks of memory, instead of giving each back and having the next one
    zeroed, page by page.

    That takes half as long as all computing of a U-Net in 16 bits, and a tenth of a step of training in 32
    bits, but blocks of many sizes leave gaps. Only glibc has it.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, 2**30)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_ARENA_MAX, 1)  # for all threads: what one has freed another may have
