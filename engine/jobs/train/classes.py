"""The classes of a Train job: how many labels each has, in the log and on the model's card."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.legend import LegendClass
from ...labels import Labels
from ...protocol import Emit, EngineError, info, message, warning
from ...training.splitting import Block, Split

_FEW_TRAINING_PX, _FEW_VALIDATION_PX = 500, 100
"""Fewer pixels of a class than these are too few to rely on: a tree or a car in a drone image covers about as
many.
"""
Samples = dict[str, tuple[int, int]]
"""Labelled pixels for training and for validation, by the name of the class."""


def count_features(labels: Sequence[Labels], classes: Sequence[LegendClass]) -> list[int]:
    """Vector features of each class; the labels of the first images may lack the last classes."""
    return [sum(one.features[k] for one in labels if k < len(one.features)) for k in range(len(classes))]


def count_samples(
    split: Split, classes: Sequence[LegendClass], features: Sequence[int], emit: Emit
) -> Samples:
    """Count each class's labelled pixels in both parts, log them, and warn where there are few.

    Raises `EngineError` for a class without labels for training.
    """
    samples = {}
    totals = [sum(sum(block.counts) for block in blocks) for blocks in (split.training, split.validation)]
    for k, c in enumerate(classes):
        training, validation = _count(split.training, k), _count(split.validation, k)
        samples[c.name] = training, validation
        emit(
            info(
                "Class {value} {name}: {training:,} px ({training_share:.1%}) for training, "
                "{validation:,} px ({validation_share:.1%}) for validation{features}.",
                value=c.value,
                name=c.name,
                training=training,
                training_share=training / totals[0],
                validation=validation,
                validation_share=validation / totals[1],
                features=message(", from {count:,} polygons or other features", count=features[k])
                if features[k]
                else "",
            )
        )
        _check_samples(c.name, training, validation, emit)
    return samples


def _count(blocks: Sequence[Block], k: int) -> int:
    return sum(block.counts[k] for block in blocks)


def _check_samples(name: str, training: int, validation: int, emit: Emit) -> None:
    if training == 0:
        where = (
            message("has labels in the validation area only")
            if validation
            else message("has no labelled pixel on valid image data")
        )
        raise EngineError(
            "empty_class",
            "The class {name!r} {where}.",
            "Label the class in other places too, or remove it.",
            name=name,
            where=where,
        )
    if training < _FEW_TRAINING_PX:
        emit(
            warning(
                "{name!r} has only {training:,} px to learn from, so expect many errors. Label more of it.",
                name=name,
                training=training,
            )
        )
    if validation == 0:
        emit(
            warning(
                "No validation pixel of {name!r}: its accuracy stays unknown. Label it in more places.",
                name=name,
            )
        )
    elif validation < _FEW_VALIDATION_PX:
        emit(
            warning(
                "{name!r} has only {validation:,} validation px: its accuracy is uncertain. "
                "Label it in more places.",
                name=name,
                validation=validation,
            )
        )
