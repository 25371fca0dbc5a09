"""The card of a model file, read by the standard library alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .errors import EngineError

CARD_KEY = "raster_segmenter"
"""Key of the card in the file's metadata."""
_LENGTH_BYTES = 8
_MOST_BYTES = 100 * 2**20
"""Most bytes of a header: as many as the format allows."""


def read_card(path: str) -> dict[str, Any]:
    """The card as it stands in the file, unchecked. Raises `EngineError` if it is no Raster Segmenter model.

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
            "no_model",
            "The model {path} cannot be opened: {reason}.",
            "Choose another file.",
            path=path,
            reason=error.strerror,
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EngineError(
            "not_a_model",
            "{path} is not a Raster Segmenter model.",
            "Choose a .safetensors file made by Train segmenter.",
            path=path,
        ) from None
    return card
