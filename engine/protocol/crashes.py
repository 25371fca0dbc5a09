"""How a process ended that did not end by itself."""

from __future__ import annotations

import signal

ILLEGAL_INSTRUCTION = "illegal instruction"
"""What a processor says to a library that was built for a newer one."""
_SIGNALS = {
    "SIGILL": ILLEGAL_INSTRUCTION,
    "SIGSEGV": "segmentation fault",
    "SIGBUS": "bus error",
    "SIGABRT": "aborted",
    "SIGFPE": "arithmetic error",
    "SIGTRAP": "trap",
    "SIGKILL": "killed by the system, most often because memory ran out",
}
_WINDOWS = {
    0xC000001D: ILLEGAL_INSTRUCTION,
    0xC0000005: "access violation",
    0xC0000017: "memory ran out",
    0xC000007B: "a DLL is of another architecture",
    0xC00000FD: "stack overflow",
    0xC0000135: "a DLL was not found",
    0xC0000139: "a DLL lacks a function",
    0xC0000142: "a DLL failed to start",
    0xC0000374: "damaged memory",
    0xC0000409: "aborted",
    0xC06D007E: "a DLL was not found",
    0xC06D007F: "a DLL lacks a function",
}
"""The states that Windows gives as exit codes of processes that it ends."""


def crash(exit_code: int) -> str:
    """What ended a process with this exit code (negative: a signal's number), in a few words; empty if it
    ended by itself.

    Windows' codes are understood with and without a sign.
    """
    names = {
        int(number): name
        for number, name in ((-getattr(signal, name, 0), name) for name in _SIGNALS)
        if number
    }
    if exit_code in names:
        name = names[exit_code]
        return f"{_SIGNALS[name]} ({name})"
    state = exit_code & 0xFFFFFFFF
    return f"{_WINDOWS[state]} ({state:#010X})" if state in _WINDOWS else ""
