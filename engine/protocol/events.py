"""The events that the engine sends while it runs a job."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Union

from .errors import EngineError
from .messages import Message


@dataclass(frozen=True)
class Started:
    """The first event of a run: the device in use, and the reason for this choice."""

    device: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` ``unit`` so far, at ``rate`` units per second; 0 stands for unknown."""

    done: float
    total: float
    unit: str
    rate: float = 0.0
    remaining_s: float = 0.0

    @classmethod
    def after(cls, elapsed_s: float, done: float, total: float, unit: str) -> Progress:
        """Progress with its rate and the remaining time, if the rest takes as long as ``done`` has taken."""
        rate = done / max(elapsed_s, 1e-6)
        return cls(done, total, unit, rate, (total - done) / rate if rate else 0.0)


@dataclass(frozen=True)
class Log:
    """A sentence for the user; ``warning`` if the result may differ from what the user expects."""

    text: str
    warning: bool = False


@dataclass(frozen=True)
class Epoch:
    """The losses and the validation metrics (0 to 1) of one epoch; ``f1`` and ``iou`` are by class name."""

    number: int
    training_loss: float
    validation_loss: float
    mean_f1: float
    mean_iou: float
    overall_accuracy: float
    f1: dict[str, float]
    learning_rate: float
    seconds: float
    iou: dict[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Classes:
    """The classes of the run's maps in the order of their ids, with colours as ``#rrggbb``."""

    names: tuple[str, ...]
    colors: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """A window of a raster in which later outlines and tiles lie; they name it by its ``number``.

    ``transform`` (in GDAL's order) and ``crs`` (WKT, "" for none) are those of the raster. ``x`` and ``y``
    are the window's first column and row, ``width`` and ``height`` its size in pixels. Tiles show only the
    pixels whose column and row in the window are multiples of ``step``.
    """

    number: int
    crs: str
    transform: tuple[float, ...]
    x: int
    y: int
    width: int
    height: int
    step: int = 1


@dataclass(frozen=True)
class Outlines:
    """The windows to outline now; they replace earlier ones of the same ``kind``.

    Kinds are the ``training`` and ``validation`` blocks, the patches of the last ``batch``, and the windows
    in ``work``. Each window is the number of a frame, then x, y, width and height in pixels of its raster.
    """

    kind: str
    windows: tuple[Sequence[int], ...]


@dataclass(frozen=True)
class Tile:
    """A classified window of a frame; its place and size are in pixels of the frame's raster.

    ``preview`` holds one class id (uint8, 255 for none) for each pixel that the frame shows, row by row,
    compressed with zlib, in base64. ``counts`` are the numbers of all pixels of the window by class. A
    training sends the same validation window after each epoch, as the network classifies it then.
    """

    frame: int
    x: int
    y: int
    width: int
    height: int
    preview: str
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Result:
    """The last event of a run that succeeded: its figures and the files that it wrote."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The last event of a run that was cancelled or failed."""

    code: str
    message: str
    remedy: str = ""


Event = Union[Started, Progress, Log, Epoch, Classes, Frame, Outlines, Tile, Result, Failure]
Emit = Callable[[Event], None]
"""A function that takes the events of a run. It raises `Cancelled` to stop the run."""
_EVENTS: dict[str, Any] = {cls.__name__.lower(): cls for cls in typing.get_args(Event)}
CANCEL_LINE = json.dumps({"cancel": True})
IDLE_MARK = "\x1e"
"""The only text that the engine itself writes to stderr: a line that ends with this, after each job, when it
is idle. It is no event on stdout because it also divides what libraries print to stderr: everything before it
belongs to the last job. Two pipes have no order between them, so an event could not say that.
"""


def is_cancel(line: str) -> bool:
    """Whether ``line`` asks to stop the running job."""
    return line.strip() == CANCEL_LINE


def info(template: str, /, **values: Any) -> Log:
    """A `Log` that the user may want to know."""
    return Log(Message(template, **values))


def warning(template: str, /, **values: Any) -> Log:
    """A `Log` that warns: the result may differ from what the user expects."""
    return Log(Message(template, **values), warning=True)


def encode_event(event: Event) -> str:
    """One line of JSON that `parse_event` turns back into an equal event.

    Its sentences are in English. ``messages`` holds the template and the values of those that can be
    translated, by the name of the field or, for a `Result`, by the key among its values.
    """
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    texts = event.values if isinstance(event, Result) else values
    messages = {name: text.to_json() for name, text in texts.items() if isinstance(text, Message)}
    written = {"event": type(event).__name__.lower(), **values}
    return json.dumps({**written, "messages": messages} if messages else written, allow_nan=False)


def parse_event(line: str) -> Event:
    """The event on ``line``. Raises `EngineError` if the line is not an event of the engine."""
    try:
        values = json.loads(line)
        cls = _EVENTS[values.pop("event")]
        messages = {
            name: Message.from_json(text)
            for name, text in values.pop("messages", {}).items()
            if text is not None
        }
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        if cls is Result:
            fields["values"] = {**fields["values"], **messages}
        else:
            fields.update(messages)
        event: Event = cls(**fields)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise EngineError(
            "protocol",
            "The engine sent a line that is not an event ({error}): {line!r}.",
            "Reinstall Raster Segmenter.",
            error=error,
            line=line[:200],
        ) from None
    return event
