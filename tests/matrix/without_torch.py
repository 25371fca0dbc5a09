"""A plugin of pytest for an environment without PyTorch: ``pytest -p tests.matrix.without_torch``.

A test, or a file of tests, that imports PyTorch is skipped there with that as the reason; all others run. It
is never on by itself, so that a PyTorch that is missing by mistake stays an error.
"""

from __future__ import annotations

import importlib.abc
import sys
from typing import Any

import pytest


class _NoTorch(importlib.abc.MetaPathFinder):
    """Skips whoever imports PyTorch, whether it is installed or not."""

    def find_spec(self, fullname: str, *_: Any) -> None:
        if fullname.partition(".")[0] == "torch":
            pytest.skip("needs PyTorch, which this environment has not", allow_module_level=True)


sys.meta_path.insert(0, _NoTorch())
