"""Export: writes a model file as ONNX."""

from __future__ import annotations

from typing import Any

from ..files.atomic import atomic_write
from ..model_files import onnx_export
from ..protocol import Emit, ExportJob, Progress, info, warning
from .common import load_model


def export(job: ExportJob, emit: Emit) -> dict[str, Any]:
    """Write the model as ONNX, after checking that ONNX Runtime computes what the network computes."""
    card, network = load_model(job.model)
    tiles = onnx_export.choose_tiles(network, job.tile_px)
    emit(
        info(
            "Tiles of {side_px} px, overlapping by {overlap} %.", side_px=tiles.side_px, overlap=tiles.overlap
        )
    )
    emit(Progress(0, 1, "file"))
    content = onnx_export.export(network, card, tiles).SerializeToString()
    with atomic_write(job.output) as partial:
        partial.write_bytes(content)
    emit(Progress(1, 1, "file"))
    emit(
        info(
            "On a tile of random values, ONNX Runtime gives the same result as the network. The file has "
            "{size:,.1f} MB.",
            size=len(content) / 1e6,
        )
    )
    numbered = ", ".join(f"{number} {c.name} ({c.value})" for number, c in enumerate(card.classes))
    if any(number != c.value for number, c in enumerate(card.classes)):
        emit(
            info(
                "The file counts classes from 0. Their values in maps of Classify raster are in brackets: "
                "{classes}.",
                classes=numbered,
            )
        )
    if card.pixel_size_m is None:
        emit(warning("The model's pixel size is unknown: set the resolution by hand where the file is used."))
    return {"output": job.output}
