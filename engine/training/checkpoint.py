"""Checkpoints of a training run, written after each epoch: a run that was stopped or killed resumes from the
last one.

One safetensors file beside the model to be: tensors, and facts (JSON's types) in its metadata. Nothing in it
can run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from ..files.atomic import whole
from ..protocol import Emit, Log, journal_path, remove_file

_KEY = "raster_segmenter_training"

State = tuple[dict[str, Tensor], dict[str, Any]]
"""Tensors by name, and facts."""


def checkpoint_path(model: str) -> Path:
    """The path of the checkpoint for the model file ``model``: one of the names of its partial files."""
    journal = journal_path(model)
    return journal.with_name(f"{journal.name}.safetensors")


class Checkpoint:
    """The checkpoint of one training run; ``mark`` is the fingerprint of its data and settings.

    ``asked`` and ``sizes``, if given, are what `sizes_before` goes by.
    """

    def __init__(
        self, model: str, mark: str, emit: Emit, asked: str = "", sizes: Mapping[str, int] | None = None
    ) -> None:
        self.path, self._emit = checkpoint_path(model), emit
        self._mark, self._fixed = mark, {"mark": mark, "asked": asked, "sizes": dict(sizes or {})}

    def load(self) -> State | None:
        """The state that a run with the same fingerprint saved, or None. A checkpoint of another run is told
        in the log.
        """
        if not self.path.exists():
            return None
        try:
            with safe_open(self.path, framework="pt") as file:
                facts = _facts(file)
                if facts.pop("mark") == self._mark:
                    # Copies: the file is replaced while its tensors are in use.
                    return {name: file.get_tensor(name).clone() for name in file.keys()}, facts  # noqa: SIM118
            reason = "of other data or settings"
        except (SafetensorError, OSError, ValueError, KeyError, AttributeError) as error:
            reason = f"damaged ({error})"
        self._emit(
            Log(f"{self.path}, from an earlier training, is {reason}: training begins anew.", warning=True)
        )
        return None

    def keep(self, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Save a new state in place of the last one, atomically."""
        here = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
        with whole(self.path) as partial:
            partial.write_bytes(save(here, metadata={_KEY: json.dumps({**facts, **self._fixed})}))

    def remove(self) -> None:
        """Remove the checkpoint, because the model is written."""
        remove_file(self.path)


def sizes_before(model: str, asked: str) -> dict[str, int]:
    """The sizes that an unfinished training of ``model`` goes by, if the same was ``asked`` of it; else none.

    They followed from the memory that was free then, and whoever goes on from there needs the same.
    """
    try:
        with safe_open(checkpoint_path(model), framework="pt") as file:
            facts = _facts(file)
        return dict(facts["sizes"]) if facts["asked"] == asked else {}
    except (SafetensorError, OSError, ValueError, KeyError, TypeError):
        return {}  # what is wrong with the file is told by `Checkpoint.load`


def _facts(file: Any) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((file.metadata() or {})[_KEY])
    return facts
