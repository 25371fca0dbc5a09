"""Chooses the device that computes, gives the reason in plain words, and says what the device can do."""

from __future__ import annotations

import functools
import shutil
from dataclasses import dataclass

import torch

from ..protocol import EngineError
from ..protocol.messages import Message, message
from ..runtime.system import processors

_MOST_READERS = 16


@dataclass(frozen=True)
class Device:
    """A device of this machine; ``reason`` completes the sentence "<name>: …" for the user."""

    backend: torch.device
    name: str
    reason: str

    @property
    def halves(self) -> tuple[torch.dtype, ...]:
        """The 16-bit types that this device computes convolutions in, the one to train in first.

        Empty where the device would only emulate them.
        """
        if self.backend.type == "cuda":
            has_bfloat16 = torch.cuda.is_bf16_supported(including_emulation=False)
            return (torch.bfloat16, torch.float16) if has_bfloat16 else (torch.float16,)
        # Private, but the only one to ask oneDNN itself. `torch.cpu.get_capabilities` is public, but newer
        # than PyTorch 2.6, and says what the processor has, not what oneDNN uses.
        if self.backend.type == "cpu" and torch.ops.mkldnn._is_mkldnn_bf16_supported():
            return (torch.bfloat16,)
        return ()

    @property
    def half(self) -> torch.dtype | None:
        """The 16-bit type to train in; None if this device gains nothing by 16 bits."""
        return next(iter(self.halves), None)

    @property
    def is_async(self) -> bool:
        """Whether the device computes asynchronously, while the caller prepares what comes next."""
        return self.backend.type == "cuda"

    @property
    def readers(self) -> int:
        """The number of threads that read rasters.

        One thread cannot keep a GPU busy; on a CPU, more would compete with the threads that compute.
        """
        return max(1, min(_MOST_READERS, processors() - 2)) if self.is_async else 1

    def wait(self) -> None:
        """Wait until the device has finished: accelerators compute asynchronously."""
        if self.backend.type != "cpu":
            torch.get_device_module(self.backend).synchronize()

    def free(self) -> None:
        """Release the memory that a GPU's allocator keeps for later use."""
        if self.backend.type == "cuda":
            torch.cuda.empty_cache()


def choose(wanted: str) -> Device:
    """The device for ``wanted`` (auto, cuda, mps or cpu).

    Raises `EngineError` when a device that is asked for by name is missing or does not compute.
    """
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        if not (fault := _why_cuda_fails()):
            properties = torch.cuda.get_device_properties(0)
            found, asked_for = message("a CUDA device was found"), message("CUDA was asked for")
            name = f"{properties.name} ({properties.total_memory / 2**30:.0f} GiB)"
            return Device(torch.device("cuda", 0), name, found if wanted == "auto" else asked_for)
        if wanted == "cuda":
            raise EngineError(
                "no_device",
                "The CUDA device does not work: {fault}.",
                "Install a PyTorch that was built for this GPU, or set the device to auto or cpu.",
                fault=fault,
            )
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        found, asked_for = message("Metal is available"), message("Metal was asked for")
        return Device(torch.device("mps"), "Apple GPU", found if wanted == "auto" else asked_for)
    if wanted == "cuda":
        raise EngineError(
            "no_device",
            "No CUDA device was found, because {reason}.",
            "Set the device to auto or cpu.",
            reason=_why_no_cuda(),
        )
    if wanted == "mps":
        raise EngineError(
            "no_device", "This PyTorch finds no Apple GPU (Metal).", "Set the device to auto or cpu."
        )
    return Device(torch.device("cpu"), _cpu_name(), _why_cpu(wanted))


def _cpu_name() -> str:
    threads = torch.get_num_threads()
    return message("CPU ({threads} threads)", threads=threads) if threads > 1 else message("CPU (1 thread)")


def _why_cpu(wanted: str) -> Message:
    if wanted == "cpu":
        return message("the CPU was asked for")
    if torch.cuda.is_available():
        return message("the CUDA device does not work: {fault}", fault=_why_cuda_fails())
    return message("no CUDA device was found, because {reason}", reason=_why_no_cuda())


@functools.cache
def _why_cuda_fails() -> str:
    """The reason why the CUDA device does not compute; empty if it does.

    A build of PyTorch has no code for GPUs that are too old or too new for it.
    """
    try:
        _first_kernel()
    except (RuntimeError, AssertionError) as error:
        properties = torch.cuda.get_device_properties(0)
        return message(
            "{name} (compute capability {capability}) with PyTorch {version} (built for {built}): {error}",
            name=properties.name,
            capability=f"{properties.major}.{properties.minor}",
            version=torch.__version__,
            built=", ".join(torch.cuda.get_arch_list()) or message("no GPU"),
            error=str(error).strip().splitlines()[0].rstrip("."),
        )
    return ""


def _first_kernel() -> None:
    torch.ones(2, device="cuda").add_(1).sum().item()


def _why_no_cuda() -> Message:
    if torch.version.cuda is None:
        return message("this PyTorch ({version}) was built without CUDA", version=torch.__version__)
    if shutil.which("nvidia-smi") is None:
        return message("no NVIDIA driver is installed")
    return message(
        "the NVIDIA driver offers no device to this PyTorch (CUDA {version}); the driver may be too old or "
        "the GPU hidden",
        version=torch.version.cuda,
    )
