"""Explains the end of an engine that has stopped without a result, and says what to do."""

from __future__ import annotations

from ...engine.protocol import ILLEGAL_INSTRUCTION, crash
from ..text import tr, translated


def exit_text(exit_code: int | None) -> str:
    """Sentences about an engine that stopped without a result; None stands for one that still runs."""
    ended = crash(exit_code or 0)
    if not ended:
        return tr("The engine stopped without a result (exit code {code}).").format(code=exit_code)
    text = tr("The engine crashed: {crash} (exit code {code}).").format(
        crash=translated(ended), code=exit_code
    )
    if ended.startswith(ILLEGAL_INSTRUCTION):
        remedy = tr(
            "A library was built for a newer processor than this one. "
            "Run Check the engine: it names the library."
        )
    else:
        remedy = tr(
            "Run Check the engine to see which part fails. "
            "If it finds no fault, try again with more free memory."
        )
    return f"{text}\n{remedy}"
