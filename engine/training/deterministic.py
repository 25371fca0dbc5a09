"""Deterministic training on a GPU: the same numbers in every run, at the cost of speed."""

from __future__ import annotations

import contextlib
import os
import re
import warnings
from collections.abc import Iterator
from typing import Any

import torch

from ..protocol import Emit, warning

# cuBLAS reads this once, when it is first used: with it, its sums are always taken in the same order.
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
_NONDETERMINISTIC = re.compile(r"(\S+) does not have a deterministic implementation")


@contextlib.contextmanager
def deterministic(wanted: bool, emit: Emit) -> Iterator[None]:
    """Use deterministic operations in the block, if ``wanted``; a warning names those that do not exist.

    On CPUs results are always deterministic, with the same number of threads.
    """
    if not wanted:
        yield
        return
    before = (
        torch.are_deterministic_algorithms_enabled(),
        torch.is_deterministic_algorithms_warn_only_enabled(),
    )
    lacking: dict[str, None] = {}
    with warnings.catch_warnings():
        show = warnings.showwarning

        def note(message: Warning | str, *rest: Any) -> None:
            if found := _NONDETERMINISTIC.search(str(message)):
                lacking[found[1]] = None
            else:
                show(message, *rest)

        warnings.filterwarnings("default", message=f".*{_NONDETERMINISTIC.pattern}")  # each once
        warnings.showwarning = note  # type: ignore[assignment]
        torch.use_deterministic_algorithms(True, warn_only=True)
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before[0], warn_only=before[1])
            if lacking:
                emit(
                    warning(
                        "The GPU has no deterministic form of {operations}: another run may differ in "
                        "the last digits.",
                        operations=", ".join(lacking),
                    )
                )
