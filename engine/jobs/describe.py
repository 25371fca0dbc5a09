"""Describe: the facts about a model file, or about a network and its publication."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from ..files.atomic import atomic_write
from ..model_files import model_file
from ..protocol import DescribeJob, Emit, EngineError, Log, choice, message
from ..reports import description
from ..reports.network import network_html
from ..reports.training import training_html


def describe(job: DescribeJob, emit: Emit) -> dict[str, Any]:
    """Write the facts to the log, and to a page and a JSON file where the job names them."""
    if bool(job.model) == bool(job.network):
        both = message("Both a model and a network are named.")
        neither = message("Neither a model nor a network is named.")
        remedy = message("Give MODEL to describe a file, or NETWORK to describe a network.")
        raise EngineError("bad_job", both if job.model else neither, remedy)
    if job.model:
        card = model_file.load_card(job.model)
        model_file.require_record(job.model, card)
        described, page = description.of_model(card), training_html(card)
    else:
        described = description.of_network(choice("models", job.network))
        page = network_html(described)
    for line in described.lines():
        emit(Log(line))
    with contextlib.ExitStack() as stack:
        for path, text in (
            (job.report, page),
            (job.json, json.dumps(described.data, indent=2, ensure_ascii=False)),
        ):
            if path:
                stack.enter_context(atomic_write(path)).write_text(text, encoding="utf-8")
    return {
        "network": described.network,
        "classes": ", ".join(described.classes),
        "bands": ", ".join(described.bands),
        "parameters": described.parameters,
        "report": job.report,
        "json": job.json,
    }
