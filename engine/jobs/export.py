"""Export: a model file in, an ONNX file out."""

from __future__ import annotations

from typing import Any

from ..files.atomic import whole
from ..model_files import onnx_export
from ..protocol import Emit, ExportJob, Log, Progress
from .common import load_model


def export(job: ExportJob, emit: Emit) -> dict[str, Any]:
    """Write the model as ONNX, once the result has been found to give what the model gives."""
    card, network = load_model(job.model)
    tiles = onnx_export.choose_tiles(network, job.tile_px)
    emit(Log(f"Tiles of {tiles.side_px} px, overlapping by {tiles.overlap} %."))
    emit(Progress(0, 1, "file"))
    content = onnx_export.export(network, card, tiles).SerializeToString()
    with whole(job.output) as partial:
        partial.write_bytes(content)
    emit(Progress(1, 1, "file"))
    emit(
        Log(
            f"ONNX Runtime gives the same as the network itself, on a tile of noise. Written: {len(content) / 1e6:,.1f} MB."
        )
    )
    numbered = ", ".join(f"{number} {c.name} ({c.value})" for number, c in enumerate(card.classes))
    if any(number != c.value for number, c in enumerate(card.classes)):
        emit(Log(f"Classes are counted from 0 in it; in brackets, their values here: {numbered}."))
    if card.pixel_size_m is None:
        emit(
            Log(
                "The model's pixel size is unknown: set the resolution by hand where the file is used.",
                warning=True,
            )
        )
    return {"output": job.output}
