"""The card of a model file, read without anything that could run it or has to be installed for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .errors import EngineError

CARD_KEY = "raster_segmenter"
"""Of the card, in the file's metadata."""
_LENGTH_BYTES = 8
_MOST_BYTES = 100 * 2**20
"""Of a header: as much as the format allows."""


def read_card(path: str) -> dict[str, Any]:
    """The card as the file has it, unchecked. Raises `EngineError` for what is no model of ours.

    A safetensors file begins with the length of its header, in 8 bytes, the lowest first, and the header, in
    JSON.
    """
    try:
        with Path(path).open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            if length > _MOST_BYTES:
                raise ValueError("its header is too long")
            card = json.loads(json.loads(file.read(length))["__metadata__"][CARD_KEY])
        if not isinstance(card, dict):
            raise TypeError("its card is no table")
    except OSError as error:
        raise EngineError(
            "no_model", f"The model {path} cannot be opened: {error.strerror}.", "Choose another file."
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EngineError(
            "not_a_model",
            f"{path} is not a Raster Segmenter model.",
            "Choose a .safetensors file made by Train segmenter.",
        ) from None
    return card
