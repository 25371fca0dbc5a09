"""Implementations that others wrote, to compare with where they are installed."""

from importlib import import_module

import pytest


def torchvision(module):
    """``torchvision.<module>``; the test is skipped where torchvision is not installed, or is made for
    another torch.
    """
    try:
        return import_module(f"torchvision.{module}")
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"torchvision cannot be imported: {error}")
