"""Memory: how much is free for the engine, and how much the tensors of a computation take."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

# Private, but there is no public way to see the tensors that operations make inside other operations and in
# the backward pass.
from torch.utils._python_dispatch import TorchDispatchMode

from ..runtime.system import free_bytes
from .device import Device

_MOST_BYTES = 2**31
"""The most bytes of the computer's memory that windows take, however much is free. The context around a
window of that size is a small share of it, and other programs run on the computer.
"""
_SHARE, _SHARE_OF_GPU = 0.35, 0.8
"""The share of the free memory that a window may take, of the computer's and of a GPU's."""


class TensorMemoryTracker(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """While entered, counts the memory of every tensor that is made, and of ``first``.

    ``most_bytes`` are the most bytes alive at once, ``most_elements`` those of the largest tensor.
    """

    def __init__(self, first: Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.most_bytes = self.most_elements = self._alive = 0
        self._storages: weakref.WeakSet[torch.UntypedStorage] = weakref.WeakSet()
        self._count(first.untyped_storage())

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return (
            False  # else the base class loads PyTorch's compiler, which takes a second and is not used here
        )

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        for tensor in _tensors(made):
            self.most_elements = max(self.most_elements, tensor.numel())
            self._count(tensor.untyped_storage())
        return made

    def _count(self, storage: torch.UntypedStorage) -> None:
        if storage in self._storages:
            return
        self._storages.add(storage)
        self._alive += storage.nbytes()
        self.most_bytes = max(self.most_bytes, self._alive)
        weakref.finalize(storage, self._forget, storage.nbytes())

    def _forget(self, size: int) -> None:
        self._alive -= size


def _tensors(made: Any) -> Iterator[Tensor]:
    """The tensors in the result of an operation: one, or lists and tuples of them."""
    if isinstance(made, Tensor):
        yield made
    elif isinstance(made, (list, tuple)):
        for each in made:
            yield from _tensors(each)


def available_bytes(device: Device) -> float:
    """Bytes that a window may take of the free memory: of a GPU's own, or of the computer's."""
    if device.backend.type == "cuda":
        return _SHARE_OF_GPU * torch.cuda.mem_get_info(device.backend)[0]
    return available_host_bytes()


def available_host_bytes() -> float:
    """Bytes of the computer's memory that all windows together may take."""
    return min(_MOST_BYTES, _SHARE * free_bytes())
