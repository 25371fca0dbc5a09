"""Weights of a trained model for a network with other bands or other classes.

Legend: O filters, I input channels, H height, W width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from ..models import Network, build_model, on_meta_device
from ..protocol import Choice, Emit, EngineError, info
from . import model_file
from .model_file import ModelCard


def transfer_weights(
    path: Path, network: Network, entry: Choice, classes: Sequence[str], emit: Emit
) -> dict[str, Tensor]:
    """The weights of the model ``path`` that fit ``network``, adapted to its bands and its ``classes``.

    Raises `EngineError` for a model of another network or of other options.
    """
    card, weights = model_file.load(str(path))
    if (card.network, card.options) != (entry.name, entry.options):
        raise EngineError(
            "other_network",
            "The network of {path} is {theirs}, but NETWORK is {ours}.",
            "Choose its network and options, or another INITIAL.",
            path=path.name,
            theirs=_with_options(card.network, card.options),
            ours=_with_options(entry.name, entry.options),
        )
    wanted = network.state_dict()
    weights = _for_bands(path.name, card, weights, wanted, emit)
    numbers = {c.name.casefold(): number for number, c in enumerate(card.classes)}
    known = [numbers.get(name.casefold()) for name in classes]
    if known == list(range(len(card.classes))):
        return weights
    _say_classes(path.name, [name for name, number in zip(classes, known) if number is not None], emit)
    return _for_classes(card, weights, wanted, known)


def adapt_bands(filters_OIHW: Tensor, bands: int) -> Tensor:
    """The filters of a first layer, often for red, green and blue, adapted to ``bands`` bands.

    With more bands than before, the first ones keep their filters and the others get the mean of the filters.
    With fewer, all get the mean, since it is unknown which bands they are. All are scaled by the old number
    of bands divided by the new one, so that the response to an image with equal bands does not change.
    """
    before = filters_OIHW.shape[1]
    mean_O1HW = filters_OIHW.mean(1, keepdim=True)
    kept = filters_OIHW if bands >= before else filters_OIHW[:, :0]
    rest = mean_O1HW.expand(-1, bands - kept.shape[1], -1, -1)
    return torch.cat([kept, rest], 1) * (before / bands)


def _for_bands(
    model: str, card: ModelCard, weights: dict[str, Tensor], wanted: Mapping[str, Tensor], emit: Emit
) -> dict[str, Tensor]:
    """The weights with their first layers adapted to the bands of the network, whose weights are ``wanted``.

    Layers whose shape depends on both bands and classes are left out, so that they start untrained.
    """
    by_bands, by_classes = _growing_axes(card, bands=1), _growing_axes(card, classes=1)
    first = [name for name in by_bands if name not in by_classes]
    bands = next((wanted[name].shape[1] for name in first), len(card.bands))
    if bands == len(card.bands):
        return weights
    emit(
        info(
            "{model} was made for {before} bands, and its first layer is adapted to {bands}.",
            model=model,
            before=len(card.bands),
            bands=bands,
        )
    )
    kept = {name: tensor for name, tensor in weights.items() if name not in by_bands or name in first}
    return {name: adapt_bands(tensor, bands) if name in first else tensor for name, tensor in kept.items()}


def _say_classes(model: str, shared: Sequence[str], emit: Emit) -> None:
    if shared:
        emit(
            info(
                "Of the classes of {model}, {classes} are among these: the weights of its other classes "
                "are not used, and new classes start with random weights.",
                model=model,
                classes=shortened(shared),
            )
        )
    else:
        emit(
            info(
                "{model} knows other classes: their weights are not used, and all classes start with "
                "random weights.",
                model=model,
            )
        )


def _for_classes(
    card: ModelCard,
    weights: Mapping[str, Tensor],
    wanted: Mapping[str, Tensor],
    known: Sequence[int | None],
) -> dict[str, Tensor]:
    """The weights for classes that have the numbers ``known`` among the card's classes.

    A class whose number is None keeps the network's own weights, ``wanted``. Tensors that depend on classes
    are left out if no class is known, or if an axis mixes classes with other channels.
    """
    here = torch.tensor([place for place, number in enumerate(known) if number is not None], dtype=torch.long)
    there = torch.tensor([number for number in known if number is not None], dtype=torch.long)
    changed = _growing_axes(card, classes=1)
    result = {}
    for name, tensor in weights.items():
        axes = changed.get(name, [])
        if not axes:
            result[name] = tensor
        elif len(here) and all(tensor.shape[axis] == len(card.classes) for axis in axes):
            result[name] = _with_classes(wanted[name], here, tensor.to(wanted[name]), there, axes)
    return result


def _with_classes(target: Tensor, here: Tensor, source: Tensor, there: Tensor, axes: Sequence[int]) -> Tensor:
    """``target`` with its elements ``here`` replaced by those ``there`` in ``source``, along ``axes``."""
    if not axes:
        return source
    axis, *others = axes
    part = _with_classes(
        target.index_select(axis, here), here, source.index_select(axis, there), there, others
    )
    return target.index_copy(axis, here, part)


def _growing_axes(card: ModelCard, *, bands: int = 0, classes: int = 0) -> dict[str, list[int]]:
    """The axes of each tensor that get longer if the network has this many more ``bands`` or ``classes``."""
    shapes, larger = _shapes(card), _shapes(card, bands, classes)
    return {
        name: [axis for axis, length in enumerate(shape) if length != larger[name][axis]]
        for name, shape in shapes.items()
        if shape != larger[name]
    }


def _shapes(card: ModelCard, more_bands: int = 0, more_classes: int = 0) -> dict[str, torch.Size]:
    bands, classes = len(card.bands) + more_bands, len(card.classes) + more_classes
    with on_meta_device():
        network = build_model(card.network, bands, classes, "none", **card.options)
    return {name: tensor.shape for name, tensor in network.state_dict().items()}


def _with_options(network: str, options: Mapping[str, float]) -> str:
    return f"{network} ({', '.join(f'{name}={value:g}' for name, value in options.items())})"


def shortened(names: Sequence[str], most: int = 4) -> str:
    """The first ``most`` of ``names`` as text, and the number of the others."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
