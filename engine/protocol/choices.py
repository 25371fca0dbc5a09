"""Folders that are registries: what ``models`` and ``losses`` offer."""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import dataclass
from pathlib import Path

from .errors import EngineError


@dataclass(frozen=True)
class Choice:
    """One entry of a folder that is a registry (``models``, ``losses``)."""

    name: str
    title: str
    about: str
    options: dict[str, float]
    """The numbers that may be given, with their defaults."""
    training: dict[str, float]
    """Recommended training settings that a job may leave at 0 = automatic."""
    module: str


def choices(folder: str) -> dict[str, Choice]:
    """Everything ``folder`` offers: the literal ``CHOICES`` of its files, parsed and never executed.

    So a new network or loss is one new file, and a dialog lists it without importing torch.
    """
    found: dict[str, Choice] = {}
    for path in sorted((Path(__file__).parents[1] / folder).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["CHOICES"]:
                for name, literal in ast.literal_eval(node.value).items():
                    assert name not in found, f"{name} is offered twice in {folder}"
                    entry = {"options": {}, "training": {}, **literal}
                    found[name] = Choice(name=name, module=path.stem, **entry)
    return found


def choice(folder: str, name: str, options: dict[str, float]) -> Choice:
    """The entry ``name`` with ``options`` laid over its defaults; `EngineError` for unknown names or options."""
    offered = choices(folder)
    if name not in offered:
        raise EngineError("unknown_choice", f"There is no {name!r} in {folder}.", f"Choose one of: {', '.join(offered)}.")
    entry = offered[name]
    unknown = sorted(set(options) - set(entry.options))
    if unknown:
        known = ", ".join(f"{k}={v:g}" for k, v in entry.options.items()) or "none"
        raise EngineError("unknown_option", f"{name} has no option {unknown[0]!r}.", f"Its options and defaults: {known}.")
    return dataclasses.replace(entry, options={**entry.options, **options})
