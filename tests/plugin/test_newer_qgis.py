"""What QGIS 4.2 and 4.4 have made of Processing's dialogs, stood in for where this QGIS is older."""

import importlib
import sys
from types import ModuleType, SimpleNamespace

import pytest
from qgis.core import QgsProcessingContext
from qgis.gui import QgsProcessingGui
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialog, QDockWidget, QLineEdit

from .conftest import ROOT
from .test_dialog import dialogs, model  # noqa: F401 (fixtures)


@pytest.fixture
def names():
    """The module that knows what Processing's dialog is called; read anew afterwards."""
    from raster_segmenter.plugin.dialog import qgis_dialog

    yield qgis_dialog
    importlib.reload(qgis_dialog)


def module(monkeypatch, name, **contents):
    """Put a module of QGIS's Processing there."""
    made = ModuleType(name)
    vars(made).update(contents)
    monkeypatch.setitem(sys.modules, name, made)


def test_the_dialog_is_found_under_its_new_name(provider, names, monkeypatch):
    class AlgorithmWidget(QDialog):
        pass

    module(monkeypatch, "processing.gui.algorithm_widget", AlgorithmWidget=AlgorithmWidget)
    monkeypatch.setitem(sys.modules, "processing.gui.AlgorithmDialog", None)
    assert importlib.reload(names).AlgorithmDialog is AlgorithmWidget
    monkeypatch.setitem(sys.modules, "processing.gui.algorithm_widget", None)
    assert importlib.reload(names).AlgorithmDialog is None
    monkeypatch.undo()
    importlib.reload(names)
    if "algorithm_widget" not in names.AlgorithmDialog.__module__:
        assert names.AlgorithmDialog.__name__ == "AlgorithmDialog"


def test_without_a_dialog_to_build_on_qgis_opens_its_own(provider, names, monkeypatch):
    from qgis.core import QgsApplication

    told = []
    QgsApplication.messageLog().messageReceived.connect(lambda text, tag, level: told.append(text))
    monkeypatch.setattr(names, "AlgorithmDialog", None)
    assert provider.algorithm("classify").create().createCustomParametersWidget() is None
    assert any("too new" in text for text in told)


class InvalidValue(Exception):
    """As QGIS 4.2 raises it."""

    def __init__(self, parameter):
        self.parameter = parameter


class InvalidOutput(Exception):
    """As QGIS 4.2 raises it."""

    message = "No such format."


@pytest.mark.parametrize(
    ("kind", "told"), [(InvalidValue, "“Image” has no value."), (InvalidOutput, "No such format.")]
)
def test_values_that_cannot_be_are_told_where_errors_have_a_module_of_their_own(
    provider, names, monkeypatch, kind, told
):
    module(
        monkeypatch,
        "processing.core.exceptions",
        InvalidParameterValue=InvalidValue,
        InvalidOutputExtension=InvalidOutput,
    )
    algorithm = provider.algorithm("classify")

    class Panel:
        def createProcessingParameters(self):
            raise kind(*[algorithm.parameterDefinition("INPUT")] if kind is InvalidValue else ())

    assert names.values_in(Panel(), algorithm) == ({}, told)


@pytest.mark.parametrize(
    ("result", "told"),
    [("InvalidValue", "“Image” has no value."), ("InvalidOutputExtension", "No such format."), ("Valid", "")],
)
def test_values_that_cannot_be_are_told_where_nothing_is_raised(provider, names, monkeypatch, result, told):
    import qgis.gui

    class Generator:
        ValidationResult = SimpleNamespace(
            InvalidValue="InvalidValue", InvalidOutputExtension="InvalidOutputExtension"
        )
        Flags = staticmethod(lambda: 0)

    monkeypatch.setattr(qgis.gui, "QgsProcessingParametersGenerator", Generator)
    found = SimpleNamespace(result=result, message="No such format.", parameterName="INPUT")
    panel = SimpleNamespace(createAndValidateParameters=lambda flags: ({"INPUT": "a.tif"}, [found]))
    values = {} if told else {"INPUT": "a.tif"}
    assert names.values_in(panel, provider.algorithm("classify")) == (values, told)


def test_the_widgets_of_a_panel_are_found_as_a_list_or_by_name(provider, names):
    assert names.wrappers_in(SimpleNamespace(wrappers={"INPUT": 1, "MODEL": 2})) == [1, 2]
    assert names.wrappers_in(SimpleNamespace(wrappers=lambda: [1, 2])) == [1, 2]


def test_a_value_that_is_missing_is_told_once(dialogs, stand_in):  # noqa: F811
    """The dialog of QGIS 3.40 tells it, too, and then gives no values at all."""
    stand_in("")
    dialog = dialogs("classify")
    told = []
    dialog._warn = told.append
    assert dialog._values() is None and told == ["“Image” has no value."]


def test_dialogs_that_are_docked_end_with_the_provider(provider, dialogs, qgis_parent, stand_in):  # noqa: F811
    from raster_segmenter.plugin.window.shutdown import _dialogs

    stand_in("")
    dialog, other = dialogs("classify"), dialogs("evaluate")
    dock = QDockWidget(qgis_parent)
    dock.setWidget(dialog)
    assert not dialog.isWindow() and other.isWindow()
    assert {id(found) for found in _dialogs(provider)} == {id(dialog), id(other)}
    dock.setWidget(None)
    dialog.setParent(qgis_parent)
    dock.deleteLater()


@pytest.fixture
def by_type(monkeypatch):
    """As in QGIS 4.3 and newer: widgets are asked for by the names of their types."""
    from raster_segmenter.plugin.parameters import definitions

    monkeypatch.setattr(definitions, "WIDGETS_BY_TYPE", True)


@pytest.fixture
def factories(provider, by_type):
    from raster_segmenter.plugin.widgets.factories import Factories

    made = Factories()
    yield {factory.parameterType(): factory for factory in made._factories}
    made.close()


def test_each_own_widget_has_a_factory(provider, by_type, factories):
    provider.refreshAlgorithms()
    asked = {}
    for algorithm in provider.algorithms():
        for definition in algorithm.parameterDefinitions():
            metadata = definition.metadata().get("widget_wrapper", {})
            assert "class" not in metadata
            if name := metadata.get("widget_type"):
                asked.setdefault(name, []).append((algorithm.name(), definition))
    assert set(asked) == set(factories)
    chained = {algorithm for found in asked.values() for algorithm, _ in found}
    assert {path.stem for path in (ROOT / "resources" / "models").glob("*.model3")} & chained
    for name, ((_, definition), *_rest) in asked.items():
        context = QgsProcessingContext()
        wrapper = factories[name].createWidgetWrapper(definition, QgsProcessingGui.WidgetType.Standard)
        widget = wrapper.createWrappedWidget(context)
        assert f"{type(wrapper).__module__}.{type(wrapper).__name__}" == name and widget.layout().count()
        wrapper.postInitialize([wrapper])
        wrapper.setParameterValue("something", context)
        assert "something" in str(wrapper.parameterValue())
        sip.delete(widget)


def test_factories_make_qgis_own_widget_for_a_batch(provider, factories):
    definition = provider.algorithm("train").parameterDefinition("RENAMES")
    factory = next(factory for name, factory in factories.items() if name.endswith(".ClassTable"))
    widget = factory.createWidgetWrapper(definition, QgsProcessingGui.WidgetType.Batch).createWrappedWidget(
        QgsProcessingContext()
    )
    assert isinstance(widget, QLineEdit)
    sip.delete(widget)
