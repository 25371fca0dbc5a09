"""A network computed by OpenVINO, if it is installed; on some CPUs it is the fastest backend.

Legend: B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from ...core.windows import Sides
from .traced import CompiledBackend, trace_network

_KEPT = 3
"""Compiled networks that are kept, as many as a row of windows has shapes. Each holds memory."""


@dataclass(frozen=True)
class OpenVinoBackend(CompiledBackend):
    """Computes ``network`` by OpenVINO on the CPU, in bfloat16 if ``half``.

    It compiles the network for each shape of windows, which takes a moment.
    """

    half: bool = False
    _models: dict[Sides, Any] = field(default_factory=dict)
    _compiled: dict[Any, Any] = field(default_factory=dict)

    def _compute(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        key = (tuple(image_BCHW.shape), trim)
        if key not in self._compiled:
            while len(self._compiled) >= _KEPT:
                del self._compiled[next(iter(self._compiled))]
            self._compiled[key] = self._compile_network(*key)
        logits_BKHW = self._compiled[key]([image_BCHW.numpy()], share_inputs=True)[0]
        return torch.from_numpy(logits_BKHW)

    def _compile_network(self, shape: tuple[int, ...], trim: Sides) -> Any:
        openvino = _openvino()
        if trim not in self._models:
            network, example_BCHW = trace_network(self.network, shape[1], trim)
            self._models[trim] = openvino.convert_model(
                network, example_input=example_BCHW, input=[-1, shape[1], -1, -1]
            )
        self._models[trim].reshape(list(shape))
        hints = {
            "INFERENCE_PRECISION_HINT": "bf16" if self.half else "f32",
            "INFERENCE_NUM_THREADS": torch.get_num_threads(),
        }
        return openvino.Core().compile_model(self._models[trim], "CPU", hints)


def _openvino() -> Any:
    # It would send reports to its maker.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino  # noqa: PLC0415 (few have installed it)

    return openvino
