"""The switch for the same numbers on every run, and what it says of operations that have no such form."""

import os
import warnings

import pytest
import torch

from engine.protocol import Log
from engine.training.deterministic import deterministic


def test_unless_wanted_nothing_changes():
    with deterministic(False, [].append):
        assert not torch.are_deterministic_algorithms_enabled()


def test_it_holds_while_entered_also_through_errors():
    events = []
    with pytest.raises(ValueError, match="broken"), deterministic(True, events.append):
        assert (
            torch.are_deterministic_algorithms_enabled()
            and torch.is_deterministic_algorithms_warn_only_enabled()
        )
        raise ValueError("broken")
    assert not torch.are_deterministic_algorithms_enabled() and not events
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"], "or cuBLAS sums in any order"


def test_an_operation_without_a_deterministic_form_is_named_once_and_other_warnings_stay():
    events = []
    said = (
        "upsample_bilinear2d_backward_out_cuda does not have a deterministic implementation, but you set ..."
    )
    with pytest.warns(UserWarning, match="something else") as caught, deterministic(True, events.append):
        warnings.warn(said, stacklevel=1)
        warnings.warn(said, stacklevel=1)
        warnings.warn("something else", stacklevel=1)
    assert len(caught) == 1
    (log,) = events
    assert (
        isinstance(log, Log) and log.warning and log.text.count("upsample_bilinear2d_backward_out_cuda") == 1
    )
