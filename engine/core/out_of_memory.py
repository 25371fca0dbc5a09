"""Whether an exception says that memory ran out."""

from __future__ import annotations

_WORDS = (
    "allocate memory",
    "not enough memory",
    "out of memory",
    "ALLOC_FAILED",
    "bad_alloc",
    "bad allocation",
)
"""What PyTorch says on Linux, on Windows, on GPUs, and what its libraries there say; what C++ says on Linux
and on Windows.
"""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on a device or off. Only some of PyTorch's allocators have an exception of
    their own.
    """
    if (
        isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
    ):  # by name: few jobs load PyTorch
        return True
    return isinstance(error, RuntimeError) and says_out_of_memory(str(error))


def says_out_of_memory(text: str) -> bool:
    """Whether a library's words say so."""
    return any(words in text for words in _WORDS)
