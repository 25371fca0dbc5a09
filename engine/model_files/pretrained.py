"""Weights to start from: published ones, someone's file, or a model trained here before.

What fits is taken, the first layer is adapted to the image's bands, and everything taken, adapted
or left out is said. No code in any file is ever run.
Legend: O filters, I input channels, H height, W width.
"""

from __future__ import annotations

import pickle  # nosec B403 (for the name of its error alone)
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from ..files.download import fetch
from ..models import FittedNetwork, Network, build_model, on_meta_device
from ..protocol import CARD_KEY, Choice, Emit, EngineError, Log
from . import model_file

_COLOURS = 3
"""Bands of the photographs that published weights were learnt from: red, green, blue."""
_NAMES_TOLD = 4


def load_initial(
    network: Network, initial: str, entry: Choice, emit: Emit, classes: Sequence[str] = ()
) -> None:
    """Fill ``network``, which was built as ``entry`` says, with the weights ``initial``.

    ``classes`` are its classes' names: of those that a model of ours has too, what it knows is taken.
    ``initial`` is the name of published weights (``entry.weights``), a model file of ours, or any file of
    tensors (.safetensors, .pth, .pt). Raises `EngineError` when it is none of these, or does not fit.
    """
    if isinstance(network, FittedNetwork):
        raise EngineError(
            "no_start",
            "INITIAL is {initial!r}, but {network} is fitted afresh and starts from nothing.",
            "Leave INITIAL empty.",
            initial=initial,
            network=entry.name,
        )
    path = Path(initial)
    if initial in entry.weights:
        path = fetch(entry.weights[initial].url, entry.weights[initial].sha256, emit)
    elif not path.is_file():
        names = ", ".join(entry.weights)
        remedy = (
            f"Give a file, or one of: {names}."
            if names
            else "Give a file: no weights are published for this network."
        )
        raise EngineError(
            "unknown_weights",
            f"INITIAL is {initial!r}, neither a file nor published weights of {entry.name}.",
            remedy,
        )
    if _is_model(path):
        ours = theirs = _own(path, network, entry, classes, emit)
    else:
        theirs = read(path)
        ours = network.from_published(theirs)
    _fill(network, theirs, ours, path.name, emit)


def read(path: Path) -> dict[str, Tensor]:
    """The tensors in ``path`` by name. `EngineError` for what holds none, or would need its code to be
    run.
    """
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, framework="pt") as file:
                return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (safe_open is no dict)
        content = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except pickle.UnpicklingError as error:
        raise EngineError(
            "unsafe_weights",
            f"{path} is no file of tensors alone: reading it could run code that somebody put into it.",
            "Save its state_dict alone, best as .safetensors, and give that.",
        ) from error
    except (SafetensorError, OSError, RuntimeError, ValueError, EOFError, KeyError) as error:
        raise _no_weights(path, f"{type(error).__name__} {error}".partition("\n")[0].strip()) from error
    if isinstance(content, Mapping) and isinstance(content.get("state_dict"), Mapping):
        content = content["state_dict"]
    if not isinstance(content, Mapping):
        raise _no_weights(path, f"it is a {type(content).__name__}, not tensors by name")
    # Networks spread over several devices save their names with a word before them.
    weights = {
        str(name).removeprefix("module."): tensor for name, tensor in content.items() if _is_plain(tensor)
    }
    if not weights:
        raise _no_weights(path, "it has no tensors by name")
    return weights


def _is_plain(value: object) -> bool:
    """True for tensors of real numbers that hold each of them: what networks here are made of."""
    return (
        isinstance(value, Tensor)
        and value.layout == torch.strided
        and not value.is_complex()
        and not value.is_quantized
    )


def adapt(filters_OIHW: Tensor, bands: int) -> Tensor:
    """The first layer's filters, mostly for red, green and blue, made to fit ``bands`` bands.

    The first bands keep their filters, further ones get the filters' mean; fewer than there were all get the
    mean, since nobody knows which they are. All are scaled by what their number was by ``bands``: where the
    bands say the same, the response is what it was (of a photograph, with one band: the sum of the three
    filters).
    """
    before = filters_OIHW.shape[1]
    mean_O1HW = filters_OIHW.mean(1, keepdim=True)
    kept = filters_OIHW if bands >= before else filters_OIHW[:, :0]
    rest = mean_O1HW.expand(-1, bands - kept.shape[1], -1, -1)
    return torch.cat([kept, rest], 1) * (before / bands)


def _no_weights(path: Path, reason: str) -> EngineError:
    remedy = "Give a .safetensors file, or a .pth file of a state_dict."
    return EngineError("no_weights", f"{path} holds no weights that can be read: {reason}.", remedy)


def _is_model(path: Path) -> bool:
    if path.suffix != ".safetensors":
        return False
    try:
        with safe_open(path, framework="pt") as file:
            return CARD_KEY in (file.metadata() or {})
    except (SafetensorError, OSError) as error:
        raise _no_weights(path, str(error)) from error


def _own(
    path: Path, network: Network, entry: Choice, classes: Sequence[str], emit: Emit
) -> dict[str, Tensor]:
    """The weights of a model made here, for ``network``'s bands and its ``classes``."""
    card, weights = model_file.load(str(path))
    if (card.network, card.options) != (entry.name, entry.options):
        theirs, ours = _said(card.network, card.options), _said(entry.name, entry.options)
        remedy = "Choose its network and options, or another INITIAL."
        raise EngineError("other_network", f"{path.name} is a {theirs}; this is a {ours}.", remedy)
    wanted = network.state_dict()
    weights = _for_bands(path, card, weights, wanted, emit)
    known = {c.name.casefold(): n for n, c in enumerate(card.classes)}
    places = [known.get(name.casefold()) for name in classes]
    if places == list(range(len(card.classes))):
        return weights
    shared = [name for name, place in zip(classes, places) if place is not None]
    told = (
        f"Of the classes of {path.name}, {_listed(shared)} are among these"
        if shared
        else f"{path.name} knows other classes"
    )
    emit(Log(f"{told}: what it has learnt of classes that are not is left out, and others start afresh."))
    return dict(_for_classes(card, weights, wanted, places))


def _for_classes(
    card: model_file.ModelCard,
    weights: Mapping[str, Tensor],
    wanted: Mapping[str, Tensor],
    places: Sequence[int | None],
) -> Iterator[tuple[str, Tensor]]:
    """The weights for classes that have those ``places`` among the card's; without tensors that know none of
    them.
    """
    here = [n for n, place in enumerate(places) if place is not None]
    there = [place for place in places if place is not None]
    changed = _changed_axes(card, classes=1)
    for name, tensor in weights.items():
        axes = changed.get(name, ())
        if not axes:
            yield name, tensor
        elif here and all(tensor.shape[axis] == len(card.classes) for axis in axes):
            filled, taken = wanted[name].clone(), tensor
            for axis in axes:
                taken = taken.index_select(axis, torch.tensor(there))
            rows = [torch.tensor(here).reshape(-1, *[1] * later) for later in range(len(axes) - 1, -1, -1)]
            place = tuple(
                rows[axes.index(axis)] if axis in axes else slice(None) for axis in range(tensor.ndim)
            )
            filled[place] = taken.to(filled)
            yield name, filled


def _for_bands(
    path: Path,
    card: model_file.ModelCard,
    weights: dict[str, Tensor],
    wanted: Mapping[str, Tensor],
    emit: Emit,
) -> dict[str, Tensor]:
    """The weights with their first layers adapted to the bands of the network ``wanted``, if those are
    others.

    Without layers that take classes beside bands: those start afresh.
    """
    by_bands, by_classes = _changed_axes(card, bands=1), _changed_axes(card, classes=1)
    first = [name for name in by_bands if name not in by_classes]
    bands = next((wanted[name].shape[1] for name in first), len(card.bands))
    if bands == len(card.bands):
        return weights
    emit(Log(f"{path.name} was made for {len(card.bands)} bands, and its first layer is adapted to {bands}."))
    kept = {name: tensor for name, tensor in weights.items() if name not in by_bands or name in first}
    return {name: adapt(tensor, bands) if name in first else tensor for name, tensor in kept.items()}


def _said(network: str, options: Mapping[str, float]) -> str:
    return f"{network} ({', '.join(f'{name}={value:g}' for name, value in options.items())})"


def _changed_axes(card: model_file.ModelCard, *, bands: int = 0, classes: int = 0) -> dict[str, list[int]]:
    """Of each tensor whose shape would be another with so many more bands or classes, the axes that would."""
    with on_meta_device():
        some, more = (
            build_model(
                card.network, len(card.bands) + b, len(card.classes) + c, "none", **card.options
            ).state_dict()
            for b, c in ((0, 0), (bands, classes))
        )
    pairs = ((name, tensor.shape, more[name].shape) for name, tensor in some.items())
    return {
        name: [axis for axis, (a, b) in enumerate(zip(one, other)) if a != b]
        for name, one, other in pairs
        if one != other
    }


def _fill(
    network: Network, theirs: Mapping[str, Tensor], ours: Mapping[str, Tensor], source: str, emit: Emit
) -> None:
    """Put the weights of ``source`` into ``network``, and say what happened to the rest.

    ``theirs`` are all of them by the names they have there, ``ours`` the same tensors by our names.
    """
    wanted = network.state_dict()
    used = {name: tensor for name, tensor in ours.items() if name in wanted}
    if not used:
        raise EngineError(
            "nothing_fits",
            f"Nothing in {source} fits this network: it holds {_listed(theirs)}; the network has {_listed(wanted)}.",
            "Choose weights of this network, or the network of these weights.",
        )
    taken = {name: _fitted(tensor, wanted[name]) for name, tensor in used.items()}
    for name, tensor in taken.items():
        if tensor.shape != wanted[name].shape:
            raise EngineError(
                "shapes_differ",
                f"{name} is {_shape(used[name])} in {source}, and {_shape(wanted[name])} in this network.",
                "Give weights of a network of the same size and bands, or set the options they were made with.",
            )
    network.load_state_dict(taken, strict=False)
    share = sum(t.numel() for t in taken.values()) / sum(t.numel() for t in wanted.values())
    emit(
        Log(
            f"Starting from {source}: {len(taken)} of {len(wanted)} tensors, {share:.0%} of the network's weights."
        )
    )
    # Renamed and reshaped tensors are known by where they lie in memory.
    places = {tensor.data_ptr() for tensor in used.values()}
    for sentence, names in (
        (
            "Adapted to the image's bands",
            [name for name in used if _differ_in_bands(used[name], wanted[name])],
        ),
        (
            f"Left out of {source}",
            [name for name, tensor in theirs.items() if tensor.data_ptr() not in places],
        ),
        # A counter of batches is no weight; older files lack it.
        (
            f"Not in {source}, so starting afresh",
            [n for n in wanted if n not in taken and not n.endswith("num_batches_tracked")],
        ),
    ):
        if names:
            emit(Log(f"{sentence}: {_listed(names)}."))


def _fitted(tensor: Tensor, wanted: Tensor) -> Tensor:
    """``tensor`` in numbers as ``wanted`` has them, and for its bands where they are all that differs."""
    return (adapt(tensor.float(), wanted.shape[1]) if _differ_in_bands(tensor, wanted) else tensor).to(
        wanted.dtype
    )


def _differ_in_bands(tensor: Tensor, wanted: Tensor) -> bool:
    """True for filters of colour photographs where the network has filters of other bands."""
    return (
        tensor.ndim == wanted.ndim == 4
        and tensor.shape[1] == _COLOURS != wanted.shape[1]
        and (tensor.shape[0], *tensor.shape[2:]) == (wanted.shape[0], *wanted.shape[2:])
    )


def _shape(tensor: Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "a number"


def _listed(names: Iterable[str]) -> str:
    """The first few of ``names``, and how many more there are."""
    names = list(names)
    more = len(names) - _NAMES_TOLD
    return ", ".join(names[:_NAMES_TOLD]) + (f" and {more} more" if more > 0 else "")
