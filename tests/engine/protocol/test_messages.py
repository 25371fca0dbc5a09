"""Sentences that can be translated: in errors and logs, on their way as events, and in another language."""

from __future__ import annotations

import numpy as np
import pytest

from engine.protocol import (
    Cancelled,
    EngineError,
    Failure,
    Log,
    Message,
    Result,
    encode_event,
    info,
    joined,
    message,
    parse_event,
    warning,
)

GERMAN = {
    "{path} has {bands:,} bands.": "{path} hat {bands:,} Kanäle.",
    "Choose a file with {needed} bands.": "Wählen Sie eine Datei mit {needed} Kanälen.",
}


def german(template):
    return GERMAN.get(template, template)


def test_a_message_is_its_english_text():
    text = message("{path} has {bands:,} bands.", path="a.tif", bands=np.int64(1200))
    assert text == "a.tif has 1,200 bands." and text.translated(german) == "a.tif hat 1,200 Kanäle."
    assert text.to_json() == {
        "template": "{path} has {bands:,} bands.",
        "values": {"path": "a.tif", "bands": 1200},
    }


@pytest.mark.parametrize(
    ("separators", "text"),
    [
        ((), "v1.2, a.tif has 1,234,567 px, 12.5%, 0.25 m, 3.5."),
        ((".", ","), "v1.2, a.tif has 1.234.567 px, 12,5%, 0,25 m, 3.5."),
        (("\u202f", ","), "v1.2, a.tif has 1\u202f234\u202f567 px, 12,5%, 0,25 m, 3.5."),
    ],
    ids=["English", "German", "French"],
)
def test_formatted_numbers_have_the_separators_of_the_language(separators, text):
    part = message("{share:.1%}, {size:g} m", share=0.125, size=0.25)
    sentence = message(
        "v1.2, {path:s} has {n:,} px, {part}, {plain}.", path="a.tif", n=1234567, part=part, plain=3.5
    )
    assert sentence.translated(str, *separators) == text


def test_a_template_without_values_is_literal():
    assert message("{braces} stay") == "{braces} stay" == message("{braces} stay").translated(german)


def test_values_fill_both_sentences_of_an_error():
    error = EngineError(
        "bands",
        "{path} has {bands:,} bands.",
        "Choose a file with {needed} bands.",
        path="{a}.tif",
        bands=3,
        needed=4,
    )
    assert str(error) == "{a}.tif has 3 bands. Choose a file with 4 bands."
    assert error.remedy.translated(german) == "Wählen Sie eine Datei mit 4 Kanälen."


def test_advice_keeps_type_and_template():
    error = Cancelled().advised(info("{n} are left.", n=2).text, "")
    assert type(error) is Cancelled and error.code == "cancelled" and error.remedy == "2 are left."
    assert (
        error.remedy.translated({"{n} are left.": "{n} bleiben.", "{part0}": "{part0}"}.get) == "2 bleiben."
    )


def test_joined_keeps_each_template():
    text = joined(message("{path} has {bands:,} bands.", path="a", bands=1), "", "Plain.")
    assert text == "a has 1 bands. Plain." and text.translated(german) == "a hat 1 Kanäle. Plain."


@pytest.mark.parametrize(
    "event",
    [
        info("{path} has {bands:,} bands.", path="a", bands=3),
        warning("{all}", all=joined(message("{n:.2f}", n=1.5), "b")),
        Log("as it is {}"),
        Failure("code", message("{a}", a="b"), message("{c}", c=None)),
        warning("{share:.1%} are far off.", share=float("nan")),
        warning("{all}", all=message("{share:.1%} are far off.", share=float("nan"))),
    ],
    ids=range(6),
)
def test_events_carry_template_and_values(event):
    came = parse_event(encode_event(event))
    assert came == event
    if isinstance(event, Log) and isinstance(event.text, Message) and "nan" not in event.text:
        assert came.text.template == event.text.template and came.text.values == event.text.values


def test_results_carry_template_and_values():
    reason = message("{n} GPUs are there.", n=2)
    came = parse_event(encode_event(Result({"device": "cpu", "reason": reason, "seconds": 1.5})))
    assert came == Result({"device": "cpu", "reason": "2 GPUs are there.", "seconds": 1.5})
    assert came.values["reason"].template == "{n} GPUs are there."


@pytest.mark.parametrize(
    "messages", ['{"text": 1}', '{"text": {"template": "{a}", "values": {"b": 1}}}', '{"text": {}}', "[]"]
)
def test_a_garbled_message_is_no_event(messages):
    with pytest.raises(EngineError, match="not an event"):
        parse_event(f'{{"event": "log", "text": "x", "messages": {messages}}}')
