"""Networks without values: their shapes alone, for whoever only asks about them or has weights to put in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


@contextlib.contextmanager
def on_meta_device() -> Iterator[None]:
    """Networks built within take neither memory nor the time to draw their first weights."""
    with torch.device("meta"), _NoRandomNumbers():
        yield


class _NoRandomNumbers(TorchFunctionMode):
    """Leaves tensors as they are: to draw numbers for nothing, the device ``meta`` loads PyTorch's compiler
    (seconds).
    """

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return args[0] if function in (Tensor.normal_, Tensor.uniform_) else function(*args, **(kwargs or {}))
