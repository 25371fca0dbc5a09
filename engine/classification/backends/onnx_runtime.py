"""A network computed by ONNX Runtime, which is faster than PyTorch on many CPUs without bfloat16.

Legend: B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from ...core.windows import Sides
from .traced import CompiledBackend, trace_network

_OPSET = 17
_KEPT = 9
"""Sessions that are kept: a raster's windows have so many trims, at corners, along sides and inside."""


@dataclass(frozen=True)
class OnnxRuntimeBackend(CompiledBackend):
    """Computes ``network`` by ONNX Runtime on the CPU in 32 bits.

    There is one session for each trim; it accepts images of any size.
    """

    _sessions: dict[Sides, Any] = field(default_factory=dict)

    def _compute(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        if trim not in self._sessions:
            while len(self._sessions) >= _KEPT:
                del self._sessions[next(iter(self._sessions))]
            self._sessions[trim] = self._session(image_BCHW.shape[1], trim)
        (logits_BKHW,) = self._sessions[trim].run(None, {"image": image_BCHW.numpy()})
        return torch.from_numpy(logits_BKHW)

    def _session(self, bands: int, trim: Sides) -> Any:
        import onnxruntime  # noqa: PLC0415 (only long runs try it)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        # An arena would keep the memory of the largest window for each session.
        options.enable_cpu_mem_arena = False
        # Threads that wait for the next window must leave the processor to those that read and write.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self._export(bands, trim), options, ["CPUExecutionProvider"])

    def _export(self, bands: int, trim: Sides) -> bytes:
        network, example_BCHW = trace_network(self.network, bands, trim)
        file, sizes = io.BytesIO(), {0: "batch", 2: "height", 3: "width"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PyTorch's other exporter is slower, and fixes the sizes
            export: Any = torch.onnx.export
            export(
                network, (example_BCHW,), file, dynamo=False, opset_version=_OPSET, input_names=["image"],
                output_names=["logits"], dynamic_axes={"image": sizes, "logits": sizes},
            )  # fmt: skip
        return file.getvalue()
