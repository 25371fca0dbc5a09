"""Reads tensors from files of any origin, without running code in them."""

from __future__ import annotations

import pickle  # nosec B403 (for the name of its error alone)
import zipfile
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from ..protocol import CARD_KEY, EngineError, message


def read_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of ``path`` by name; it is a safetensors file, or a state_dict that PyTorch saved.

    Raises `EngineError` if the file has no tensors, or cannot be read without running its code.
    """
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, framework="pt") as file:
                # Safe_open is no dict.
                return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        content = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except pickle.UnpicklingError as error:
        raise EngineError(
            "unsafe_weights",
            "{path} holds more than tensors: reading it could run code that somebody put into it.",
            "Save its state_dict alone, best as .safetensors, and give that.",
            path=path,
        ) from error
    except (SafetensorError, OSError, RuntimeError, ValueError, EOFError, KeyError) as error:
        raise _no_weights(path, f"{type(error).__name__} {error}".partition("\n")[0].strip()) from error
    if isinstance(content, Mapping) and isinstance(content.get("state_dict"), Mapping):
        content = content["state_dict"]
    if not isinstance(content, Mapping):
        kind = type(content).__name__
        raise _no_weights(path, message("it is a {kind}, not tensors by name", kind=kind))
    # Networks that were trained on several devices save their names with "module." in front.
    weights = {
        str(name).removeprefix("module."): tensor for name, tensor in content.items() if _is_plain(tensor)
    }
    if not weights:
        raise _no_weights(path, message("it has no tensors by name"))
    return weights


def is_model(path: Path) -> bool:
    """Whether ``path`` is a model made by Train segmenter, a safetensors file with a model card."""
    if path.suffix != ".safetensors":
        return False
    try:
        with safe_open(path, framework="pt") as file:
            return CARD_KEY in (file.metadata() or {})
    except (SafetensorError, OSError) as error:
        raise _no_weights(path, str(error)) from error


def _is_plain(value: object) -> bool:
    """Whether ``value`` is a dense tensor of real numbers; no other kind fits the networks here."""
    return (
        isinstance(value, Tensor)
        and value.layout == torch.strided
        and not value.is_complex()
        and not value.is_quantized
    )


def _no_weights(path: Path, reason: str) -> EngineError:
    return EngineError(
        "no_weights",
        "{path} holds no weights that can be read: {reason}.",
        "Give a .safetensors file, or a .pth file of a state_dict.",
        path=path,
        reason=reason,
    )
