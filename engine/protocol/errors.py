"""The errors of the engine that a user can act upon."""

from __future__ import annotations

from typing import Any

from .messages import Message, joined, message


class EngineError(Exception):
    """An error that a user can act upon: ``message`` says what is wrong, and ``remedy`` what to do.

    ``code`` names the kind of error for programs. Both sentences are literal templates that ``values`` fill,
    so that they can be translated; a `Message` is taken as it is.
    """

    def __init__(self, code: str, problem: str, remedy: str = "", /, **values: Any) -> None:
        self.code = code
        self.message, self.remedy = _sentence(problem, values), _sentence(remedy, values)
        super().__init__(f"{self.message} {self.remedy}".strip())

    def advised(self, *texts: str) -> EngineError:
        """An error of the same type and code with more sentences in its remedy."""
        error = type(self).__new__(type(self))
        EngineError.__init__(error, self.code, self.message, joined(self.remedy, *texts))
        return error


class Cancelled(EngineError):
    """The user or program that asked for the run has cancelled it."""

    def __init__(self, remedy: str = "") -> None:
        super().__init__("cancelled", message("The run was cancelled."), remedy)


def _sentence(text: str, values: dict[str, Any]) -> Message:
    return text if isinstance(text, Message) else Message(text, **values)
