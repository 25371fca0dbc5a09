"""The figures' contract, run over every figure there is; each is worked by hand in `test_confusion.py`."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.metrics.confusion import Metrics, confusion, margins
from engine.metrics.figures import Totals, compute
from engine.protocol import figures

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "engine" / "metrics" / "figures"
EACH = pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.name)
OF_CLASS = pytest.mark.parametrize("figure", figures("class"), ids=lambda figure: figure.name)


def matrices(count, classes, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(1, 500, (count, classes, classes)) + 900 * np.eye(classes, dtype=np.int64)


def values_of(figure, matrices_SKK):
    margins_S3K = margins(matrices_SKK)
    return compute(figure, Totals.of(margins_S3K, margins_S3K.any(axis=0)[1] > 0))


def test_figures_are_listed_without_numpy():
    script = "import sys; from engine.protocol import figures; print(*(f.name for f in figures())); "
    script += "assert 'numpy' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert run.stdout.split() == [figure.name for figure in figures()] != []


@EACH
def test_a_figure_has_a_title_and_a_definition_in_whole_sentences(figure):
    assert figure.title[0].isupper() and not figure.title.endswith(".")
    assert figure.definition[0].isupper() and figure.definition.endswith(".")
    assert figure.of in ("map", "class")


@EACH
def test_a_figure_has_one_value_per_matrix_or_per_class(figure):
    values = values_of(figure, matrices(7, 4))
    assert values.shape == ((7,) if figure.of == "map" else (7, 4))
    assert np.isfinite(values).all() and (np.abs(values) <= 1).all()


@EACH
def test_a_stack_of_matrices_has_the_figures_of_each(figure):
    many = matrices(5, 3)
    for matrix, value in zip(many, values_of(figure, many)):
        assert getattr(Metrics.of(matrix), figure.name) == pytest.approx(value.tolist(), rel=1e-14)


@EACH
def test_the_order_of_classes_does_not_matter(figure):
    many, order = matrices(5, 4), [2, 0, 3, 1]
    before, after = values_of(figure, many), values_of(figure, many[:, order][:, :, order])
    assert after == pytest.approx(before if figure.of == "map" else before[:, order], rel=1e-13)


@EACH
def test_a_perfect_map_is_told_from_a_random_one(figure):
    perfect = getattr(Metrics.of(np.diag([50, 20, 30])), figure.name)
    random = getattr(Metrics.of(np.outer([50, 20, 30], [2, 3, 5])), figure.name)
    assert perfect == pytest.approx(1 if figure.of == "map" else (1, 1, 1)) or perfect == pytest.approx(
        0 if figure.of == "map" else (0, 0, 0)
    )
    assert perfect != pytest.approx(random)


@OF_CLASS
def test_a_class_that_is_nowhere_has_no_figure(figure):
    metrics = Metrics.of(confusion(np.array([0, 0], np.uint8), np.array([0, 1], np.uint8), 3))
    assert metrics.of_class[figure.name][2] is None


def test_each_entry_has_its_function_in_the_same_file():
    for figure in figures():
        functions = ast.parse((FOLDER / f"{figure.module}.py").read_text(encoding="utf-8")).body
        assert figure.name in [node.name for node in functions if isinstance(node, ast.FunctionDef)]


def test_an_unknown_figure_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no figure 'meen_f1'"):
        _ = Metrics.of(np.eye(2, dtype=np.int64)).meen_f1
