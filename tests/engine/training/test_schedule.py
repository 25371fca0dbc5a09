"""The learning rate's course, and budgets of steps and of time."""

import numpy as np
import pytest

from engine.training import schedule
from engine.training.schedule import Budget, learning_rate_at


def test_the_rate_warms_up_then_falls():
    rates = [learning_rate_at(used, 1.0) for used in np.linspace(0, 1, 101)]
    peak = int(np.argmax(rates))
    assert rates[0] == pytest.approx(0.1) and peak == 5 and rates[peak] == pytest.approx(1.0)
    assert rates[-1] == pytest.approx(0.01) and (np.diff(rates[peak:]) < 0).all()


def test_the_budget_counts_epochs_when_there_is_no_time_limit():
    budget = Budget(steps=120, limit_s=0)
    budget.done_steps = 60
    assert budget.used == 0.5 and budget.progress().total == 120


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr(schedule.time, "monotonic", lambda: now[0])
    return now


def test_the_last_validation_lies_within_the_time(clock):
    budget = Budget(steps=1000, limit_s=60, validation_steps=5)
    clock[0] += 20
    budget.done_steps = 10  # 2 s a step: a validation is expected to take 10 s
    assert budget.used == pytest.approx(20 / 50)
    budget.validation_s = 25.0  # it took 25
    assert budget.used == pytest.approx(20 / 35)


def test_half_of_the_time_is_for_training_however_long_a_validation_may_take(clock):
    budget = Budget(steps=1000, limit_s=60, validation_steps=100)
    clock[0] += 2
    budget.done_steps = 1  # the first step is slow: a validation seems to take 200 s
    assert budget.used == pytest.approx(2 / 30)
    clock[0] += 28
    assert budget.used == 1.0


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        ("constant", {0.0: 1, 0.99: 1}),
        ("step", {0.0: 1, 0.59: 1, 0.61: 0.1, 1.0: 0.1}),
        ("poly", {0.0: 1, 0.5: 0.5**0.9, 1.0: 0}),
    ],
)
def test_published_schedules(kind, at):
    assert {used: learning_rate_at(used, 1.0, kind) for used in at} == pytest.approx(at)
