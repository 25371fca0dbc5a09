"""Finds out whether an exception means that memory ran out."""

from __future__ import annotations

_WORDS = (
    "allocate memory",
    "not enough memory",
    "out of memory",
    "ALLOC_FAILED",
    "bad_alloc",
    "bad allocation",
)
"""Messages of PyTorch on Linux, Windows and GPUs, of its libraries, and of C++ on Linux and Windows."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on any device; only some of PyTorch's allocators have their own exception."""
    if (
        isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
    ):  # by name: few jobs load PyTorch
        return True
    return isinstance(error, RuntimeError) and says_out_of_memory(str(error))


def says_out_of_memory(text: str) -> bool:
    """Whether a library's message says that memory ran out."""
    return any(words in text for words in _WORDS)
