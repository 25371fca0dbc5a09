"""A network computed by OpenVINO, where its user has installed that: on some CPUs the fastest way.

Legend: B batch, H height, W width.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from ...core.windows import Sides
from .traced import CompiledBackend, traced

_KEPT = 3


@dataclass(frozen=True)
class OpenVinoWay(CompiledBackend):
    """``network`` by OpenVINO on the CPU, in bfloat16 if ``half``. Compiled anew for each shape of windows,
    in a moment.

    A compiled network holds the memory for its windows: the last `_KEPT` are kept, as many shapes as a row of
    windows has.
    """

    half: bool = False
    _models: dict[Sides, Any] = field(default_factory=dict)
    _compiled: dict[Any, Any] = field(default_factory=dict)

    def _computed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        key = (tuple(image_BCHW.shape), trim)
        if key not in self._compiled:
            while len(self._compiled) >= _KEPT:
                del self._compiled[next(iter(self._compiled))]
            self._compiled[key] = self._compile(*key)
        found = self._compiled[key]([image_BCHW.numpy()], share_inputs=True)[0]
        return torch.from_numpy(found)

    def _compile(self, shape: tuple[int, ...], trim: Sides) -> Any:
        openvino = _openvino()
        if trim not in self._models:
            network, example_BCHW = traced(self.network, shape[1], trim)
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
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # it would report to its maker
    import openvino  # noqa: PLC0415 (most have none)

    return openvino
