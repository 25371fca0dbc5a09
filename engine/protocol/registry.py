"""Registries: the networks and losses that the folders ``models`` and ``losses`` offer."""

from __future__ import annotations

import ast
import dataclasses
import functools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import EngineError
from .recipe import Published, PublishedWeights, Recipe


@dataclass(frozen=True)
class Choice:
    """One entry of a folder that is a registry (``models``, ``losses``)."""

    name: str
    module: str
    title: str
    about: str
    options: dict[str, float] = field(default_factory=dict)
    """The numbers that may be given, with their defaults."""
    tiny: dict[str, float] = field(default_factory=dict)
    """Options that make a network so small that tests can build, train and export it in a moment."""
    auxiliary: tuple[str, ...] = ()
    """Names of the auxiliary maps that a network can learn (`Recipe.auxiliary`)."""
    training: Recipe = field(default_factory=Recipe)
    """Recommended settings of the training; a job may change them."""
    published: Published | None = None
    weights: dict[str, PublishedWeights] = field(default_factory=dict)
    """Published weights to start from, by name."""
    role: str = "classes"
    """The maps that a loss is for: `classes`, or `auxiliary` maps."""


def choices(folder: str, role: str = "classes") -> dict[str, Choice]:
    """All entries of that ``role`` in ``folder``, by name: the literal ``CHOICES`` of its files.

    Files are parsed and never executed. So a new network or loss is one new file, and a dialog lists it
    without importing torch.
    """
    return {name: entry for name, entry in _offered(folder).items() if entry.role == role}


@functools.cache
def _offered(folder: str) -> dict[str, Choice]:
    """All entries of ``folder``; its files do not change while the program runs."""
    papers, entries = published_entries(folder), literals(folder, "CHOICES").items()
    return {name: _choice(name, module, entry, papers.get(name)) for name, (module, entry) in entries}


def literals(folder: str, variable: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each entry of the literal dictionaries ``variable`` in the files of ``folder``, with the file's module.

    The files are parsed and never executed.
    """
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for path in sorted((Path(__file__).parents[1] / folder).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == [variable]:
                for name, literal in ast.literal_eval(node.value).items():
                    # Names stand in our own files.
                    assert name not in found, f"{name} is offered twice in {folder}"  # nosec B101
                    found[name] = path.stem, literal
    return found


def _choice(name: str, module: str, literal: dict[str, Any], paper: dict[str, Any] | None) -> Choice:
    values = dict(literal)
    values["training"] = Recipe(**literal.get("training", {}))
    values["published"] = paper and Published(**{**paper, "recipe": Recipe(**paper["recipe"])})
    values["weights"] = {key: PublishedWeights(**entry) for key, entry in literal.get("weights", {}).items()}
    return Choice(name=name, module=module, **values)


def published_entries(folder: str) -> dict[str, dict[str, Any]]:
    """The fields of `Published` by name of the choice, from the papers in ``published`` of ``folder``.

    A paper has trainings, and a training one or more networks. What stands beside the networks holds for all
    of them; a network's own settings come first, its own sentences last.
    """
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(__file__).parents[1] / folder / "published").glob("*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        for training in paper["trainings"]:
            for name, own in training["networks"].items():
                # Names stand in our own files.
                assert name not in found, f"{name} is published twice in {folder}"  # nosec B101
                found[name] = {
                    "source": f"{paper['source']}, {own['section']}",
                    "recipe": {**training["recipe"], **own.get("recipe", {})},
                    "chosen": " ".join(training.get("chosen", []) + own.get("chosen", [])),
                    "bands": training["bands"],
                    "classes": own.get("classes", training["classes"]),
                    "results": tuple(
                        (data, measure, value)
                        for data, measures in own["results"].items()
                        for measure, value in measures.items()
                    ),
                }
    return found


def choice(folder: str, name: str, options: dict[str, float] | None = None, role: str = "classes") -> Choice:
    """The entry ``name`` with ``options`` in place of its defaults.

    Raises `EngineError` for unknown names or options.
    """
    offered = choices(folder, role)
    if name not in offered:
        raise EngineError(
            "unknown_choice",
            "There is no {name!r} in {folder}.",
            "Choose one of: {names}.",
            name=name,
            folder=folder,
            names=", ".join(offered),
        )
    entry, options = offered[name], options or {}
    unknown = sorted(set(options) - set(entry.options))
    if unknown:
        known = ", ".join(f"{k}={v:g}" for k, v in entry.options.items()) or "none"
        raise EngineError(
            "unknown_option",
            "{name} has no option {option!r}.",
            "Its options and defaults: {known}.",
            name=name,
            option=unknown[0],
            known=known,
        )
    return dataclasses.replace(entry, options={**entry.options, **options})
