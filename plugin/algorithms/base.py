"""The base of all algorithms: it makes a job of the dialog's values, runs it, and returns its outputs."""

from __future__ import annotations

import dataclasses
import os
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, TypeVar

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

from ...engine.protocol import UNLABELLED, EngineError, Job, Message
from ..engine_client import interpreter
from ..engine_client.run_job import run_job
from ..engine_client.runs import runs
from ..layers import paths as layers
from ..layers.legends import legend
from ..parameters import checks
from ..parameters.values import Values
from ..text import error_text, help_page, help_text, icon, parameter_help, shown, tr, translated

Parameters = dict[str, Any]
AnyJob = TypeVar("AnyJob", bound=Job)


class EngineAlgorithm(QgsProcessingAlgorithm):  # type: ignore[misc]  # QGIS has no types
    """One kind of job as a Processing algorithm.

    A subclass names itself, adds its parameters in ``initAlgorithm`` and translates their values in
    ``job``. Outputs carry the upper-case names of the job's files and of the result's figures.
    """

    NAME = ""
    """The name of the algorithm, of its icon and of its help page."""
    LAYERS: tuple[str, ...] = ()
    """Outputs that QGIS may load, in the style that comes with them."""
    CAN_BE_ESTIMATED = False
    """Whether an `EstimateJob` can measure it."""
    _job: Job

    @abstractmethod
    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Job:
        """The values of the dialog as a job. Runs nothing; may raise `EngineError`."""

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        """Sentences about problems that can be found before the run, other than those of layers and files."""
        return iter(())

    def name(self) -> str:
        return self.NAME

    def group(self) -> str:
        return tr("Segmentation")

    def groupId(self) -> str:
        return "segmentation"

    def icon(self) -> QIcon:
        return icon(self.NAME)

    def shortHelpString(self) -> str:
        return help_text(
            self.NAME,
            {definition.name(): definition.description() for definition in self.parameterDefinitions()},
        )

    def helpUrl(self) -> str:
        return QUrl.fromLocalFile(str(help_page(self.NAME))).toString()

    def createInstance(self) -> EngineAlgorithm:
        return type(self)()

    def createCustomParametersWidget(self, parent: QWidget | None = None) -> QWidget | None:
        """The dialog that QGIS opens; None for QGIS's own dialog.

        QGIS's own opens if this QGIS has no dialog that ours can build on.
        """
        from ..dialog.qgis_dialog import AlgorithmDialog  # noqa: PLC0415 (needs QGIS's window)

        if AlgorithmDialog is None:
            text = tr(
                "This QGIS is too new for the plugin's own dialog. QGIS's dialog opens, without estimate "
                "and commands. Update the plugin."
            )
            QgsMessageLog.logMessage(text, "Raster Segmenter", Qgis.MessageLevel.Warning)
            return None
        from ..dialog.dialog import Dialog  # noqa: PLC0415

        return Dialog(self, parent)

    def addParameters(self, *definitions: Any) -> None:
        """Add each of ``definitions`` with its help from the page of the algorithm."""
        texts = parameter_help(self.NAME)
        for definition in definitions:
            definition.setHelp(texts.get(definition.name(), ""))
            self.addParameter(definition)

    def canExecute(self) -> tuple[bool, str]:
        try:
            interpreter.find()
        except EngineError as error:
            return False, shown(error_text(error))
        return True, ""

    def checkParameterValues(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[bool, str]:
        """Check the values by our own rules before QGIS's, because our sentences say what to do."""
        for found in (
            checks.layer_problems(self, parameters, context),
            checks.value_problems(self, parameters),
            checks.output_problems(self, parameters, context),
            self.problems(parameters, context),
        ):
            for problem in found:
                return False, problem
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Make the job of the values. QGIS calls this in the main thread, where layers may be used."""
        try:
            self._job = self.job(parameters, context, feedback)
        except EngineError as error:
            raise QgsProcessingException(error_text(error)) from error
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        # Only here, since what is to be loaded must be told to the context of the thread that runs: the
        # dialog keeps no other.
        loaded: dict[str, str] = {}
        """The path of each output as QGIS itself writes it (on Windows with slashes), by the job's field."""
        for name in self.LAYERS:
            # Of an output that is left empty in a batch, QGIS would load the empty path.
            if getattr(self._job, name.lower()):
                loaded[name.lower()] = self.parameterAsOutputLayer(parameters, name, context)
        self._job = dataclasses.replace(
            self._job, **{name: os.path.abspath(output) for name, output in loaded.items()}
        )
        with runs.show(self._title(), self._job, feedback.cancel) as listener:
            results = self._results(run_job(self._job, feedback, listener))
        for output in loaded.values():
            layers.style_when_loaded(output, context)
        return results

    def _title(self) -> str:
        """The title of a run, which distinguishes it from others of the same algorithm."""
        outputs = [os.path.basename(output) for output in self._job.outputs() if output]
        return f"{self.displayName()}: {outputs[0]}" if outputs else self.displayName()

    def _results(self, values: dict[str, Any]) -> dict[str, Any]:
        """The value of each declared output: files from the job, figures from ``values``.

        Files that were not asked for are left out.
        """
        results: dict[str, Any] = {}
        for output in self.outputDefinitions():
            key = output.name().lower()
            if self.parameterDefinition(output.name()) in self.destinationParameterDefinitions():
                results[output.name()] = getattr(self._job, key) or None
            elif key in values:
                value = values[key]
                results[output.name()] = translated(value) if isinstance(value, Message) else value
            else:
                raise QgsProcessingException(
                    tr("The engine's result lacks {name}. Reinstall Raster Segmenter.").format(name=key)
                )
        return {name: value for name, value in results.items() if value is not None}

    # Values of parameters as fields of a job

    def make_job(
        self,
        kind: type[AnyJob],
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        **given: Any,
    ) -> AnyJob:
        """A job with the fields ``given``, and all other fields from the parameters of the same name.

        A parameter's name is its field's in upper case.
        """
        values = Values(self, parameters, context, feedback)
        return kind(**given, **values.fields(kind, set(given)))

    def references(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, dict[str, str]]:
        """The names and colours that the styles of the references give to classes, by reference path."""
        field = self.parameterAsString(parameters, "FIELD", context)
        references = self.parameterAsLayerList(parameters, "REFERENCE", context)
        paths = layers.paths(references, context, feedback)
        return {path: legend(layer, field, context.project()) for path, layer in zip(paths, references)}

    def unlabelled(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return UNLABELLED[self.parameterAsEnum(parameters, "UNLABELLED", context)]
