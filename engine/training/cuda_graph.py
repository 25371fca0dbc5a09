"""CUDA graphs: a network's forward and backward passes on a GPU, captured once and replayed by one call.

The GPU is done with the kernels of a small network before the CPU has started the next ones, and waits most
of the time if each is started by itself. Source: "CUDA graphs" in PyTorch's documentation.
Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from ..compute import precision
from ..compute.device import Device
from ..core.out_of_memory import is_out_of_memory
from ..models import Network, NetworkOutput
from ..protocol import Emit, warning

Shape = tuple[int, int, int, int]


class CudaGraph:
    """The passes of ``network`` in training; those of images of the captured shape are replayed.

    Between two calls there must be a backward pass, and gradients must be set to None: they lie in the
    graph's own memory.
    """

    def __init__(self, network: Network, device: Device, emit: Emit) -> None:
        self._network, self._device, self._emit = network, device, emit
        self._shape: Shape | None = None
        self._replayed: Any = None

    def capture(self, shape_BCHW: Shape) -> None:
        """Capture the passes for images of that shape, if the device gains by it and memory has room.

        Call it before other threads start to read: nothing else may use the GPU during the capture.
        """
        if not self._device.is_async:
            return
        # A capture makes a few steps: the statistics of norms and the random numbers are put back.
        state = {name: tensor.clone() for name, tensor in self._network.state_dict().items()}
        random = torch.cuda.get_rng_state(self._device.backend)
        try:
            image_BCHW = torch.zeros(shape_BCHW, device=self._device.backend).to(
                memory_format=torch.channels_last
            )
            if self._has_room(image_BCHW):
                passes = _Passes(self._network.train(), self._device)
                self._replayed = torch.cuda.make_graphed_callables(
                    passes, (image_BCHW,), allow_unused_input=True
                )
                self._shape = shape_BCHW
        except RuntimeError as error:
            self._give_up(error)
        finally:
            self._network.load_state_dict(state)
            torch.cuda.set_rng_state(random, self._device.backend)

    def forward(self, image_BCHW: Tensor) -> NetworkOutput:
        """The forward pass in training, as `Device.forward_training` computes it."""
        if self._replayed is None or image_BCHW.shape != self._shape:
            return precision.forward_training(self._network, image_BCHW, self._device)
        return NetworkOutput(**self._replayed(image_BCHW))

    def release(self) -> None:
        """Drop the graph and the memory it holds."""
        self._shape = self._replayed = None

    def _has_room(self, image_BCHW: Tensor) -> bool:
        """Whether as much memory is free for everything else as the graph of a step would keep for itself."""
        backend = self._device.backend
        before_bytes = torch.cuda.memory_allocated(backend)
        torch.cuda.reset_peak_memory_stats(backend)
        output = precision.forward_training(self._network.train(), image_BCHW, self._device)
        output.logits_BKHW.sum().backward()  # type: ignore[no-untyped-call]
        self._network.zero_grad(set_to_none=True)
        step_bytes = torch.cuda.max_memory_allocated(backend) - before_bytes
        self._device.free()
        return torch.cuda.mem_get_info(backend)[0] > 2 * step_bytes

    def _give_up(self, error: RuntimeError) -> None:
        self.release()
        self._device.free()
        if is_out_of_memory(error):
            return
        # Random numbers would wait for the end of the capture for ever.
        generator = torch.cuda.default_generators[self._device.backend.index or 0]
        generator.graphsafe_set_state(generator.clone_state())
        self._emit(
            warning(
                "CUDA graphs of the training steps cannot be captured, so training is slower: {reason}.",
                reason=str(error).splitlines()[0],
            )
        )


class _Passes(nn.Module):
    """The captured module: tensors in, tensors out (the fields of `NetworkOutput`, by name)."""

    def __init__(self, network: Network, device: Device) -> None:
        super().__init__()
        self.network, self._device = network, device

    def forward(self, image_BCHW: Tensor) -> dict[str, Any]:
        output = vars(precision.forward_training(self.network, image_BCHW, self._device))
        return {name: value for name, value in output.items() if value is not None}
