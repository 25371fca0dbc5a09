"""Export of a model as one ONNX file, which is checked against the network that it was made from.

The graph takes raw pixel values and returns the class probabilities of every pixel: it contains the
normalisation, the margin (mirrored) and the softmax. Its metadata has the entries that the QGIS plugin
Deepness reads, and the card of the model. Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

import importlib
import json
import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..compute.fold_batch_norm import remove_batch_norms
from ..compute.normalisation import Normalisation
from ..models import Network
from ..protocol import CARD_KEY, EngineError
from ..runtime.libraries import loading
from .model_file import ModelCard

OPSET = 18
TOLERANCE = 1e-3
"""The largest difference between logits of network and export, as a share of the largest logit (or of 1)."""
_TILE_PX = (512, 1024)
"""Shortest and longest side of a tile that is chosen automatically, where the network allows it."""
_MOST_OVERLAP = 50
_MOST_BYTES = 2**31 - 2**24
"""The most bytes of weights: an ONNX file is one protocol buffer, which has 2 GiB at most."""


@dataclass(frozen=True)
class ExportTiles:
    """The tiles for users of the graph: squares of ``side_px`` that overlap by ``overlap`` per cent."""

    side_px: int
    overlap: int


def choose_tiles(network: Network, wished_px: int) -> ExportTiles:
    """Tiles of ``wished_px`` (0: automatic), with the overlap that hides their borders, half a tile at most.

    Raises `EngineError` for a side that the network cannot have.
    """
    least_px, most_px = _TILE_PX
    smallest_px = network.valid_size(network.margin_px + 1)  # mirroring needs more image than margin
    side_px = wished_px or max(
        smallest_px, network.valid_size(min(max(least_px, 4 * network.halo_px), most_px))
    )
    if side_px < smallest_px or network.valid_size(side_px) != side_px:
        raise EngineError(
            "bad_option",
            "A tile of this network cannot be {side_px} px wide.",
            "Set TILE_PX to {valid_px}, or to 0.",
            side_px=side_px,
            valid_px=max(smallest_px, network.valid_size(side_px)),
        )
    return ExportTiles(side_px, min(_MOST_OVERLAP, math.ceil(200 * network.halo_px / side_px)))


class Graph(nn.Module):
    """The exported network ``raw_BCHW -> probabilities_BKHW``; height and width stay the same."""

    mean: Tensor
    std: Tensor

    def __init__(self, network: Network, scaling: Normalisation) -> None:
        super().__init__()
        self.network, self.margin_px = network, network.margin_px
        self.register_buffer("mean", torch.tensor(scaling.mean).view(1, -1, 1, 1))
        self.register_buffer("std", torch.tensor(scaling.std).view(1, -1, 1, 1))

    def logits(self, raw_BCHW: Tensor) -> Tensor:
        image_BCHW = (raw_BCHW - self.mean) / self.std
        if self.margin_px:
            image_BCHW = F.pad(image_BCHW, 4 * [self.margin_px], mode="reflect")
        logits_BKHW: Tensor = self.network(image_BCHW)
        return logits_BKHW

    def forward(self, raw_BCHW: Tensor) -> Tensor:
        return self.logits(raw_BCHW).softmax(1)


def export(network: Network, card: ModelCard, tiles: ExportTiles) -> Any:
    """``network`` as an ``onnx.ModelProto`` with its metadata, checked to give the same logits.

    Raises `EngineError` when ONNX has no operator for something in it, or when the logits differ.
    """
    onnx = _library("onnx")
    if sum(t.numel() * t.element_size() for t in network.state_dict().values()) > _MOST_BYTES:
        raise EngineError(
            "too_large",
            "The network has more than 2 GiB of weights, and an ONNX file cannot hold more than that.",
            "Train a narrower network.",
        )
    bands = Normalisation(tuple(band.mean for band in card.bands), tuple(band.std for band in card.bands))
    # Without batch norms: faster to compute, and PyTorch 2.6 cannot write them.
    exported = Graph(remove_batch_norms(network, len(card.bands)), bands).eval()
    raw_BCHW = _sample(bands, tiles.side_px)
    _library("onnxscript")
    try:
        program: Any = torch.onnx.export(
            exported,
            (raw_BCHW,),
            dynamo=True,
            opset_version=OPSET,
            input_names=["image"],
            output_names=["probabilities"],
            verbose=False,
        )
    except torch.onnx.OnnxExporterError as error:
        raise EngineError(
            "not_exportable",
            "{network} cannot be written as ONNX: {cause}.",
            "Classify with the model file itself, or train another network.",
            network=card.network,
            cause=_cause(error),
        ) from error
    proto: Any = program.model_proto
    proto.producer_name, proto.producer_version = (
        "Raster Segmenter",
        card.versions.get("raster_segmenter", ""),
    )
    onnx.helper.set_model_props(proto, metadata(card, tiles))
    onnx.checker.check_model(proto, full_check=True)
    _compare(proto, Graph(network, bands).eval(), raw_BCHW)
    return proto


def metadata(card: ModelCard, tiles: ExportTiles) -> dict[str, str]:
    """The graph's metadata, each value as JSON: the entries that Deepness reads, and the model's card.

    Deepness always computes ``(value / 255 − mean) / std``; mean 0 and std 1/255 leave values unchanged.
    """
    values: dict[str, Any] = {
        "model_type": "Segmentor",
        "class_names": {str(number): c.name for number, c in enumerate(card.classes)},
        "tile_size": tiles.side_px,
        "tiles_size": tiles.side_px,
        "tiles_overlap": tiles.overlap,
        "standardization_mean": [0.0] * len(card.bands),
        "standardization_std": [1 / 255] * len(card.bands),
        "seg_thresh": 0.0,
        "seg_small_segment": 0,
        CARD_KEY: asdict(card),
    }
    if card.pixel_size_m:
        values["resolution"] = 100 * sum(card.pixel_size_m) / 2
    return {name: json.dumps(value, allow_nan=False) for name, value in values.items()}


def _sample(bands: Normalisation, side_px: int) -> Tensor:
    """A random image with the mean and standard deviation of each band."""
    mean_C, std_C = torch.tensor(bands.mean), torch.tensor(bands.std)
    noise_BCHW = torch.randn(1, len(bands.mean), side_px, side_px, generator=torch.Generator().manual_seed(0))
    return mean_C.view(1, -1, 1, 1) + std_C.view(1, -1, 1, 1) * noise_BCHW


def _compare(proto: Any, graph: Graph, raw_BCHW: Tensor) -> None:
    """Raise `EngineError` if ONNX Runtime's logits for ``raw_BCHW`` are not those of the network."""
    onnx, runtime = _library("onnx"), _library("onnxruntime")
    with torch.inference_mode():
        expected_BKHW = graph.logits(raw_BCHW)
    softmax = proto.graph.node[-1]
    if softmax.op_type != "Softmax":
        raise EngineError(
            "not_exportable",
            "PyTorch {version} has written a network that ends in {operator}, not in Softmax.",
            "Install another version of PyTorch for the engine, and please report it.",
            version=torch.__version__,
            operator=softmax.op_type,
        )
    # Logits are compared, since probabilities are equal long before logits are.
    proto.graph.output.append(
        onnx.helper.make_tensor_value_info(softmax.input[0], onnx.TensorProto.FLOAT, None)
    )
    session = runtime.InferenceSession(proto.SerializeToString(), providers=["CPUExecutionProvider"])
    proto.graph.output.pop()
    logits_BKHW = torch.from_numpy(session.run([softmax.input[0]], {"image": raw_BCHW.numpy()})[0])
    largest = (logits_BKHW - expected_BKHW).abs().max().item()
    allowed = TOLERANCE * max(1.0, expected_BKHW.abs().max().item())
    if not largest <= allowed:  # NaN is no match either
        raise EngineError(
            "export_differs",
            "The export gives other logits than the network, by up to {largest:.2g}.",
            "Please report it.",
            largest=largest,
        )


def _library(name: str) -> Any:
    """Import ``name``, which only an export needs. Raises `EngineError` if it is not installed."""
    with loading(name):
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            raise EngineError(
                "no_library",
                "The engine's Python lacks {library}.",
                "Install it with pip from engine/requirements.txt.",
                library=error.name or name,
            ) from error


def _cause(error: BaseException) -> str:
    """The first line of the original error behind ``error``."""
    while error.__cause__:
        error = error.__cause__
    return str(error).strip().splitlines()[0].rstrip(".")
