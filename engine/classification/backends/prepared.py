"""A network prepared for every backend of a device."""

from __future__ import annotations

import copy
from functools import cached_property

import torch

from ...compute.device import Device
from ...compute.fold_batch_norm import fold_batch_norm
from ...compute.kernels import prepare_network
from ...compute.winograd import supports_winograd
from ...core.cache import keep_freed_memory
from ...models import Network
from ...protocol import EngineError
from ...runtime.libraries import release
from .backend import Backend
from .bf16_rounding import quantize_bf16
from .depthwise import without_cudnn
from .onnx_runtime import OnnxRuntimeBackend
from .openvino import OpenVinoBackend
from .subpixel import use_subpixel
from .traced import CompiledBackend
from .winograd import use_winograd

WINOGRAD = "winograd"
COMPILED: dict[str, type[CompiledBackend]] = {"onnxruntime": OnnxRuntimeBackend, "openvino": OpenVinoBackend}
"""Backends of libraries that need not be installed, by the names of their packages."""
_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class PreparedNetwork:
    """The weights of a network in main memory, prepared for every backend; they depend on nothing else.

    Batch norms are folded into convolutions; for bfloat16, weights are rounded with care. The network that is
    given stays as it is, and weights that do not change are shared with it.
    """

    def __init__(self, network: Network, bands: int) -> None:
        self.bands, self.network = bands, fold_batch_norm(network, bands)

    @cached_property
    def _quantized(self) -> Network:
        return quantize_bf16(self.network, self.bands)

    @cached_property
    def _subpixel(self) -> Network:
        return use_subpixel(self.network)

    @cached_property
    def _winograd(self) -> Network:
        return use_winograd(self._subpixel)

    @cached_property
    def _quantized_subpixel(self) -> Network:
        return use_subpixel(self._quantized)

    def backend(self, name: str, device: Device) -> Backend:
        """The backend called ``name``, one of `backend_names`.

        Raises `EngineError` if ``device`` does not have that precision.
        """
        if name not in (names := self.backend_names(device)):
            raise EngineError(
                "no_precision",
                "{device} does not compute convolutions in {precision}.",
                "Set PRECISION to auto or {known}.",
                device=device.name,
                precision=name,
                known=", ".join(name for name in names if name in _DTYPES),
            )
        if name == "openvino":
            half = torch.bfloat16 in device.halves
            return OpenVinoBackend(name, self._quantized if half else self.network, torch.float32, half)
        if name in COMPILED:
            return COMPILED[name](name, self.network, torch.float32)
        if device.backend.type == "cpu":
            keep_freed_memory()
            network = self._on_cpu(name)
        else:
            network = without_cudnn(copy.deepcopy(self._quantized if name == "bf16" else self.network))
        prepare_network(network, device)
        return Backend(name, network, _DTYPES.get(name, torch.float32))

    def _on_cpu(self, name: str) -> Network:
        if name == "bf16":
            return self._quantized_subpixel
        return self._winograd if name == WINOGRAD else self._subpixel

    def backend_names(self, device: Device) -> list[str]:
        """The backends that ``device`` has, the exact one first."""
        names = ["fp32", *(name for name, dtype in _DTYPES.items() if dtype in device.halves)]
        if device.backend.type != "cpu":
            return names
        if not device.halves and any(map(supports_winograd, self.network.modules())):
            names.append(WINOGRAD)
        # In 32 bits, ONNX Runtime is far slower than a CPU's bfloat16.
        libraries = [name for name in COMPILED if name != "onnxruntime" or not device.halves]
        return names + [name for name in libraries if release(name)]
