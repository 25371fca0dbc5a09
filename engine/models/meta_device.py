"""Networks on the device ``meta``: shapes without values, to ask about them or to load weights into them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


@contextlib.contextmanager
def on_meta_device() -> Iterator[None]:
    """Build networks without memory for their weights, and without the time to draw initial ones."""
    with torch.device("meta"), _NoRandomNumbers():
        yield


class _NoRandomNumbers(TorchFunctionMode):
    """Skips initialisation, for which the device ``meta`` would load PyTorch's compiler (seconds)."""

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return args[0] if function in (Tensor.normal_, Tensor.uniform_) else function(*args, **(kwargs or {}))
