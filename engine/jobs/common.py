"""Steps that several jobs begin with: device, model file, and checks of a raster's bands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from .. import raster
from ..compute.device import Device, choose
from ..model_files import model_file
from ..models import Network, build_model, on_meta_device
from ..protocol import Emit, EngineError, Log, Started

_PIXEL_SIZE_TOLERANCE = 1.25


def start(wanted: str, emit: Emit) -> Device:
    """The device to run on, told to the user before anything else."""
    device = choose(wanted)
    emit(Started(device.name, device.reason))
    return device


def load_model(path: str) -> tuple[model_file.ModelCard, Network]:
    """The card of a model file, and its network with its weights, in memory of our own: nothing holds the
    file.
    """
    card, weights = model_file.load(path)
    with on_meta_device():  # the weights come from the file; what a card claims costs no memory
        network = build_model(card.network, len(card.bands), len(card.classes), "none", **card.options)
    # A mapped file could not be replaced on Windows.
    model_file.load_weights(path, network, {name: tensor.clone() for name, tensor in weights.items()})
    return card, network.eval()


def model_key(path: str) -> tuple[str | int, ...]:
    """Cache key of a model file: its real path, time of modification, size and inode; without a file, the
    path alone.
    """
    place = os.path.realpath(path)
    if not os.path.isfile(place):
        return (place,)
    status = os.stat(place)
    return place, status.st_mtime_ns, status.st_size, status.st_ino


@dataclass(frozen=True)
class Expected:
    """What a raster must be like; ``by`` begins the sentence that says so, as "the model was trained on"."""

    band_names: tuple[str, ...]
    dtype: str
    pixel_size_m: tuple[float, float] | None
    by: str


def require_fit(source: raster.Source, expected: Expected, emit: Emit) -> None:
    """`EngineError` where the raster's bands are others than expected; a warning where its numbers may mean
    others.
    """
    names = ", ".join(expected.band_names)
    if source.bands != len(expected.band_names):
        raise _bands_differ(source, expected)
    if source.band_names != expected.band_names and sorted(source.band_names) == sorted(expected.band_names):
        raise EngineError(
            "band_order",
            f"The bands of {source.name} are {', '.join(source.band_names)}; {expected.by} {names}.",
            "Reorder the bands, for example with the tool Rearrange bands.",
        )
    if source.dtype != expected.dtype:
        text = f"{source.name} holds {source.dtype}, {expected.by} {expected.dtype}: check that values mean the same."
        emit(Log(text, warning=True))
    here, there = source.grid.pixel_size_m(), expected.pixel_size_m
    if here and there and max(max(a / b, b / a) for a, b in zip(here, there)) > _PIXEL_SIZE_TOLERANCE:
        sizes = [f"{x:.3g} × {y:.3g} m" for x, y in (here, there)]
        text = (
            f"Pixels of {source.name} are {sizes[0]}, {expected.by} {sizes[1]}: resample it for a better map."
        )
        emit(Log(text, warning=True))


def _bands_differ(source: raster.Source, expected: Expected) -> EngineError:
    """The error for too few or too many bands: how many each raster has, and whether an alpha band is the one
    that lacks.
    """
    image, *extras = source.parts
    held = f"{image.name} has {_bands(image.bands)}"
    if extras:
        held += "".join(f", {extra.name} adds {extra.bands}" for extra in extras) + f", {source.bands} in all"
    wanted = f"{expected.by} {len(expected.band_names)} ({', '.join(expected.band_names)})"
    alphas = list(_alpha_bands(source))
    if source.bands + len(alphas) == len(expected.band_names):
        masks = ", and ".join(
            f"band {number} of {name} is tagged alpha and so taken as a mask" for name, number in alphas
        )
        return EngineError("bands_differ", f"{held}; {masks}; {wanted}.", _untag(*alphas[0]))
    remedy = "Choose rasters with the same bands, or train a model on this one's."
    return EngineError("bands_differ", f"{held}; {wanted}.", remedy)


def tell_masks(source: raster.Source, emit: Emit) -> None:
    """Say of each alpha band that it is none of the image's: files with four bands of bytes have one unless
    told otherwise.
    """
    for name, number in _alpha_bands(source):
        text = f"Band {number} of {name} is tagged alpha: it is taken as a mask and teaches nothing."
        emit(Log(f"{text} {_untag(name, number)}"))


def _alpha_bands(source: raster.Source) -> Iterator[tuple[str, int]]:
    return ((part.name, number) for part in source.parts for number in part.alpha_bands)


def _untag(name: str, number: int) -> str:
    change = f"-colorinterp_{number} undefined"
    return (
        f'If it holds values of the image, such as near infrared, untag it: gdal_edit.py {change} "{name}", '
        f"or the tool Translate with the additional parameters {change}."
    )


def _bands(count: int) -> str:
    return f"{count} band" + "s" * (count != 1)
