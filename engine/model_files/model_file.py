"""The model file: weights and a card, in one safetensors file. Nothing in it can run.

The card (JSON under the metadata key ``raster_segmenter``) says all that classifying needs and all
that a reader should know: bands and their scaling, classes, ground pixel size, how it was trained
and how well it did.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as serialize
from torch import nn

from ..core.legend import HIGHEST_VALUE, LIMIT, MOST_CLASSES, LegendClass
from ..files.atomic import whole
from ..protocol import CARD_KEY, EngineError, Recipe

VERSION = 1


@dataclass(frozen=True)
class Band:
    """One input band; ``(value - mean) / std`` is what the network sees."""

    name: str
    mean: float
    std: float


@dataclass(frozen=True)
class ModelCard:
    """What a model is. ``history`` holds one `protocol.Epoch` as a dict per epoch run."""

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
    """Labelled pixels of each class name: in the training part, in the validation part."""
    confusion: tuple[tuple[int, ...], ...]
    """Validation confusion matrix of the best epoch; rows are reference classes, columns predicted ones."""
    versions: dict[str, str]
    recipe: dict[str, Any] = dataclasses.field(default_factory=dict)
    """The `protocol.Recipe` that it was trained by."""
    features: dict[str, int] = dataclasses.field(default_factory=dict)
    """Of each class name, from how many polygons or other features its labels come; without those from
    rasters.
    """
    device: str = ""
    """What it was trained on, as `Device.name` says it."""
    version: int = VERSION


def save(path: str, card: ModelCard, weights: Mapping[str, torch.Tensor]) -> None:
    """Write ``path`` whole or not at all."""
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    content = serialize(tensors, metadata={CARD_KEY: json.dumps(dataclasses.asdict(card), allow_nan=False)})
    with whole(path) as partial:
        partial.write_bytes(content)


def load_card(path: str) -> ModelCard:
    """The card alone, read from the file's header. Raises `EngineError` for what is no model of ours."""
    return _parse_card(path, _open(path).metadata())


def load(path: str) -> tuple[ModelCard, dict[str, torch.Tensor]]:
    """Card and weights of ``path``. Raises `EngineError` for what is no model of ours."""
    file = _open(path)
    card = _parse_card(path, file.metadata())
    return card, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (safe_open is no dict)


def _open(path: str) -> Any:
    if not Path(path).is_file():
        raise EngineError(
            "no_model",
            f"There is no model file {path}.",
            "Choose a .safetensors file made by Train segmenter.",
        )
    try:
        return safe_open(path, framework="pt")
    except (SafetensorError, OSError) as error:
        raise _not_a_model(path, str(error)) from None


def _not_a_model(path: str, reason: str) -> EngineError:
    return EngineError(
        "not_a_model",
        f"{path} is not a Raster Segmenter model ({reason}).",
        "Choose a .safetensors file made by Train segmenter.",
    )


def _parse_card(path: str, metadata: Mapping[str, str] | None) -> ModelCard:
    if not metadata or CARD_KEY not in metadata:
        raise _not_a_model(path, "it has no model card")
    try:
        values = json.loads(metadata[CARD_KEY])
        version = values["version"]
        if isinstance(version, int) and version > VERSION:
            raise EngineError(
                "newer_model",
                f"The model {path} has version {version}; this engine understands up to {VERSION}.",
                "Update Raster Segmenter.",
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
        raise _not_a_model(path, f"its card cannot be read: {error!r}") from None


def _check(path: str, card: ModelCard) -> None:
    """`ValueError` or `EngineError` for a card that nobody could classify by: files come from anywhere."""
    values = [c.value for c in card.classes]
    if len(values) > MOST_CLASSES:
        raise EngineError(
            "too_many_classes",
            f"The model {path} has {len(values)} classes; {LIMIT}.",
            "Choose a model of fewer classes.",
        )
    for good, wrong in (
        (values, "no classes"),
        (all(type(v) is int and 0 <= v <= HIGHEST_VALUE for v in values), f"class values {values}"),
        (len(set(values)) == len(values), f"class values {values}, some of them twice"),
        (all(isinstance(c.name, str) for c in card.classes), "a class name that is no text"),
        (
            all(len(c.color) == 3 and set(c.color) <= set(range(256)) for c in card.classes),
            "a colour that is none",
        ),
        (isinstance(card.network, str), f"the network {card.network!r}"),
        (card.bands and all(isinstance(b.name, str) for b in card.bands), "bands without names"),
        (
            all(_is_number(b.mean) and _is_number(b.std) and b.std > 0 for b in card.bands),
            "a scaling that is none",
        ),
        (isinstance(card.dtype, str), f"the number type {card.dtype!r}"),
        (all(map(_is_number, card.options.values())), f"the options {card.options}"),
        (
            all(_is_number(size) and size > 0 for size in card.pixel_size_m or ()),
            f"the pixel size {card.pixel_size_m}",
        ),
        (card.pixel_size_m is None or len(card.pixel_size_m) == 2, f"the pixel size {card.pixel_size_m}"),
        (card.version == VERSION, f"the version {card.version!r}"),
    ):
        if not good:
            raise ValueError(f"it holds {wrong}"[:300])


def require_record(path: str, card: ModelCard) -> None:
    """`EngineError` where what ``card`` tells of the training cannot be told. Classifying does without it."""
    epochs = [epoch if isinstance(epoch, dict) else {} for epoch in card.history]
    figures = ("training_loss", "validation_loss", "mean_f1", "mean_iou", "seconds")
    numbers, counts = (
        [epoch.get("number") for epoch in epochs],
        [*card.samples.values(), *card.confusion, card.features.values()],
    )
    for good, wrong in (
        (numbers == list(range(1, len(numbers) + 1)), "a history whose epochs are not counted from 1"),
        (
            all(_is_number(epoch.get(name)) for epoch in epochs for name in figures),
            "an epoch without its figures",
        ),
        (card.best_epoch in numbers, f"the best epoch {card.best_epoch!r} of {len(numbers)}"),
        (all(_is_count(count) for row in counts for count in row), "numbers of pixels that are none"),
        (all(len(pair) == 2 for pair in card.samples.values()), "samples that are not of two parts"),
        (
            {len(row) for row in (card.confusion, *card.confusion)} == {len(card.classes)},
            "a confusion matrix of other classes",
        ),
        (any(map(any, card.confusion)), "a confusion matrix of no pixel"),
        (isinstance(card.job, dict), "a job that is none"),
        (isinstance(card.device, str), "a device that is no text"),
        (
            isinstance(card.versions, dict) and all(isinstance(v, str) for v in card.versions.values()),
            "versions that are none",
        ),
    ):
        if not good:
            raise _not_a_model(path, f"its record of the training holds {wrong}")


def has_sound_record(path: str, card: ModelCard) -> bool:
    """Whether what ``card`` tells of the training can be told. Files come from anywhere, so it may hold
    anything.
    """
    try:
        require_record(path, card)
    except (EngineError, AttributeError, TypeError):
        return False
    return True


def _is_count(value: Any) -> bool:
    """True for a number of pixels; so many of them as a matrix of classes has can be added up in 64 bits."""
    return type(value) is int and 0 <= value < 2**46


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def load_weights(path: str, network: nn.Module, weights: Mapping[str, torch.Tensor]) -> None:
    """Make ``weights`` those of ``network``, which may be on the meta device: then it never takes more memory
    than they do.

    `EngineError` when they are not that network's.
    """
    try:
        kinds = {name: tensor.dtype for name, tensor in network.state_dict().items()}
        weights = {name: tensor.to(kinds.get(name, tensor.dtype)) for name, tensor in weights.items()}
        network.load_state_dict(weights, strict=True, assign=True)
    except RuntimeError as error:
        raise _not_a_model(
            path, f"its weights do not fit its network: {str(error).splitlines()[-1].strip()}"
        ) from None
