"""The one root of what can go wrong in a way a user can act upon."""

from __future__ import annotations


class EngineError(Exception):
    """What a user can act upon: ``code`` for programs, ``message`` says what, ``remedy`` what to do."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.code, self.message, self.remedy = code, message, remedy

    def advise(self, text: str) -> None:
        """Add a sentence to the remedy."""
        self.remedy = f"{self.remedy} {text}".strip()
        self.args = (f"{self.message} {self.remedy}",)


class Cancelled(EngineError):
    """The run was cancelled by whoever asked for it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "The run was cancelled.")
