"""Weights to start from: published ones, someone's file, or a model trained here before.

What fits is taken, the first layer is adapted to the image's bands, and everything taken, adapted
or left out is said. No code in any file is ever run.
Legend: O filters, I input channels, H height, W width.
"""

from __future__ import annotations

import pickle  # nosec B403 (for the name of its error alone)
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from . import model_file
from .fetching import fetch
from .models import Network, blank, build_model
from .protocol import Choice, EngineError, Event, Log

_COLOURS = 3
"""Bands of the photographs that published weights were learnt from: red, green, blue."""
_NAMES_TOLD = 4

Emit = Callable[[Event], None]


def start_from(network: Network, initial: str, entry: Choice, emit: Emit) -> None:
    """Fill ``network``, which was built as ``entry`` says, with the weights ``initial``.

    ``initial`` is the name of published weights (``entry.weights``), a model file of ours, or any file of
    tensors (.safetensors, .pth, .pt). Raises `EngineError` when it is none of these, or does not fit.
    """
    path = Path(initial)
    if initial in entry.weights:
        path = fetch(entry.weights[initial].url, entry.weights[initial].sha256, emit)
    elif not path.is_file():
        names = ", ".join(entry.weights)
        remedy = f"Give a file, or one of: {names}." if names else "Give a file: no weights are published for this network."
        raise EngineError(
            "unknown_weights", f"INITIAL is {initial!r}, neither a file nor published weights of {entry.name}.", remedy
        )
    if _is_model(path):
        ours = theirs = _own(path, network, entry)
    else:
        theirs = read(path)
        ours = network.from_published(theirs)
    _fill(network, theirs, ours, path.name, emit)


def read(path: Path) -> dict[str, Tensor]:
    """The tensors in ``path`` by name. `EngineError` for what holds none, or would need its code to be run."""
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
    weights = {str(name).removeprefix("module."): tensor for name, tensor in content.items() if _is_plain(tensor)}
    if not weights:
        raise _no_weights(path, "it has no tensors by name")
    return weights


def _is_plain(value: object) -> bool:
    """True for tensors of real numbers that hold each of them: what networks here are made of."""
    return isinstance(value, Tensor) and value.layout == torch.strided and not value.is_complex() and not value.is_quantized


def adapt(filters_OIHW: Tensor, bands: int) -> Tensor:
    """The first layer's filters for red, green and blue, made to fit ``bands`` bands.

    The first three bands keep the filters of the colours, further ones get the filters' mean; fewer than three
    all get the mean, since they are no colours. All are scaled by 3 / bands: where the bands say the same, the
    response is what it was for a photograph (with one band: the sum of the three filters).
    """
    mean_O1HW = filters_OIHW.mean(1, keepdim=True)
    kept = filters_OIHW if bands >= _COLOURS else filters_OIHW[:, :0]
    rest = mean_O1HW.expand(-1, bands - kept.shape[1], -1, -1)
    return torch.cat([kept, rest], 1) * (_COLOURS / bands)


def _no_weights(path: Path, reason: str) -> EngineError:
    remedy = "Give a .safetensors file, or a .pth file of a state_dict."
    return EngineError("no_weights", f"{path} holds no weights that can be read: {reason}.", remedy)


def _is_model(path: Path) -> bool:
    if path.suffix != ".safetensors":
        return False
    try:
        with safe_open(path, framework="pt") as file:
            return model_file.KEY in (file.metadata() or {})
    except (SafetensorError, OSError) as error:
        raise _no_weights(path, str(error)) from error


def _own(path: Path, network: Network, entry: Choice) -> dict[str, Tensor]:
    """The weights of a model made here; without those of its classes where ``network`` has another number of them."""
    card, weights = model_file.load(str(path))
    if (card.network, card.options) != (entry.name, entry.options):
        theirs, ours = _said(card.network, card.options), _said(entry.name, entry.options)
        remedy = "Choose its network and options, or another INITIAL."
        raise EngineError("other_network", f"{path.name} is a {theirs}; this is a {ours}.", remedy)
    wanted = network.state_dict()
    changed = {name for name in _of_classes(card) if name in weights and weights[name].shape != wanted[name].shape}
    return {name: tensor for name, tensor in weights.items() if name not in changed}


def _said(network: str, options: Mapping[str, float]) -> str:
    return f"{network} ({', '.join(f'{name}={value:g}' for name, value in options.items())})"


def _of_classes(card: model_file.ModelCard) -> set[str]:
    """Names of the tensors whose shape follows from the number of classes."""
    with blank():
        some, more = (
            build_model(card.network, len(card.bands), classes, "none", **card.options).state_dict()
            for classes in (len(card.classes), len(card.classes) + 1)
        )
    return {name for name, tensor in some.items() if tensor.shape != more[name].shape}


def _fill(network: Network, theirs: Mapping[str, Tensor], ours: Mapping[str, Tensor], source: str, emit: Emit) -> None:
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
    emit(Log(f"Starting from {source}: {len(taken)} of {len(wanted)} tensors, {share:.0%} of the network's weights."))
    # Renamed and reshaped tensors are known by where they lie in memory.
    places = {tensor.data_ptr() for tensor in used.values()}
    for sentence, names in (
        ("Adapted to the image's bands", [name for name in used if _differ_in_bands(used[name], wanted[name])]),
        (f"Left out of {source}", [name for name, tensor in theirs.items() if tensor.data_ptr() not in places]),
        # A counter of batches is no weight; older files lack it.
        (f"Not in {source}, so starting afresh", [n for n in wanted if n not in taken and not n.endswith("num_batches_tracked")]),
    ):
        if names:
            emit(Log(f"{sentence}: {_listed(names)}."))


def _fitted(tensor: Tensor, wanted: Tensor) -> Tensor:
    """``tensor`` in numbers as ``wanted`` has them, and for its bands where they are all that differs."""
    return (adapt(tensor.float(), wanted.shape[1]) if _differ_in_bands(tensor, wanted) else tensor).to(wanted.dtype)


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
