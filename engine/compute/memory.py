"""Memory: how much is free for the engine, and how much the tensors of a computation take."""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from ..runtime.system import free_bytes
from .device import Device

_MOST_BYTES = 2**31
"""Of the computer's own memory, whatever there is: the halo is small by then, and other programs run
beside.
"""
_SHARE, _SHARE_OF_GPU = 0.35, 0.8
"""Of the memory at hand, what a window may take."""


class TensorMemoryTracker(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """While entered, sees every tensor that is made, and the first one: the most bytes alive at once, and the
    most elements.
    """

    def __init__(self, first: Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.most_bytes = self.most_elements = self._alive = 0
        self._storages: dict[int, weakref.ref[Any]] = {}
        self._count(first.untyped_storage())

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing here is compiled, and to hear that takes the compiler a second to load

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        for tensor in tree_leaves(made):
            if isinstance(tensor, Tensor):
                self.most_elements = max(self.most_elements, tensor.numel())
                self._count(tensor.untyped_storage())
        return made

    def _count(self, storage: torch.UntypedStorage) -> None:
        key, size = storage._cdata, storage.nbytes()
        if key in self._storages:
            return

        def gone(_: object) -> None:
            self._alive -= size
            del self._storages[key]

        self._storages[key] = weakref.ref(storage, gone)
        self._alive += size
        self.most_bytes = max(self.most_bytes, self._alive)


def bytes_at_hand(device: Device) -> float:
    """What a window may take of the memory that is free now: of the device's, or of the computer's."""
    if device.backend.type == "cuda":
        return _SHARE_OF_GPU * torch.cuda.mem_get_info(device.backend)[0]
    return computers_bytes()


def computers_bytes() -> float:
    """The memory of the computer that all windows together may use, in bytes."""
    return min(_MOST_BYTES, _SHARE * free_bytes())
