"""What every job begins with."""

from __future__ import annotations

import platform
from collections.abc import Callable

import numpy as np
import torch

from .. import __version__, raster
from ..device import Device, choose
from ..protocol import Event, Started

Emit = Callable[[Event], None]


def start(wanted: str, emit: Emit) -> Device:
    """The device to run on, told to the user before anything else."""
    device = choose(wanted)
    emit(Started(device.name, device.reason))
    return device


def versions() -> dict[str, str]:
    """What a reader needs to repeat a run."""
    return {
        "raster_segmenter": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "gdal": raster.gdal_version(),
        "system": platform.platform(),
    }
