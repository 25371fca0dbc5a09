"""The model file: weights and a card in one safetensors file, which cannot contain code.

The card (JSON under the metadata key ``raster_segmenter``) holds everything that classification needs and
that a reader should know: bands and their normalisation, classes, ground pixel size, how the model was
trained and how accurate it is in validation.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as serialize
from torch import nn

from ..core.legend import HIGHEST_VALUE, MOST_CLASSES, LegendClass
from ..files.atomic import atomic_write
from ..protocol import CARD_KEY, EngineError, Recipe, message

VERSION = 1


@dataclass(frozen=True)
class Band:
    """One input band; the network receives ``(value - mean) / std``."""

    name: str
    mean: float
    std: float


@dataclass(frozen=True)
class ModelCard:
    """Everything known about a model; ``history`` has a `protocol.Epoch` as a dict for each epoch."""

    network: str
    options: dict[str, float]
    bands: tuple[Band, ...]
    dtype: str
    pixel_size_m: tuple[float, float] | None
    classes: tuple[LegendClass, ...]
    job: dict[str, Any]
    history: tuple[dict[str, Any], ...]
    best_epoch: int
    samples: dict[str, tuple[int, int]]
    """Labelled pixels of each class, by name, in the training part and in the validation part."""
    confusion: tuple[tuple[int, ...], ...]
    """Validation confusion matrix of the best epoch; rows are reference classes, columns predicted ones."""
    versions: dict[str, str]
    recipe: dict[str, Any] = dataclasses.field(default_factory=dict)
    """The fields of the `protocol.Recipe` that the model was trained with."""
    features: dict[str, int] = dataclasses.field(default_factory=dict)
    """The number of polygons or other vector features of each class, by name."""
    device: str = ""
    """The device that the model was trained on (`Device.name`)."""
    version: int = VERSION


def save(path: str, card: ModelCard, weights: Mapping[str, torch.Tensor]) -> None:
    """Write the model file ``path``, whole or not at all. ``weights`` is a state_dict."""
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    content = serialize(tensors, metadata={CARD_KEY: json.dumps(dataclasses.asdict(card), allow_nan=False)})
    with atomic_write(path) as partial:
        partial.write_bytes(content)


def load_card(path: str) -> ModelCard:
    """Read the card alone, from the file's header. Raises `EngineError` if ``path`` is no model file."""
    return _parse_card(path, _open(path).metadata())


def load(path: str) -> tuple[ModelCard, dict[str, torch.Tensor]]:
    """Read the card and the weights. Raises `EngineError` if ``path`` is no model file."""
    file = _open(path)
    card = _parse_card(path, file.metadata())
    return card, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (safe_open is no dict)


def _open(path: str) -> Any:
    if not Path(path).is_file():
        raise EngineError(
            "no_model",
            "There is no model file {path}.",
            "Choose a .safetensors file made by Train segmenter.",
            path=path,
        )
    try:
        return safe_open(path, framework="pt")
    except (SafetensorError, OSError) as error:
        raise _not_a_model(path, str(error)) from None


def _not_a_model(path: str, reason: str) -> EngineError:
    return EngineError(
        "not_a_model",
        "{path} is not a Raster Segmenter model ({reason}).",
        "Choose a .safetensors file made by Train segmenter.",
        path=path,
        reason=reason,
    )


def _parse_card(path: str, metadata: Mapping[str, str] | None) -> ModelCard:
    if not metadata or CARD_KEY not in metadata:
        raise _not_a_model(path, message("it has no model card"))
    try:
        values = json.loads(metadata[CARD_KEY])
        version = values["version"]
        if isinstance(version, int) and version > VERSION:
            raise EngineError(
                "newer_model",
                "The model {path} has version {version}; this engine understands up to {known}.",
                "Update Raster Segmenter.",
                path=path,
                version=version,
                known=VERSION,
            )
        values["bands"] = tuple(Band(**band) for band in values["bands"])
        values["classes"] = tuple(
            LegendClass(c["value"], c["name"], tuple(c["color"])) for c in values["classes"]
        )
        values["pixel_size_m"] = values["pixel_size_m"] and tuple(values["pixel_size_m"])
        values["history"] = tuple(values["history"])
        values["samples"] = {name: tuple(pair) for name, pair in values["samples"].items()}
        values["confusion"] = tuple(tuple(row) for row in values["confusion"])
        Recipe(**values.get("recipe", {}))
        card = ModelCard(**values)
        _check(path, card)
        return card
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _not_a_model(path, message("its card cannot be read: {error}", error=repr(error))) from None


def _check(path: str, card: ModelCard) -> None:
    """Raise `ValueError` or `EngineError` for an unusable card, since files come from anywhere."""
    values = [c.value for c in card.classes]
    if len(values) > MOST_CLASSES:
        raise EngineError(
            "too_many_classes",
            "The model {path} has {classes} classes; at most {most} are possible.",
            "Choose a model of fewer classes.",
            path=path,
            classes=len(values),
            most=MOST_CLASSES,
        )
    size_m = card.pixel_size_m
    checks = (
        ("classes", values and all(type(v) is int and 0 <= v <= HIGHEST_VALUE for v in values)),
        ("classes", len(set(values)) == len(values)),
        ("classes", all(isinstance(c.name, str) and _is_color(c.color) for c in card.classes)),
        ("network", isinstance(card.network, str)),
        ("bands", card.bands and all(isinstance(b.name, str) for b in card.bands)),
        ("bands", all(_is_number(b.mean) and _is_positive(b.std) for b in card.bands)),
        ("dtype", isinstance(card.dtype, str)),
        ("options", all(map(_is_number, card.options.values()))),
        ("pixel_size_m", size_m is None or (len(size_m) == 2 and all(map(_is_positive, size_m)))),
        ("version", card.version == VERSION),
    )
    _require(path, card, checks)


def require_record(path: str, card: ModelCard) -> None:
    """Raise `EngineError` if the card's record of the training is damaged; classification works without."""
    classes = len(card.classes)
    epochs = [epoch if isinstance(epoch, dict) else {} for epoch in card.history]
    numbers = [epoch.get("number") for epoch in epochs]
    figures = ("training_loss", "validation_loss", "mean_f1", "mean_iou", "seconds")
    checks = (
        ("history", numbers == list(range(1, len(numbers) + 1))),
        ("history", all(_is_number(epoch.get(f)) for epoch in epochs for f in figures)),
        ("best_epoch", card.best_epoch in numbers),
        ("samples", all(len(pair) == 2 and all(map(_is_count, pair)) for pair in card.samples.values())),
        ("features", all(map(_is_count, card.features.values()))),
        ("confusion", len(card.confusion) == classes and any(map(any, card.confusion))),
        ("confusion", all(len(row) == classes and all(map(_is_count, row)) for row in card.confusion)),
        ("job", isinstance(card.job, dict)),
        ("device", isinstance(card.device, str)),
        ("versions", _is_texts(card.versions)),
    )
    _require(path, card, checks)


def _require(path: str, card: ModelCard, checks: Iterable[tuple[str, Any]]) -> None:
    """Raise `EngineError` for the first field of the card whose check is not passed."""
    for field, is_good in checks:
        if not is_good:
            value = repr(getattr(card, field))[:300]
            raise _not_a_model(
                path, message("{field} in its card cannot be {value}", field=field, value=value)
            )


def has_sound_record(path: str, card: ModelCard) -> bool:
    """Whether the card's record of the training can be shown, since files come from anywhere."""
    try:
        require_record(path, card)
    except (EngineError, AttributeError, TypeError):
        return False
    return True


def _is_count(value: Any) -> bool:
    """Whether ``value`` is a number of pixels so small that a matrix of them can be summed in 64 bits."""
    return type(value) is int and 0 <= value < 2**46


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_positive(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_texts(values: Any) -> bool:
    return isinstance(values, dict) and all(isinstance(value, str) for value in values.values())


def _is_color(color: tuple[Any, ...]) -> bool:
    return len(color) == 3 and set(color) <= set(range(256))


def load_weights(path: str, network: nn.Module, weights: Mapping[str, torch.Tensor]) -> None:
    """Load ``weights`` into ``network``; on the meta device, the network takes no memory of its own.

    Raises `EngineError`, which names ``path``, if they are not the weights of that network.
    """
    try:
        kinds = {name: tensor.dtype for name, tensor in network.state_dict().items()}
        weights = {name: tensor.to(kinds.get(name, tensor.dtype)) for name, tensor in weights.items()}
        network.load_state_dict(weights, strict=True, assign=True)
    except RuntimeError as error:
        reason = str(error).splitlines()[-1].strip()
        raise _not_a_model(
            path, message("its weights do not fit its network: {reason}", reason=reason)
        ) from None
