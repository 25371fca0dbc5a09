"""The protocol between the engine and the program that uses it: QGIS, a script or a cluster.

A *job* goes in as one line of JSON, and *events* come out as lines of JSON. Both are frozen dataclasses. The
fields of a job own their defaults and limits, so dialogs, job files and model cards all use the same ones.
This package needs the standard library alone: QGIS imports it, and nothing else of the engine.
"""

from .class_title import ClassTitle
from .crashes import ILLEGAL_INSTRUCTION, crash
from .errors import Cancelled, EngineError
from .events import (
    CANCEL_LINE,
    IDLE_MARK,
    Classes,
    Emit,
    Epoch,
    Event,
    Failure,
    Frame,
    Log,
    Outlines,
    Progress,
    Result,
    Started,
    Tile,
    encode_event,
    info,
    is_cancel,
    parse_event,
    warning,
)
from .figure import Figure, figures
from .job import AUXILIARIES, DEVICES, SCHEDULES, UNLABELLED, VERSION, Job
from .job_json import encode_job, parse_job
from .jobs import (
    JOBS,
    CheckJob,
    ClassifyJob,
    DescribeJob,
    EstimateJob,
    EvaluateJob,
    ExportJob,
    SamplePointsJob,
)
from .messages import Message, joined, message
from .model_card import CARD_KEY, read_card
from .open_files import in_use, is_free, is_in_use, remove_file, replace_file
from .partial_files import is_held, is_locked, journal_path, partial_files, partial_path, unfinished
from .recipe import UNLIMITED, Published, PublishedWeights, Recipe
from .recipe_text import Rows, describe_recipe, recipe_line
from .registry import Choice, choice, choices
from .train_job import TrainJob

__all__ = [
    "AUXILIARIES",
    "CANCEL_LINE",
    "CARD_KEY",
    "DEVICES",
    "IDLE_MARK",
    "ILLEGAL_INSTRUCTION",
    "JOBS",
    "SCHEDULES",
    "UNLABELLED",
    "UNLIMITED",
    "VERSION",
    "Cancelled",
    "CheckJob",
    "Choice",
    "ClassTitle",
    "Classes",
    "ClassifyJob",
    "DescribeJob",
    "Emit",
    "EngineError",
    "Epoch",
    "EstimateJob",
    "EvaluateJob",
    "Event",
    "ExportJob",
    "Failure",
    "Figure",
    "Frame",
    "Job",
    "Log",
    "Message",
    "Outlines",
    "Progress",
    "Published",
    "PublishedWeights",
    "Recipe",
    "Result",
    "Rows",
    "SamplePointsJob",
    "Started",
    "Tile",
    "TrainJob",
    "choice",
    "choices",
    "crash",
    "describe_recipe",
    "encode_event",
    "encode_job",
    "figures",
    "in_use",
    "info",
    "is_cancel",
    "is_free",
    "is_held",
    "is_in_use",
    "is_locked",
    "joined",
    "journal_path",
    "message",
    "parse_event",
    "parse_job",
    "partial_files",
    "partial_path",
    "read_card",
    "recipe_line",
    "remove_file",
    "replace_file",
    "unfinished",
    "warning",
]  # fmt: skip
