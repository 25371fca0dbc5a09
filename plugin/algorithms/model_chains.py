"""The Processing models in ``resources/models`` as algorithms of our provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QUrl

from ..layers.paths import style_when_loaded
from ..parameters.definitions import set_widget
from ..text import RESOURCES, tr

FILES = tuple(sorted((RESOURCES / "models").glob("*.model3")))


class ModelChain(QgsProcessingModelAlgorithm):  # type: ignore[misc]  # QGIS has no types
    """A Processing model as an algorithm with the file's name. ``sound`` is False if the file is no model.

    Its steps are looked up when the file is read. The copy that QGIS makes to run it reads the file again, so
    the copy has all steps even if they were not registered yet when the provider was made.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.sound = bool(self.fromFile(str(path)))
        for definition in self.parameterDefinitions():
            if widget := definition.metadata().get("widget_wrapper", {}).get("class"):
                set_widget(definition, widget)
        self.setSourceFilePath(str(path))  # without one, QGIS takes it for a draft that no command can name

    def name(self) -> str:
        return self._path.stem

    def group(self) -> str:
        return tr("Model chains")

    def groupId(self) -> str:
        return "chains"

    def createInstance(self) -> ModelChain:
        return ModelChain(self._path)

    @property
    def complete(self) -> tuple[bool, str]:
        """Whether QGIS has all steps, and if not, which one it lacks."""
        known, missing = super().canExecute()
        return known, missing

    def canExecute(self) -> tuple[bool, str]:
        """True if QGIS has all steps and each of them can be executed."""
        if not self.complete[0]:
            return self.complete
        answers = (step.algorithm().canExecute() for step in self.childAlgorithms().values())
        return next((answer for answer in answers if not answer[0]), (True, ""))

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the steps, and give the vector outputs the style and the metadata of our polygons.

        QGIS's own steps keep only the fields of a layer.
        """
        inputs = (definition for definition in self.parameterDefinitions() if not definition.isDestination())
        # QGIS would give a step its own default in place of the chain's.
        parameters = {**{definition.name(): definition.defaultValue() for definition in inputs}, **parameters}
        results: dict[str, Any] = super().processAlgorithm(parameters, context, feedback)
        steps = (results["CHILD_RESULTS"].get(name, {}) for name in self.childAlgorithms())
        ours = [step["POLYGONS"] for step in steps if step.get("POLYGONS")]
        for output in self.outputDefinitions():
            if ours and output.type() == "outputVector":
                _inherit(
                    results[output.name()],
                    ours[0],
                    self.asPythonCommand(parameters, context),
                    context,
                    feedback,
                )
        return results


def _inherit(
    made: str, origin: str, command: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> None:
    """Give the layer ``made`` the colours and the metadata of ``origin``, from which ``command`` made it."""
    ours, layer = QgsVectorLayer(origin), context.temporaryLayerStore().mapLayer(made)
    in_memory = layer is not None
    if not in_memory:
        (found,) = QgsProviderRegistry.instance().querySublayers(made)
        layer = QgsVectorLayer(found.uri(), found.name())
    layer.setRenderer(ours.renderer().clone())
    metadata = ours.metadata()
    metadata.setTitle(layer.name())
    metadata.setIdentifier(QUrl.fromLocalFile(made).toString())
    metadata.addHistoryItem(f"Command: {command}")
    layer.setMetadata(metadata)
    if not in_memory:
        _keep(layer, feedback)
        style_when_loaded(made, context)


def _keep(layer: QgsVectorLayer, feedback: QgsProcessingFeedback) -> None:
    """Write metadata and style of ``layer`` into its file, so that they are there when it is opened later."""
    message, kept = layer.saveDefaultMetadata()
    # Not over the style of a layer that stood there before: QGIS 3.22 would ask, in a thread that has no
    # windows.
    if kept and layer.listStylesInDatabase()[0] <= 0:
        message = layer.saveStyleToDatabase(layer.name(), "", True, "")
        kept = not message
    if not kept:
        feedback.pushWarning(
            tr("{name} gets no style. {message}").format(name=layer.source(), message=message)
        )
