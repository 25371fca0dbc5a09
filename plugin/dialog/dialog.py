"""The dialog of our algorithms: QGIS's own, with an estimate of the run, and the run as a command to copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from processing.tools.dataobjects import createContext
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu, QPushButton, QWidget

from ...engine.protocol import CheckJob, EngineError, EstimateJob, Job, Started, encode_job
from ..engine_client import interpreter
from ..engine_client.feedback import device_line
from ..text import error_text, tr, translated
from . import commands
from .background_job import BackgroundJob
from .estimate_text import in_words
from .qgis_dialog import AlgorithmDialog, values_in, wrappers_in


class Dialog(AlgorithmDialog):  # type: ignore[misc]  # QGIS has no types
    """Shows the device as soon as it is known and, if asked, how long the run would take."""

    def __init__(self, algorithm: Any, parent: QWidget | None = None) -> None:
        super().__init__(algorithm, parent=parent)
        algorithm.provider().dialogs.add(self)
        self._next: Callable[[], None] | None = None
        """The function to call when the engine has answered."""
        self._asked: Job | None = None
        self._devices: dict[str, Started] = algorithm.provider().devices
        self.background = BackgroundJob(self)
        self.background.started.connect(self._show_device)
        self.background.done.connect(self._show_estimate)
        self.background.failed.connect(self._show_failure)
        self.background.over.connect(self._go_on)
        self.estimate_label = QLabel()
        self.estimate_label.setWordWrap(True)
        self.estimate_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.estimate_label.setAccessibleName(tr("Estimate"))
        layout = self.layout()
        layout.insertWidget(layout.indexOf(self.buttonBox()), self.estimate_label)
        self._add_buttons()
        for wrapper in wrappers_in(self.mainWidget()):
            wrapper.widgetValueHasChanged.connect(self._forget_estimate)

    def _add_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole.ResetRole  # at the left
        self.estimate_button = QPushButton(tr("Estimate"))
        self.estimate_button.setToolTip(
            tr("Measures how long the run would take, on which device and with how much memory")
        )
        self.estimate_button.clicked.connect(self.estimate)
        self.copy_button = QPushButton(tr("Copy as"))
        menu = QMenu(self.copy_button)
        for title, copy in (
            (tr("Python command"), self.copy_python),
            (tr("qgis_process command"), self.copy_terminal),
            (tr("Engine job, for a machine without QGIS"), self.copy_job),
        ):
            menu.addAction(title).triggered.connect(lambda _checked=False, copy=copy: copy())
        self.copy_button.setMenu(menu)
        if self.algorithm().CAN_BE_ESTIMATED:
            self.buttonBox().addButton(self.estimate_button, role)
        self.buttonBox().addButton(self.copy_button, role)

    # The estimate

    def estimate(self) -> None:
        """Ask the engine to measure the time and memory that a run with these values would take."""
        if job := self._job():
            self.estimate_button.setEnabled(False)
            self.estimate_label.setText(tr("Measuring …"))
            self._when_free(lambda: self._ask(EstimateJob(encode_job(job))))

    def _when_free(self, do: Callable[[], None]) -> None:
        """Call ``do`` now, or once the dialog's own job is over, because two jobs at a time are slower."""
        if self.background.busy:
            self._next = do
        else:
            do()

    def _ask(self, job: Job) -> None:
        self._asked = job
        self.background.run(job)

    def showEvent(self, event: Any) -> None:
        """Ask the engine for its device, unless it is known; this also starts an engine for the run."""
        super().showEvent(event)
        if self.estimate_label.text():  # it was shown before, or something is being measured
            return
        try:
            path = interpreter.find().path
        except EngineError as error:
            self.estimate_label.setText(translated(error.message))
            return
        if path in self._devices:
            self._show_device(self._devices[path])
        elif not self.background.busy:
            self._ask(CheckJob(only_device=True))

    def _show_device(self, started: Started) -> None:
        if isinstance(self._asked, CheckJob):
            self._devices[interpreter.find().path] = started
        measuring = isinstance(self._asked, EstimateJob) or not self.estimate_button.isEnabled()
        end = "\n" + tr("Measuring …") if measuring else ""
        self.estimate_label.setText(f"{device_line(started)}{end}")

    def _show_estimate(self, values: dict[str, Any]) -> None:
        if not isinstance(self._asked, CheckJob):
            device = self.estimate_label.text().splitlines()[0]
            self.estimate_label.setText(f"{device}\n{in_words(values)}")

    def _forget_estimate(self, *_: Any) -> None:
        """Remove an estimate of values that have changed. The device stays."""
        if self.estimate_button.isEnabled():
            self.estimate_label.setText("".join(self.estimate_label.text().splitlines()[:1]))

    def _show_failure(self, message: str) -> None:
        self.estimate_label.setText(message)

    def _go_on(self) -> None:
        do, self._next = self._next, None
        if do:
            do()
        else:
            self.estimate_button.setEnabled(True)

    # The run

    def runAlgorithm(self) -> None:
        """Run as soon as the dialog's own job is over."""
        self.background.stop()
        self._when_free(self._run)

    def _run(self) -> None:
        self.estimate_button.setEnabled(True)
        super().runAlgorithm()

    def closeEvent(self, event: Any) -> None:
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Stop the dialog's own job when Esc closes the dialog, because Qt sends no close event then."""
        self._stop()
        super().reject()

    def _stop(self) -> None:
        self._next = None
        self.background.stop()

    # Commands

    def copy_python(self) -> None:
        self._copy(commands.python_command)

    def copy_terminal(self) -> None:
        self._copy(commands.terminal_command)

    def copy_job(self) -> None:
        values = self._values()
        if values and not self._warn_of_unsaved(*values) and (job := self._job()):
            self._to_clipboard(commands.engine_job(job), commands.engine_hint(job))

    def _copy(self, command: Any) -> None:
        values = self._values()
        if values and not self._warn_of_unsaved(*values):
            self._to_clipboard(command(self.algorithm(), *values), tr("Copied."))

    def _warn_of_unsaved(self, parameters: dict[str, Any], context: QgsProcessingContext) -> bool:
        """Warn of layers with unsaved data, which another process would not find; True if there are any."""
        names = commands.unsaved(self.algorithm(), parameters, context)
        if names:
            self._warn(
                tr("Save {layers} first: another program cannot read unsaved layers and edits.").format(
                    layers=", ".join(names)
                )
            )
        return bool(names)

    def _to_clipboard(self, text: str, done: str) -> None:
        QgsApplication.clipboard().setText(text)
        self.messageBar().pushMessage("", done, Qgis.MessageLevel.Info, 5)

    def _values(self) -> tuple[dict[str, Any], QgsProcessingContext] | None:
        """The values in the dialog if it can be run; otherwise the user sees the reason why not."""
        context = createContext()
        parameters, problem = values_in(self.mainWidget(), self.algorithm())
        if not problem:
            sound, reason = self.algorithm().checkParameterValues(parameters, context)
            problem = "" if sound else reason
        if problem:
            self._warn(problem)
            return None
        return parameters, context

    def _job(self) -> Job | None:
        values = self._values()
        QApplication.setOverrideCursor(
            Qt.CursorShape.WaitCursor
        )  # layers that are no files are written to one
        try:
            return self.algorithm().job(*values, QgsProcessingFeedback(False)) if values else None
        except (EngineError, QgsProcessingException) as error:
            self._warn(error_text(error) if isinstance(error, EngineError) else str(error))
            return None
        finally:
            QApplication.restoreOverrideCursor()

    def _warn(self, text: str) -> None:
        self.messageBar().clearWidgets()
        self.messageBar().pushMessage("", text, Qgis.MessageLevel.Warning, 0)
