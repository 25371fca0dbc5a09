"""Train segmenter: trains a network on images and labels, and writes a model file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ...engine.protocol import SCHEDULES, EngineError, TrainJob, choice, choices, recipe_line
from ..layers import paths
from ..parameters import definitions as make
from ..parameters.text_values import parse_options, parse_renames
from ..parameters.values import Values
from ..text import error_text, tr
from .base import EngineAlgorithm, Parameters


class TrainAlgorithm(EngineAlgorithm):
    """The algorithm `train`, which trains a network and writes a model file."""

    NAME = "train"
    CAN_BE_ESTIMATED = True

    def displayName(self) -> str:
        return tr("Train segmenter")

    def shortDescription(self) -> str:
        return tr("Trains a neural network on the classes of polygons or of a class raster.")

    def tags(self) -> list[str]:
        return tr(
            "deep learning,neural network,u-net,semantic segmentation,land cover,training,classification"
        ).split(",")

    def shortHelpString(self) -> str:
        return super().shortHelpString() + "\n" + _networks()

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterMultipleLayers("INPUT", tr("Images"), QgsProcessing.SourceType.TypeRaster),
            *make.references(tr("Labels: polygons or class rasters")),
            make.unlabelled(TrainJob),
            make.choice(TrainJob, "NETWORK", tr("Network"), _with_first(TrainJob.network, choices("models"))),
            make.number(TrainJob, "MINUTES", tr("Minutes at most (0: no limit)")),
            *map(make.advanced, self._expert_parameters()),
            make.file_output("MODEL", tr("Model"), make.MODEL_FILES, optional=False),
            make.report(),
        )
        for name, title in self._figures().items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def _expert_parameters(self) -> list[Any]:
        return [
            make.enum(TrainJob, "SCHEDULE", tr("Training settings"), SCHEDULES, self._schedules()),
            make.extra(),
            make.number(TrainJob, "EPOCHS", tr("Epochs at most (0: automatic)")),
            make.area(tr("Use labels only inside these polygons")),
            make.renames(),
            QgsProcessingParameterString(
                "OPTIONS", tr("Options of the network (name=number …)"), optional=True
            ),
            make.choice(TrainJob, "LOSS", tr("Loss"), [TrainJob.loss, *choices("losses")]),
            make.choice(TrainJob, "AUXILIARY", tr("Second task beside the classes")),
            make.choice(TrainJob, "AUGMENTATION", tr("Random changes of the patches"), optional=True),
            QgsProcessingParameterFile(
                "INITIAL",
                tr("Weights to start from: a file, or a name such as imagenet"),
                QgsProcessingParameterFile.Behavior.File,
                fileFilter=make.WEIGHT_FILES,
                optional=True,
            ),
            make.number(TrainJob, "PATCH_PX", tr("Side of a training patch in pixels (0: automatic)")),
            make.number(TrainJob, "BATCH", tr("Patches per step (0: automatic)")),
            make.number(TrainJob, "LEARNING_RATE", tr("Learning rate (0: automatic)"), decimals=6),
            make.number(TrainJob, "VALIDATION", tr("Fraction of the labelled blocks kept for validation")),
            make.area(tr("Validate inside these polygons instead"), "VALIDATION_AREA"),
            make.switch(TrainJob, "RESUME", tr("Continue an interrupted training")),
            make.number(TrainJob, "SEED", tr("Seed of the random numbers")),
            make.switch(
                TrainJob, "DETERMINISTIC", tr("The same seed gives the same model on a GPU too (slower)")
            ),
            make.choice(TrainJob, "DEVICE", tr("Device")),
        ]

    def _schedules(self) -> dict[str, str]:
        return {"recommended": tr("Recommended"), "as_published": tr("As published with the network")}

    def _figures(self) -> dict[str, str]:
        return {
            "OVERALL_ACCURACY": tr("Overall accuracy in validation"),
            "MEAN_F1": tr("Mean F1 in validation"),
            "MEAN_IOU": tr("Mean IoU in validation"),
            "BEST_EPOCH": tr("Best epoch"),
            "EPOCHS_RUN": tr("Epochs run"),
            "SECONDS": tr("Seconds"),
        }

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        try:
            parse_renames(self.parameterAsString(parameters, "RENAMES", context))
            options = parse_options(self.parameterAsString(parameters, "OPTIONS", context))
            network = choice("models", self.parameterAsEnumString(parameters, "NETWORK", context), options)
        except EngineError as error:
            yield error_text(error)
            return
        auxiliary = self.parameterAsEnumString(parameters, "AUXILIARY", context)
        if auxiliary not in (TrainJob.auxiliary, "none", *network.auxiliary):
            yield tr(
                "{network} cannot learn {auxiliary} as a second task. Set AUXILIARY to auto or none."
            ).format(network=network.title, auxiliary=auxiliary)
        if self._schedule(parameters, context) == "as_published" and not network.published:
            yield tr(
                "{network} is our own variant: no settings were published. Set SCHEDULE to recommended."
            ).format(network=network.title)
        initial = self._initial(parameters, context)
        if initial and initial not in network.weights and not Path(initial).is_file():
            known = ", ".join(network.weights) or tr("none for this network")
            yield tr(
                "INITIAL is {path}: no such file, and no published weights of that name ({known})."
            ).format(path=initial, known=known)

    def _schedule(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return SCHEDULES[self.parameterAsEnum(parameters, "SCHEDULE", context)]

    def _initial(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """The initial weights: a name of published weights is not changed, a file gets its absolute path."""
        initial = self.parameterAsString(parameters, "INITIAL", context)
        network = choices("models")[self.parameterAsEnumString(parameters, "NETWORK", context)]
        return initial if not initial or initial in network.weights else paths.absolute(initial)

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> TrainJob:
        references = self.references(parameters, context, feedback)
        return self.make_job(
            TrainJob,
            parameters,
            context,
            feedback,
            images=Values(self, parameters, context, feedback).layers("INPUT"),
            references=tuple(references),
            unlabelled=self.unlabelled(parameters, context),
            legends={path: titles for path, titles in references.items() if titles},
            renames=parse_renames(self.parameterAsString(parameters, "RENAMES", context)),
            options=parse_options(self.parameterAsString(parameters, "OPTIONS", context)),
            schedule=self._schedule(parameters, context),
            initial=self._initial(parameters, context),
        )


def _networks() -> str:
    """Each network with its description and the training in its paper, as HTML."""
    items = []
    for entry in choices("models").values():
        published = entry.published
        how = (
            f" {tr('As published')}: {recipe_line(published.recipe)}. ({published.source})"
            if published
            else ""
        )
        items.append(
            f"<li><b>{entry.name}</b> ({escape(entry.title)}): {escape(entry.about + how, quote=False)}</li>"
        )
    return f"<h3>{tr('Networks')}</h3>\n<ul>{''.join(items)}</ul>"


def _with_first(first: str, names: Iterable[str]) -> list[str]:
    """``names`` in alphabetical order, with the default ``first`` at the top."""
    return sorted(names, key=lambda name: (name != first, name))
