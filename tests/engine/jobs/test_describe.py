"""What a model or a network is said to be: on a page, in the log, and for programs."""

import json
import math
from dataclasses import asdict, replace

import pytest
import torch
from networks import NETWORKS
from safetensors.torch import save_file
from test_model_file import CARD

from engine.jobs import run
from engine.model_files import model_file
from engine.models import build_model
from engine.protocol import CARD_KEY, DescribeJob, EngineError, Log, Recipe, choice, choices, describe_recipe
from engine.reports.description import of_network

EPOCH = {
    "number": 1,
    "training_loss": 0.7,
    "validation_loss": 0.6,
    "mean_f1": 0.87,
    "mean_iou": 0.78,
    "overall_accuracy": 0.875,
    "f1": {"Wald": 0.86, "Wasser": 0.89},
    "learning_rate": 1e-3,
    "seconds": 2.0,
}
CARD = replace(CARD, history=(EPOCH,))


@pytest.fixture
def model(tmp_path):
    path = str(tmp_path / "m.safetensors")
    model_file.save(path, CARD, build_model("unet", 2, 2, **CARD.options).state_dict())
    return path


def described(job):
    """The figures, and the log as one text."""
    told = []
    values = run(job, told.append)
    return values, "\n".join(event.text for event in told if isinstance(event, Log))


def test_a_model_is_described(model, tmp_path):
    report, data = tmp_path / "r.html", tmp_path / "m.json"
    values, text = described(DescribeJob(model, report=str(report), json=str(data)))
    expected = sum(p.numel() for p in build_model("unet", 2, 2, **CARD.options).parameters())
    assert values["network"] == "unet" and values["parameters"] == expected
    assert (values["classes"], values["bands"]) == ("11 Wald, 42 Wasser", "Rot, Grün")
    for words in (
        "U-Net (unet), width = 4, depth = 2",
        "0.5 × 0.25 m",
        "Rot: mean 1.5, deviation 2.5",
        "11 Wald: colour #010203, F1 85.7 %, 15 px",
        "Overall accuracy: 87.5 %",
        "Best epoch: 1 of 1 run",
        "torch: 2",
    ):
        assert words in text
    assert "Wasser" in report.read_text(encoding="utf-8") and "87.5" in report.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))["classes"][1]["name"] == "Wasser"


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_is_described(name, tmp_path):
    """All that its file says is said: settings, source, what was left open, results, weights."""
    report, data = tmp_path / "r.html", tmp_path / "n.json"
    values, text = described(DescribeJob(network=name, report=str(report), json=str(data)))
    entry, page = choices("models")[name], report.read_text(encoding="utf-8")
    told = of_network(entry)
    assert values["network"] == name and values["parameters"] == sum(
        p.numel() for p in build_model(name).parameters()
    )
    assert entry.title in text and entry.about in text and f"{values['parameters']:,}" in text
    if entry.published:
        assert entry.published.source in text and entry.published.chosen in text
        assert all(
            f"{data}, {measure}: {value:g}" in text for data, measure, value in entry.published.results
        )
        assert page.count('<td class="text">') == len(entry.published.results)
    assert all(weights.url in text for weights in entry.weights.values())
    assert all(f"<h2>{heading}</h2>" in page for heading, _ in told.sections)
    assert json.loads(data.read_text(encoding="utf-8"))["name"] == name


def test_settings_are_said_in_words():
    recipe = Recipe(
        optimizer="sgd",
        learning_rate=0.01,
        rate_schedule="step",
        encoder_rate=0.5,
        weight_decay=5e-4,
        patch_px=384,
        batch=10,
        epochs=50,
        epoch_patches=8000,
        patience=0,
        sampling="grid",
        grid_px=480,
        augmentation="flips",
        auxiliary="distance",
    )
    assert dict(describe_recipe(recipe)) == {
        "Loss": "Cross-entropy",
        "Learns beside the classes": "distance",
        "Optimiser": "stochastic gradient descent, momentum 0.9, weight decay 0.0005",
        "Learning rate": "0.01, 0.5 of that in the encoder; falls to a tenth after 60 % of the training",
        "Patches": "384 × 384 px, 10 a step",
        "Patches are": "taken in steps of 480 px",
        "Patches are learnt": "flipped at random",
        "An epoch": "8,000 patches",
        "Epochs": "50 at most",
    }
    assert "20 without a better validation" in dict(describe_recipe(Recipe()))["Epochs"]


def test_a_trained_recipe_is_said(tmp_path):
    path = str(tmp_path / "m.safetensors")
    model_file.save(
        path, replace(CARD, recipe={"batch": 7}), build_model("unet", 2, 2, **CARD.options).state_dict()
    )
    assert "256 × 256 px, 7 a step" in described(DescribeJob(path))[1]


def test_the_page_of_a_model_says_its_settings(tmp_path):
    """A job leaves most of them to the network: the page must not."""
    path, page = str(tmp_path / "m.safetensors"), tmp_path / "r.html"
    weights = build_model("unet", 2, 2, **CARD.options).state_dict()
    model_file.save(path, replace(CARD, recipe=asdict(Recipe(batch=7, loss="dice"))), weights)
    run(DescribeJob(path, report=str(page)), lambda event: None)
    assert "256 × 256 px, 7 a step" in page.read_text("utf-8") and "Dice" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"recipe": {"sampling": "wild"}}, "sampling of a recipe cannot be 'wild'"),
        ({"recipe": {"optimizer": ["adam"]}}, "optimizer of a recipe"),
        ({"recipe": {"learning_rate": "high"}}, "learning_rate of a recipe"),
        ({"recipe": {"batch": 1.5}}, "batch of a recipe"),
        ({"recipe": {"epochs": math.nan}}, "epochs of a recipe"),
        ({"recipe": {"loss": "luck"}}, "no 'luck' in losses"),
        ({"recipe": {"speed": 3}}, "speed"),
        ({"network": ["unet"]}, r"network in its card cannot be \['unet'\]"),
        ({"history": [7]}, "history in its card"),
        ({"history": [{"number": 1}]}, "history in its card"),
        ({"history": []}, "best_epoch in its card cannot be 1"),
        ({"best_epoch": "x"}, "best_epoch in its card cannot be 'x'"),
        ({"samples": {"Wald": [1, "b"]}}, "samples in its card"),
        ({"features": {"Wald": -1}}, "features in its card"),
        ({"device": 7}, "device in its card cannot be 7"),
        ({"samples": {"Wald": [1, 2, 3]}}, "samples in its card"),
        ({"confusion": [["a", 1], [1, 1]]}, "confusion in its card"),
        ({"confusion": [[1, 1], [1]]}, "confusion in its card"),
        ({"confusion": []}, "confusion in its card"),
        ({"confusion": [[0, 0], [0, 0]]}, "confusion in its card"),
        ({"job": [1]}, "job in its card"),
        ({"versions": ["2"]}, "versions in its card"),
        ({"versions": {"torch": 2}}, "versions in its card"),
    ],
)
def test_a_record_that_cannot_be_told_is_refused(tmp_path, change, words):
    """In a sentence, and before anything is written."""
    path, page = tmp_path / "m.safetensors", tmp_path / "r.html"
    save_file({"w": torch.zeros(1)}, path, {CARD_KEY: json.dumps({**asdict(CARD), **change})})
    with pytest.raises(EngineError, match=words):
        run(DescribeJob(str(path), report=str(page)), lambda event: None)
    assert not page.exists()


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (DescribeJob(), "Neither a model nor a network"),
        (DescribeJob("m.safetensors", "unet"), "Both a model and a network"),
        (DescribeJob("nowhere.safetensors"), r"no model file nowhere\.safetensors"),
        (DescribeJob(network="wonder"), "no 'wonder' in models"),
    ],
)
def test_what_cannot_be_described_is_said(job, words):
    with pytest.raises(EngineError, match=words):
        run(job, lambda event: None)


def test_what_is_learnt_beside_the_classes_is_counted_apart():
    told = dict(of_network(choice("models", "urec")).sections[0][1])
    assert told["Parameters"] == "43,162,761, for 3 bands and 6 classes; 11,768,643 of them in training alone"


def test_options_are_those_of_the_network():
    narrow = of_network(choice("models", "unet", {"width": 8}))
    assert narrow.parameters < of_network(choice("models", "unet")).parameters
    assert ("Options", "width = 8, depth = 4") in narrow.sections[0][1]
