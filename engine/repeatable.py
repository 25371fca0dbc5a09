"""The same numbers on every run on a GPU, for those who need them more than speed."""

from __future__ import annotations

import contextlib
import os
import re
import warnings
from collections.abc import Callable, Iterator

import torch

from .protocol import Event, Log

# cuBLAS reads this once, when it is first used: with it, its sums are always taken in the same order.
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
_LACKS = re.compile(r"(\S+) does not have a deterministic implementation")


@contextlib.contextmanager
def repeatable(wanted: bool, emit: Callable[[Event], None]) -> Iterator[None]:
    """While entered, and if ``wanted``, operations of a GPU are repeated to the bit; a warning names those that are not.

    On processors they are anyway, with the same number of threads.
    """
    if not wanted:
        yield
        return
    before = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.use_deterministic_algorithms(True, warn_only=True)
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before[0], warn_only=before[1])
    lacking = dict.fromkeys(match[1] for one in caught if (match := _LACKS.search(str(one.message))))
    if lacking:
        text = f"The GPU has no repeatable form of {', '.join(lacking)}: another run may differ in the last digits."
        emit(Log(text, warning=True))
    for one in caught:
        if not _LACKS.search(str(one.message)):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
