"""Charts: round ticks that enclose the data, and points inside the frame."""

import pytest

from engine.charts import epoch_chart, nice_ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.13, 0.58, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
        (1, 24, [0, 5, 10, 15, 20, 25]),
        (0.5, 0.5, [0.5, 0.52]),
        (0.0, 0.0, [0, 0.02]),
    ],
)
def test_nice_ticks(low, high, ticks):
    assert nice_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize("scale", [1e-7, 0.37, 4321.0])
def test_ticks_enclose_what_they_measure(scale):
    ticks = nice_ticks(0.21 * scale, 1.93 * scale)
    assert ticks[0] <= 0.21 * scale and ticks[-1] >= 1.93 * scale and 4 <= len(ticks) <= 9


@pytest.mark.parametrize("epochs", [[1], [1, 2], list(range(1, 400))])
def test_every_point_lies_in_the_frame(epochs):
    values = [1 / n for n in epochs]
    chart = epoch_chart("Loss", epochs, {"training": values, "validation": [v + 0.1 for v in values]}, epochs[-1])
    assert [line.name for line in chart.lines] == ["training", "validation"]
    for line in chart.lines:
        points = [tuple(map(float, point.split(","))) for point in line.points.split()]
        assert len(points) == len(epochs) and points[-1] == line.best
        assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in points)
    assert chart.x_ticks and all(chart.left <= tick.at <= chart.right for tick in chart.x_ticks)
    assert chart.lines[0].best_value == values[-1] and chart.lines[0].best[1] > chart.lines[1].best[1]


def test_the_marked_epoch_is_one_that_ran():
    with pytest.raises(AssertionError):
        epoch_chart("Loss", [1, 2], {"training": [1.0, 0.5]}, 3)
