"""Weights to start a training from: published ones, the user's file, or a model trained before.

All weights that fit are used, and the first layer is adapted to the image's bands. The log says which weights
were used, adapted and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import Tensor

from ..files.download import fetch
from ..models import FittedNetwork, Network
from ..protocol import Choice, Emit, EngineError, info, message
from .transfer import adapt_bands, shortened, transfer_weights
from .weights_file import is_model, read_weights

_COLOURS = 3
"""Bands of the photographs that published weights were trained on: red, green, blue."""


def load_initial(
    network: Network, initial: str, entry: Choice, emit: Emit, classes: Sequence[str] = ()
) -> None:
    """Load the weights ``initial`` into ``network``, which was built as ``entry`` says.

    ``initial`` is the name of published weights (``entry.weights``), a model file, or any file of tensors
    (.safetensors, .pth, .pt). ``classes`` are the network's class names: what a model file has learnt of
    classes with the same names is taken. Raises `EngineError` when ``initial`` is none of these, or does not
    fit.
    """
    if isinstance(network, FittedNetwork):
        raise EngineError(
            "no_start",
            "INITIAL is {initial!r}, but {network} cannot start from weights: it is always fitted from the "
            "beginning.",
            "Leave INITIAL empty.",
            initial=initial,
            network=entry.name,
        )
    path = Path(initial)
    if initial in entry.weights:
        path = fetch(entry.weights[initial].url, entry.weights[initial].sha256, emit)
    elif not path.is_file():
        raise EngineError(
            "unknown_weights",
            "INITIAL is {initial!r}, neither a file nor published weights of {network}.",
            message("Give a file, or one of: {names}.", names=", ".join(entry.weights))
            if entry.weights
            else message("Give a file: no weights are published for this network."),
            initial=initial,
            network=entry.name,
        )
    if is_model(path):
        ours = theirs = transfer_weights(path, network, entry, classes, emit)
    else:
        theirs = read_weights(path)
        ours = network.from_published(theirs)
    _load(network, theirs, ours, path.name, emit)


def _load(
    network: Network, theirs: Mapping[str, Tensor], ours: Mapping[str, Tensor], source: str, emit: Emit
) -> None:
    """Load the tensors of the file ``source`` that fit, and log what happened to the others.

    ``theirs`` are all its tensors by the names in the file, ``ours`` the same tensors by the network's names.
    """
    wanted = network.state_dict()
    used = {name: tensor for name, tensor in ours.items() if name in wanted}
    if not used:
        raise EngineError(
            "nothing_fits",
            "Nothing in {source} fits this network: it holds {theirs}; the network has {wanted}.",
            "Choose weights of this network, or the network of these weights.",
            source=source,
            theirs=shortened(list(theirs)),
            wanted=shortened(list(wanted)),
        )
    loaded = {name: _fitted(tensor, wanted[name]) for name, tensor in used.items()}
    for name, tensor in loaded.items():
        if tensor.shape != wanted[name].shape:
            raise EngineError(
                "shapes_differ",
                "{name} is {theirs} in {source}, and {ours} in this network.",
                "Give weights of a network of the same size and bands, or set the options of their network.",
                name=name,
                theirs=_shape(used[name]),
                source=source,
                ours=_shape(wanted[name]),
            )
    network.load_state_dict(loaded, strict=False)
    emit(
        info(
            "Starting from {source}: {loaded} of {all} tensors, {share:.0%} of the network's weights.",
            source=source,
            loaded=len(loaded),
            all=len(wanted),
            share=sum(t.numel() for t in loaded.values()) / sum(t.numel() for t in wanted.values()),
        )
    )
    _log_rest(wanted, used, theirs, source, emit)


def _log_rest(
    wanted: Mapping[str, Tensor],
    used: Mapping[str, Tensor],
    theirs: Mapping[str, Tensor],
    source: str,
    emit: Emit,
) -> None:
    """Log which weights were adapted, left out of the file, or are not in it."""
    adapted = [name for name, tensor in used.items() if _differ_in_bands(tensor, wanted[name])]
    if adapted:
        emit(info("Adapted to the image's bands: {names}.", names=shortened(adapted)))
    # Renamed and reshaped tensors still lie where they lay in memory.
    places = {tensor.data_ptr() for tensor in used.values()}
    unused = [name for name, tensor in theirs.items() if tensor.data_ptr() not in places]
    if unused:
        emit(info("Left out of {source}: {names}.", source=source, names=shortened(unused)))
    # A counter of batches is no weight; older files lack it.
    missing = [name for name in wanted if name not in used and not name.endswith("num_batches_tracked")]
    if missing:
        emit(
            info(
                "Not in {source}, so initialised at random: {names}.", source=source, names=shortened(missing)
            )
        )


def _fitted(tensor: Tensor, wanted: Tensor) -> Tensor:
    """``tensor`` in the data type of ``wanted``, adapted to its bands if these are the only difference."""
    if _differ_in_bands(tensor, wanted):
        tensor = adapt_bands(tensor.float(), wanted.shape[1])
    return tensor.to(wanted.dtype)


def _differ_in_bands(tensor: Tensor, wanted: Tensor) -> bool:
    """Whether ``tensor`` has filters for colour photographs, and ``wanted`` filters for other bands."""
    return (
        tensor.ndim == wanted.ndim == 4
        and tensor.shape[1] == _COLOURS != wanted.shape[1]
        and (tensor.shape[0], *tensor.shape[2:]) == (wanted.shape[0], *wanted.shape[2:])
    )


def _shape(tensor: Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "a number"
