"""Which device computes, and why that one, in plain words."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..models import Network, NetworkOutput
from ..protocol import EngineError
from ..runtime.system import processors

_MOST_READERS = 16
_MANY_CHANNELS, _FEW_CHANNELS = 2048, 16
_LACKS_ON_MPS = (np.float64, np.uint16, np.uint32, np.uint64)


@dataclass(frozen=True)
class Device:
    """``reason`` completes the sentence "<name>: …" for the user."""

    backend: torch.device
    name: str
    reason: str

    @property
    def halves(self) -> tuple[torch.dtype, ...]:
        """The 16-bit types this device has convolutions for, the one to train in first; none if it would only
        emulate them.
        """
        if self.backend.type == "cuda":
            has_bfloat16 = torch.cuda.is_bf16_supported(including_emulation=False)
            return (torch.bfloat16, torch.float16) if has_bfloat16 else (torch.float16,)
        if self.backend.type == "cpu" and torch.ops.mkldnn._is_mkldnn_bf16_supported():
            return (torch.bfloat16,)
        return ()

    @property
    def half(self) -> torch.dtype | None:
        """The 16-bit type to train in; None if this device gains nothing by 16 bits."""
        return next(iter(self.halves), None)

    def wait(self) -> None:
        """Wait until the device has finished: accelerators compute asynchronously."""
        if self.backend.type != "cpu":
            torch.get_device_module(self.backend).synchronize()

    @property
    def is_async(self) -> bool:
        """Whether the device computes asynchronously, so that the caller can prepare what is next
        meanwhile.
        """
        return self.backend.type == "cuda"

    @property
    def readers(self) -> int:
        """The number of threads that read. One cannot keep a GPU busy; on a CPU, more would compete with its
        own threads.
        """
        return max(1, min(_MOST_READERS, processors() - 2)) if self.is_async else 1

    def staged(self, array: NDArray[Any]) -> Tensor:
        """``array`` as a tensor of its own type, in pinned memory if the device copies asynchronously. For
        any thread.
        """
        if self.backend.type == "mps" and array.dtype.type in _LACKS_ON_MPS:
            array = array.astype(np.float32)
        tensor = torch.from_numpy(array)
        return tensor.pin_memory() if self.is_async else tensor

    def receive(self, staged: Tensor) -> Tensor:
        """A ``staged`` tensor, copied to this device; a GPU copies it asynchronously while it computes."""
        if not self.is_async:
            return staged.to(self.backend)
        computing, copying = torch.cuda.current_stream(self.backend), _copying(self.backend)
        with torch.cuda.stream(copying):
            received = staged.to(self.backend, non_blocking=True)
        computing.wait_stream(copying)
        received.record_stream(computing)
        return received

    def fetch(self, tensor: Tensor) -> Callable[[], NDArray[Any]]:
        """Start to copy ``tensor`` back; the returned function waits for it and returns it as an array."""
        if not self.is_async:
            array: NDArray[Any] = tensor.cpu().numpy()
            return lambda: array
        held = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
        held.copy_(tensor, non_blocking=True)
        done = torch.cuda.Event()  # type: ignore[no-untyped-call]
        done.record(torch.cuda.current_stream(self.backend))

        def wait() -> NDArray[Any]:
            done.synchronize()
            return held.numpy()

        return wait

    def free(self) -> None:
        """Release the memory that a GPU's allocator keeps for later use."""
        if self.backend.type == "cuda":
            torch.cuda.empty_cache()

    def place(self, network: nn.Module) -> None:
        """Move ``network`` to this device in the layout its convolutions are fastest in."""
        network.to(self.backend, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if self.backend.type == "cpu" and self.half:
            for layer in network.modules():
                if _wrong_in_16_bits(layer) and "forward" not in vars(layer):
                    layer.forward = partial(_in_32_bits, layer.forward)

    def forward(self, network: Network, image_BCHW: Tensor, half: bool) -> Tensor:
        """``network``'s logits in 32-bit floats, computed in 16 bits where ``half`` is wished and the device
        gains by it.
        """
        with self._precision(half):
            logits_BKHW: Tensor = network(self._placed(image_BCHW))
        return logits_BKHW.float()

    def forward_training(self, network: Network, image_BCHW: Tensor) -> NetworkOutput:
        """All that ``network`` gives in training, in 32-bit floats; computed in 16 bits where the device
        gains by it.
        """
        with self._precision(half=True):
            maps = network.forward_training(self._placed(image_BCHW))
        auxiliary_BDHW = None if maps.auxiliary_BDHW is None else maps.auxiliary_BDHW.float()
        return NetworkOutput(
            maps.logits_BKHW.float(),
            auxiliary_BDHW,
            tuple(logits.float() for logits in maps.intermediate_logits),
        )

    def _placed(self, image_BCHW: Tensor) -> Tensor:
        return image_BCHW.to(self.backend, memory_format=torch.channels_last)

    def _precision(self, half: bool) -> torch.autocast:
        dtype = self.half if half else None
        return torch.autocast(self.backend.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None)


@functools.cache
def _copying(backend: torch.device) -> torch.cuda.Stream:
    return torch.cuda.Stream(backend)  # type: ignore[no-untyped-call]


def _wrong_in_16_bits(layer: nn.Module) -> bool:
    """Whether CPUs with AMX may compute ``layer``, or its gradient, wrongly in bfloat16.

    With oneDNN as in PyTorch 2.13, convolutions by kernels of 8, 12 or 16 px of 4 channels or more gave
    noise, and so did those of 4 px with a stride of 4; which channels and paddings are struck follows no
    simple rule. Kernels of 1 to 7 and of 9 px were right otherwise, and so was all without AMX. A transposed
    convolution's gradient is a convolution. Gradients of weights from over 2048 channels to fewer than 16
    wrote beyond their memory, and ended the process.
    """
    if not isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        return False
    channels = layer.in_channels if isinstance(layer, nn.Conv2d) else layer.out_channels
    kernel_px = max(layer.kernel_size)
    is_noise = channels >= 4 and kernel_px % 4 == 0 and (kernel_px >= 8 or max(layer.stride) == 4)
    return is_noise or (layer.in_channels >= _MANY_CHANNELS and layer.out_channels < _FEW_CHANNELS)


def _in_32_bits(forward: Callable[[Tensor], Tensor], map_BCHW: Tensor) -> Tensor:
    with torch.autocast(map_BCHW.device.type, enabled=False):
        return forward(map_BCHW.float())


def choose(wanted: str) -> Device:
    """The device for ``wanted`` (auto, cuda, mps, cpu). `EngineError` when a device asked for by name is not
    there.
    """
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        if not (fault := _why_cuda_fails()):
            properties = torch.cuda.get_device_properties(0)
            why = "a CUDA device was found" if wanted == "auto" else "CUDA was asked for"
            return Device(
                torch.device("cuda", 0), f"{properties.name} ({properties.total_memory / 2**30:.0f} GiB)", why
            )
        if wanted == "cuda":
            remedy = "Install a PyTorch that was built for this GPU, or set the device to auto or cpu."
            raise EngineError("no_device", f"The CUDA device does not compute: {fault}.", remedy)
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return Device(
            torch.device("mps"),
            "Apple GPU",
            "Metal is available" if wanted == "auto" else "Metal was asked for",
        )
    if wanted == "cuda":
        raise EngineError(
            "no_device",
            f"No CUDA device was found, because {_why_no_cuda()}.",
            "Set the device to auto or cpu.",
        )
    if wanted == "mps":
        raise EngineError(
            "no_device", "This PyTorch finds no Apple GPU (Metal).", "Set the device to auto or cpu."
        )
    cores = torch.get_num_threads()
    name = f"CPU ({cores} thread{'s' if cores > 1 else ''})"
    if wanted == "cpu":
        return Device(torch.device("cpu"), name, "the CPU was asked for")
    if torch.cuda.is_available():
        return Device(torch.device("cpu"), name, f"the CUDA device does not compute: {_why_cuda_fails()}")
    return Device(torch.device("cpu"), name, f"no CUDA device was found, because {_why_no_cuda()}")


@functools.cache
def _why_cuda_fails() -> str:
    """Why the CUDA device does not compute; empty where it does. A PyTorch has no code for GPUs that are too
    old or too new.
    """
    try:
        _first_kernel()
    except (RuntimeError, AssertionError) as error:
        words = str(error).strip().splitlines()[0].rstrip(".")
        properties, built = torch.cuda.get_device_properties(0), ", ".join(torch.cuda.get_arch_list())
        capability = f"compute capability {properties.major}.{properties.minor}"
        return f"{properties.name} ({capability}) with PyTorch {torch.__version__} (built for {built or 'no GPU'}): {words}"
    return ""


def _first_kernel() -> None:
    torch.ones(2, device="cuda").add_(1).sum().item()


def _why_no_cuda() -> str:
    if torch.version.cuda is None:
        return f"this PyTorch ({torch.__version__}) was built without CUDA"
    if shutil.which("nvidia-smi") is None:
        return "no NVIDIA driver is installed"
    return f"the NVIDIA driver offers none to this PyTorch (CUDA {torch.version.cuda}); the driver may be too old or the GPU hidden"
