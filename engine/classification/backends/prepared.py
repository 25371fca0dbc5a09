"""The weights of a network, made ready for every way."""

from __future__ import annotations

import copy
from functools import cached_property

import torch

from ...compute.device import Device
from ...compute.fold_batch_norm import folded
from ...compute.kernels import prepare_network
from ...compute.winograd import computes
from ...core.cache import keep_freed_memory
from ...models import Network
from ...protocol import EngineError
from ...runtime.libraries import release
from .backend import Backend
from .bf16_rounding import rounded
from .depthwise import without_cudnn
from .fuse_relu import joined, with_winograd
from .onnx_runtime import OnnxRuntimeWay
from .openvino import OpenVinoWay
from .traced import CompiledBackend

WINOGRAD = "winograd"
COMPILED: dict[str, type[CompiledBackend]] = {"onnxruntime": OnnxRuntimeWay, "openvino": OpenVinoWay}
"""Ways of libraries that need not be installed, by the names of their packages."""
_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class PreparedNetwork:
    """A network's weights made ready for every way, in main memory; they depend on nothing else.

    Batch norms are folded into convolutions; for bfloat16, weights are rounded with care. ``network`` stays
    as it is, and what neither changes is shared with it.
    """

    def __init__(self, network: Network, bands: int) -> None:
        self.bands, self.network = bands, folded(network, bands)

    @cached_property
    def _rounded(self) -> Network:
        return rounded(self.network, self.bands)

    @cached_property
    def _joined(self) -> Network:
        return joined(self.network)

    @cached_property
    def _winograd(self) -> Network:
        return with_winograd(self._joined)

    @cached_property
    def _rounded_joined(self) -> Network:
        return joined(self._rounded)

    def way(self, name: str, device: Device) -> Backend:
        """The way called ``name`` (one of `names`). Raises `EngineError` if ``device`` does not have that
        precision.
        """
        if name not in (names := self.names(device)):
            message = f"{device.name} does not compute convolutions in {name}."
            known = ", ".join(name for name in names if name in _DTYPES)
            raise EngineError("no_precision", message, f"Set PRECISION to auto or {known}.")
        half = torch.bfloat16 in device.halves
        if name == "openvino":
            return OpenVinoWay(name, self._rounded if half else self.network, torch.float32, half)
        if name in COMPILED:
            return COMPILED[name](name, self.network, torch.float32)
        if device.backend.type == "cpu":
            keep_freed_memory()
            network = (
                self._rounded_joined
                if name == "bf16"
                else self._winograd
                if name == WINOGRAD
                else self._joined
            )
        else:
            network = without_cudnn(copy.deepcopy(self._rounded if name == "bf16" else self.network))
        prepare_network(network, device)
        return Backend(name, network, _DTYPES.get(name, torch.float32))

    def names(self, device: Device) -> list[str]:
        """The ways that the device has, the exact one first."""
        names = ["fp32", *(name for name, dtype in _DTYPES.items() if dtype in device.halves)]
        if device.backend.type != "cpu":
            return names
        if not device.halves and any(map(computes, self.network.modules())):
            names.append(WINOGRAD)
        # In 32 bits, ONNX Runtime is far behind a CPU's bfloat16.
        libraries = [name for name in COMPILED if name != "onnxruntime" or not device.halves]
        return names + [name for name in libraries if release(name)]
