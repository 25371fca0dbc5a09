"""Checkpoints of a training run, written after each epoch, from which a stopped or killed run resumes.

A checkpoint is one safetensors file beside the future model: tensors, and facts (JSON's types) in its
metadata. Nothing in it can be executed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from ..files.atomic import atomic_write
from ..protocol import Emit, Message, journal_path, message, remove_file, warning

_KEY = "raster_segmenter_training"

State = tuple[dict[str, Tensor], dict[str, Any]]
"""Tensors by name, and facts."""


def checkpoint_path(model: str) -> Path:
    """The path of the checkpoint for the model file ``model``: one of the names of its partial files."""
    journal = journal_path(model)
    return journal.with_name(f"{journal.name}.safetensors")


class Checkpoint:
    """The checkpoint of one training run; ``fingerprint`` identifies its data and settings.

    ``asked`` is the fingerprint of the recipe before its ``sizes`` were fitted to the memory; `sizes_before`
    reads both.
    """

    def __init__(
        self,
        model: str,
        fingerprint: str,
        emit: Emit,
        *,
        asked: str = "",
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        self.path, self._emit, self._fingerprint = checkpoint_path(model), emit, fingerprint
        self._constant_facts = {"mark": fingerprint, "asked": asked, "sizes": dict(sizes or {})}

    def load(self) -> State | None:
        """The state that a run with the same fingerprint saved, or None; a warning says why there is none."""
        if not self.path.exists():
            return None
        reason: Message
        try:
            with safe_open(self.path, framework="pt") as file:
                facts = _facts(file)
                if facts.pop("mark") == self._fingerprint:
                    # Copies: the file is replaced while its tensors are in use.
                    names = file.keys()
                    return {name: file.get_tensor(name).clone() for name in names}, facts
            reason = message("was made with other data or settings")
        except (SafetensorError, OSError, ValueError, KeyError, AttributeError) as error:
            reason = message("is damaged ({error})", error=error)
        self._emit(
            warning(
                "{path}, from an earlier training, {reason}. Training starts from the beginning.",
                path=self.path,
                reason=reason,
            )
        )
        return None

    def save(self, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Save a new state in place of the last one, atomically."""
        on_cpu = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
        written = json.dumps({**facts, **self._constant_facts})
        with atomic_write(self.path) as partial:
            partial.write_bytes(save(on_cpu, metadata={_KEY: written}))

    def remove(self) -> None:
        """Remove the checkpoint, because the model is written."""
        remove_file(self.path)


def sizes_before(model: str, asked: str) -> dict[str, int]:
    """The recipe's sizes in an unfinished training of ``model`` with the same ``asked``; else none.

    They followed from the memory that was free then, and the run can only be resumed with the same sizes.
    """
    try:
        with safe_open(checkpoint_path(model), framework="pt") as file:
            facts = _facts(file)
        return dict(facts["sizes"]) if facts["asked"] == asked else {}
    except (SafetensorError, OSError, ValueError, KeyError, TypeError):
        return {}  # `Checkpoint.load` says what is wrong with the file


def _facts(file: Any) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((file.metadata() or {})[_KEY])
    return facts
