"""The causes of a crash, by the exit code of the process."""

from __future__ import annotations

import signal

from .messages import Message, joined, message

ILLEGAL_INSTRUCTION = message("illegal instruction")
"""The cause where a library was built for a newer processor than this one."""
_SIGNALS = {
    "SIGILL": ILLEGAL_INSTRUCTION,
    "SIGSEGV": message("segmentation fault"),
    "SIGBUS": message("bus error"),
    "SIGABRT": message("aborted"),
    "SIGFPE": message("arithmetic error"),
    "SIGTRAP": message("trap"),
    "SIGKILL": message("killed by the system, most often because memory ran out"),
}
_WINDOWS = {
    0xC000001D: ILLEGAL_INSTRUCTION,
    0xC0000005: message("access violation"),
    0xC0000017: message("memory ran out"),
    0xC000007B: message("a DLL is for another processor architecture"),
    0xC00000FD: message("stack overflow"),
    0xC0000135: message("a DLL was not found"),
    0xC0000139: message("a DLL lacks a function"),
    0xC0000142: message("a DLL failed to start"),
    0xC0000374: message("the memory is damaged"),
    0xC0000409: message("aborted"),
    0xC06D007E: message("a DLL was not found"),
    0xC06D007F: message("a DLL lacks a function"),
}
"""NTSTATUS values, which are the exit codes of processes that Windows ends."""


def crash(exit_code: int) -> Message:
    """The cause of a crash in a few words and its name or number; empty if the process ended by itself.

    A negative ``exit_code`` is the number of a signal. Windows' codes are understood with and without a sign.
    """
    names = {-getattr(signal, name): name for name in _SIGNALS if hasattr(signal, name)}
    if exit_code in names:
        name = names[exit_code]
        return joined(_SIGNALS[name], f"({name})")
    status = exit_code & 0xFFFFFFFF
    return joined(_WINDOWS[status], f"({status:#010X})") if status in _WINDOWS else Message("")
