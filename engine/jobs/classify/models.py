"""Loads the models of a Classify job and checks that their classes agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from ...classification.backends import PreparedNetwork
from ...compute.normalisation import Normalisation
from ...core import cache
from ...core.legend import LegendClass
from ...files.fingerprint import file_sha256
from ...model_files.model_file import ModelCard
from ...models import Network
from ...protocol import EngineError
from ..common import load_model, model_key


@dataclass(frozen=True)
class Model:
    """An open model file, and its key in the cache of an engine that serves several jobs."""

    path: str
    key: tuple[str | int, ...]
    card: ModelCard
    weights: PreparedNetwork

    @property
    def network(self) -> Network:
        return self.weights.network

    @property
    def normalisation(self) -> Normalisation:
        return Normalisation(tuple(b.mean for b in self.card.bands), tuple(b.std for b in self.card.bands))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file: the same for a copy, whatever its name."""
        return cache.get_or_make("sha256", self.key, partial(file_sha256, self.path))


def load_models(paths: Sequence[str]) -> list[Model]:
    """Load the model files at ``paths``.

    Raises `EngineError` where their classes differ: probabilities of different classes cannot be averaged.
    """
    models = [_load(path) for path in paths]
    first = models[0]
    for model in models[1:]:
        if _named(model.card.classes) != _named(first.card.classes):
            raise EngineError(
                "classes_differ",
                "{path} knows the classes {classes}; {first_path} knows {first_classes}.",
                "Choose models of the same classes, trained on the same legend.",
                path=model.path,
                classes=", ".join(_named(model.card.classes)),
                first_path=first.path,
                first_classes=", ".join(_named(first.card.classes)),
            )
    return models


def _load(path: str) -> Model:
    """Load the model at ``path``, or take it from the cache, with what was prepared for each backend."""

    def make() -> tuple[ModelCard, PreparedNetwork]:
        card, network = load_model(path)
        return card, PreparedNetwork(network, len(card.bands))

    key = model_key(path)
    return Model(path, key, *cache.get_or_make("model", key, make))


def _named(classes: Sequence[LegendClass]) -> list[str]:
    return [f"{c.value} {c.name}" for c in classes]
