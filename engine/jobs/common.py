"""The first steps of several jobs: choose a device, load a model file, and check the bands of a raster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from .. import raster
from ..compute.device import Device, choose
from ..model_files import model_file
from ..models import Network, build_model, on_meta_device
from ..protocol import Emit, EngineError, Log, Message, Started, joined, message, warning

_PIXEL_SIZE_TOLERANCE = 1.25


def start(wanted: str, emit: Emit) -> Device:
    """Choose the device to run on, and report it as the first event of the run."""
    device = choose(wanted)
    emit(Started(device.name, device.reason))
    return device


def load_model(path: str) -> tuple[model_file.ModelCard, Network]:
    """The card of a model file, and its network with its weights. The file is closed again."""
    card, weights = model_file.load(path)
    with on_meta_device():  # the weights come from the file; what a card claims costs no memory
        network = build_model(card.network, len(card.bands), len(card.classes), "none", **card.options)
    # Copied, because a file that is mapped into memory cannot be replaced on Windows.
    model_file.load_weights(path, network, {name: tensor.clone() for name, tensor in weights.items()})
    return card, network.eval()


def model_key(path: str) -> tuple[str | int, ...]:
    """Cache key of a model file: its real path, time of modification, size and inode.

    For a file that is missing it is the path alone.
    """
    place = os.path.realpath(path)
    if not os.path.isfile(place):
        return (place,)
    status = os.stat(place)
    return place, status.st_mtime_ns, status.st_size, status.st_ino


@dataclass(frozen=True)
class Expected:
    """The bands that a raster must have. ``by`` says who needs them, such as "the model was trained on"."""

    band_names: tuple[str, ...]
    dtype: str
    pixel_size_m: tuple[float, float] | None
    by: Message


def require_fit(source: raster.Source, expected: Expected, emit: Emit) -> None:
    """Check the bands of a raster.

    Raises `EngineError` where they are not the expected ones, and warns where their values may mean something
    else.
    """
    if source.bands != len(expected.band_names):
        raise _bands_differ(source, expected)
    if source.band_names != expected.band_names and sorted(source.band_names) == sorted(expected.band_names):
        raise EngineError(
            "band_order",
            "The bands of {image} are {bands}; {by} {expected}.",
            "Reorder the bands, for example with the tool Rearrange bands.",
            image=source.name,
            bands=", ".join(source.band_names),
            by=expected.by,
            expected=", ".join(expected.band_names),
        )
    if source.dtype != expected.dtype:
        emit(
            warning(
                "{image} holds {dtype}, {by} {expected}: check that values mean the same.",
                image=source.name,
                dtype=source.dtype,
                by=expected.by,
                expected=expected.dtype,
            )
        )
    here, there = source.grid.pixel_size_m(), expected.pixel_size_m
    if here and there and max(max(a / b, b / a) for a, b in zip(here, there)) > _PIXEL_SIZE_TOLERANCE:
        emit(
            warning(
                "Pixels of {image} are {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: "
                "resample it for a better map.",
                image=source.name,
                x=here[0],
                y=here[1],
                by=expected.by,
                expected_x=there[0],
                expected_y=there[1],
            )
        )


def _bands_differ(source: raster.Source, expected: Expected) -> EngineError:
    """The error for too few or too many bands.

    It says how many bands each raster has, and whether an alpha band is the one that is missing.
    """
    needed = message(
        "{by} {count} ({names})",
        by=expected.by,
        count=len(expected.band_names),
        names=", ".join(expected.band_names),
    )
    alphas = list(_alpha_bands(source))
    if source.bands + len(alphas) != len(expected.band_names):
        return EngineError(
            "bands_differ",
            "{held}; {needed}.",
            "Choose rasters with the same bands, or train a model on this one's.",
            held=_held(source),
            needed=needed,
        )
    masks = [
        message("band {number} of {image} is tagged alpha and so taken as a mask", number=number, image=name)
        for name, number in alphas
    ]
    return EngineError(
        "bands_differ",
        "{held}; {masks}; {needed}.",
        _untag(*alphas[0]),
        held=_held(source),
        masks=joined(*masks, separator=", "),
        needed=needed,
    )


def _held(source: raster.Source) -> Message:
    """The number of bands of each raster of the stack."""
    image, *extras = source.parts
    if image.bands == 1:
        first = message("{image} has 1 band", image=image.name)
    else:
        first = message("{image} has {count} bands", image=image.name, count=image.bands)
    if not extras:
        return first
    added = [message("{image} adds {count}", image=extra.name, count=extra.bands) for extra in extras]
    total = message("{count} in all", count=source.bands)
    return joined(first, *added, total, separator=", ")


def log_masks(source: raster.Source, emit: Emit) -> None:
    """Report each alpha band, which is taken as a mask.

    Files with four bands of bytes have one unless their writer said otherwise, and it may hold near infrared.
    """
    for name, number in _alpha_bands(source):
        text = message(
            "Band {number} of {image} is tagged alpha: it is taken as a mask and teaches nothing.",
            number=number,
            image=name,
        )
        emit(Log(joined(text, _untag(name, number))))


def _alpha_bands(source: raster.Source) -> Iterator[tuple[str, int]]:
    return ((part.name, number) for part in source.parts for number in part.alpha_bands)


def _untag(name: str, number: int) -> Message:
    return message(
        'If it holds values of the image, such as near infrared, untag it: gdal_edit.py {change} "{image}", '
        "or the tool Translate with the additional parameters {change}.",
        change=f"-colorinterp_{number} undefined",
        image=name,
    )
