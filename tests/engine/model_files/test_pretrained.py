"""Weights to start from: where they come from, what fits, what is adapted, and what is refused."""

import hashlib
import http.server
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from networks import SMALL, STEPPED, small
from safetensors.torch import save_file
from test_model_file import CARD

from engine.core.legend import LegendClass
from engine.files.download import cache_folder, fetch
from engine.model_files import model_file
from engine.model_files.pretrained import load_initial
from engine.model_files.transfer import adapt_bands
from engine.models import build_model
from engine.protocol import Cancelled, EngineError, Log, Progress, PublishedWeights, choice, choices

PUBLISHED = [(name, key) for name, entry in choices("models").items() for key in entry.weights]


@pytest.fixture
def told():
    """An emit that keeps the sentences."""

    class Told(list):
        def __call__(self, event):
            if isinstance(event, Log):
                self.append(event.text)

        def __contains__(self, words):
            return any(words in text for text in self)

    return Told()


def unet(classes=2, bands=3, **options):
    options = {"width": 4, "depth": 2, **options}
    return build_model("unet", bands, classes, **options), choice("models", "unet", options)


def save_model(path, filled, classes=2, bands=3, **changes):
    card = replace(
        CARD,
        bands=tuple(model_file.Band(f"b{n}", 0.0, 1.0) for n in range(bands)),
        classes=tuple(LegendClass(n, f"c{n}", (0, 0, 0)) for n in range(classes)),
        **changes,
    )
    model_file.save(str(path), card, filled.state_dict())
    return str(path)


# ── files ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["safetensors", "pth", "legacy", "nested", "parallel"])
def test_the_network_then_holds_the_weights_of_the_file(tmp_path, told, form):
    (there, entry), (here, _) = unet(), unet()
    weights, path = there.state_dict(), tmp_path / ("w.safetensors" if form == "safetensors" else "w.pth")
    if form == "safetensors":
        save_file(weights, path)
    elif form == "legacy":
        torch.save(weights, path, _use_new_zipfile_serialization=False)
    elif form == "nested":
        torch.save({"epoch": 3, "state_dict": weights}, path)
    else:
        torch.save(
            {f"{'module.' * (form == 'parallel')}{name}": tensor for name, tensor in weights.items()}, path
        )
    load_initial(here, str(path), entry, told)
    assert all(torch.equal(tensor, here.state_dict()[name]) for name, tensor in weights.items())
    assert f"{len(weights)} of {len(weights)} tensors, 100%" in told and len(told) == 1


def test_code_in_a_file_is_refused_and_not_run(tmp_path, told):
    class Bomb:
        def __reduce__(self):
            return Path.touch, (tmp_path / "exploded",)

    network, entry = unet()
    torch.save({"weight": torch.zeros(1), "bomb": Bomb()}, tmp_path / "w.pth")
    with pytest.raises(EngineError, match=r"could run code.*safetensors"):
        load_initial(network, str(tmp_path / "w.pth"), entry, told)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.safetensors", b"nonsense", "holds no weights that can be read"),
        ("w.pth", b"", "holds no weights that can be read"),
        ("w.pth", b"hello world, no weights here\n" * 20, "that can be read: KeyError"),
        ("w.pth", {"score.weight": torch.zeros(2, 4).to_sparse()}, "it has no tensors by name"),
        (
            "w.pth",
            {"score.weight": torch.zeros(2, 4, 1, 1, dtype=torch.complex64)},
            "it has no tensors by name",
        ),
        ("w.pth", [1, 2], "it is a list, not tensors by name"),
        ("w.pth", {"epoch": 1}, "it has no tensors by name"),
    ],
)
def test_a_file_without_weights_is_refused(tmp_path, told, name, content, words):
    network, entry = unet()
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        torch.save(content, path)
    with pytest.raises(EngineError, match=words):
        load_initial(network, str(path), entry, told)


@pytest.mark.parametrize(
    ("name", "words"), [("unet", "no weights are published"), ("segnet", "one of: imagenet")]
)
def test_an_unknown_name_is_refused_with_the_known_ones(told, name, words):
    with pytest.raises(
        EngineError, match=rf"'coco', neither a file nor published weights of {name}\. .*{words}"
    ):
        load_initial(unet()[0], "coco", choice("models", name), told)


def test_what_does_not_fit_is_named_with_both_shapes(tmp_path, told):
    network, entry = unet()
    save_file({"score.weight": torch.zeros(7, 4, 1, 1)}, tmp_path / "w.safetensors")
    with pytest.raises(
        EngineError, match=r"score\.weight is 7 × 4 × 1 × 1 in w\.safetensors, and 2 × 4 × 1 × 1"
    ):
        load_initial(network, str(tmp_path / "w.safetensors"), entry, told)


def test_weights_of_which_nothing_fits_are_refused(tmp_path, told):
    network, entry = unet()
    save_file({"stem.weight": torch.zeros(7)}, tmp_path / "w.safetensors")
    with pytest.raises(
        EngineError, match=r"Nothing in w\.safetensors fits this network: it holds stem\.weight; the network"
    ):
        load_initial(network, str(tmp_path / "w.safetensors"), entry, told)


# ── bands ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("bands", [1, 2, 3, 4, 13])
def test_grey_images_get_the_same_response_in_any_number_of_bands(bands):
    filters, grey = torch.randn(8, 3, 5, 5), torch.randn(1, 1, 9, 9)
    expected = torch.conv2d(grey.expand(-1, 3, -1, -1), filters)
    assert torch.allclose(
        torch.conv2d(grey.expand(-1, bands, -1, -1), adapt_bands(filters, bands)), expected, atol=1e-4
    )


def test_colours_keep_their_filters_and_further_bands_get_the_mean():
    filters = torch.randn(8, 3, 5, 5)
    adapted = adapt_bands(filters, 5) * 5 / 3
    assert torch.allclose(adapted[:, :3], filters)
    assert torch.allclose(adapted[:, 3:], filters.mean(1, keepdim=True).expand(-1, 2, -1, -1), atol=1e-6)
    assert torch.equal(adapt_bands(filters, 3), filters)


def test_the_first_layer_is_adapted_and_said(tmp_path, told):
    (there, _), (here, entry) = unet(), unet(bands=5)
    save_file(there.state_dict(), tmp_path / "w.safetensors")
    load_initial(here, str(tmp_path / "w.safetensors"), entry, told)
    assert torch.allclose(here.down[0][0].weight, adapt_bands(there.down[0][0].weight, 5))
    assert "Adapted to the image's bands: down.0.0.weight." in told


# ── models of ours ───────────────────────────────────────────────────────────────────────────────


def test_a_model_of_ours_is_taken_whole(tmp_path, told):
    (there, _), (here, entry) = unet(), unet()
    load_initial(
        here, save_model(tmp_path / "m.safetensors", there, options=entry.options), entry, told, ["c0", "c1"]
    )
    assert torch.equal(here.score.weight, there.score.weight) and "100%" in told


def told_its_classes(tmp_path, told, name, classes):
    """Weights of a network of the classes c0 and c1; of one of ``classes``, before and after it started from
    those.
    """
    there, here = (
        small(name, classes=2, auxiliary="none"),
        small(name, classes=len(classes), auxiliary="none", seed=1),
    )
    entry = choice("models", name, SMALL[name])
    path = save_model(tmp_path / "m.safetensors", there, network=name, options=entry.options)
    before = {key: tensor.clone() for key, tensor in here.state_dict().items()}
    load_initial(here, path, entry, told, classes)
    return there.state_dict(), before, here.state_dict()


@pytest.mark.slow
@pytest.mark.parametrize("name", STEPPED)
def test_other_classes_get_a_head_of_their_own(tmp_path, told, name):
    """All else is taken, by every network there is."""
    wanted, before, after = told_its_classes(tmp_path, told, name, list("abcde"))
    assert "initialised at random: " in told
    for key, tensor in after.items():
        assert torch.equal(tensor, wanted[key] if wanted[key].shape == tensor.shape else before[key]), key


@pytest.mark.slow
@pytest.mark.parametrize("name", STEPPED)
def test_what_is_known_of_a_class_goes_with_its_name(tmp_path, told, name):
    """Class 1 there is class 2 here, another is new, and one is gone: in every tensor that goes by
    classes.
    """
    (wanted, before, after), changed = told_its_classes(tmp_path, told, name, ["new", "else", "C1"]), 0
    for key, tensor in after.items():
        differ = [a != b for a, b in zip(wanted[key].shape, tensor.shape)]
        if not any(differ):
            assert torch.equal(tensor, wanted[key]), key
        elif all(size == 2 for size, other in zip(wanted[key].shape, differ) if other):
            ours, theirs = (tuple(place if other else slice(None) for other in differ) for place in (2, 1))
            assert torch.equal(tensor[ours], wanted[key][theirs]), key
            tensor[ours] = before[key][ours]
            assert torch.equal(tensor, before[key]), key
            changed += 1
        else:  # goes by classes and something else together
            assert torch.equal(tensor, before[key]), key
    # The patch CNN's last layer has an output for each class and each pixel of its patch.
    assert (changed or name == "patch_cnn") and "C1 are among these" in told


def test_as_many_other_classes_are_not_taken_for_the_same(tmp_path, told):
    (there, _), (here, entry) = unet(), unet()
    fresh = here.score.weight.clone()
    load_initial(
        here, save_model(tmp_path / "m.safetensors", there, options=entry.options), entry, told, ["x", "y"]
    )
    assert torch.equal(here.score.weight, fresh) and "knows other classes" in told


@pytest.mark.parametrize("bands", [2, 5])
def test_a_model_of_other_bands_is_adapted_and_said(tmp_path, told, bands):
    (there, _), (here, entry) = unet(bands=4), unet(bands=bands)
    load_initial(
        here,
        save_model(tmp_path / "m.safetensors", there, bands=4, options=entry.options),
        entry,
        told,
        ["c0", "c1"],
    )
    grey_B1HW = torch.randn(1, 1, 16, 16)
    there.eval(), here.eval()
    assert torch.allclose(
        there(grey_B1HW.expand(-1, 4, -1, -1)), here(grey_B1HW.expand(-1, bands, -1, -1)), atol=1e-5
    )
    assert f"was made for 4 bands, and its first layer is adapted to {bands}" in told


def test_a_model_of_another_network_or_other_options_is_refused(tmp_path, told):
    (there, entry), (wider, other) = unet(), unet(width=8)
    path = save_model(tmp_path / "m.safetensors", there, options=entry.options)
    with pytest.raises(
        EngineError,
        match=r"m\.safetensors is unet \(width=4, depth=2\), but NETWORK is unet \(width=8, depth=2\)",
    ):
        load_initial(wider, path, other, told)


# ── published weights ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "key"), PUBLISHED)
def test_published_weights_say_where_they_are_and_carry_their_checksum(name, key):
    weights = choices("models")[name].weights[key]
    assert weights.url.startswith("https://") and weights.about.endswith(".")
    assert set(weights.sha256) <= set("0123456789abcdef") and len(weights.sha256) in (8, 64)
    assert f"-{weights.sha256[:8]}." in weights.url.rsplit("/", maxsplit=1)[1]


def test_weights_of_torchvision_find_their_places_and_the_rest_is_said(tmp_path, told):
    """A small VGG-16 by torchvision's names, for images of four bands."""
    there, here, entry = (
        small("fcn8s"),
        small("fcn8s", bands=4, seed=1),
        choice("models", "fcn8s", SMALL["fcn8s"]),
    )
    weights = {f"features.{name}": tensor for name, tensor in there.encoder.features.state_dict().items()}
    for layer, dense in ((0, there.fc6), (3, there.fc7)):
        weights |= {
            f"classifier.{layer}.weight": dense.weight.flatten(1),
            f"classifier.{layer}.bias": dense.bias,
        }
    torch.save(
        {**weights, "classifier.6.weight": torch.zeros(1000, 16), "classifier.6.bias": torch.zeros(1000)},
        tmp_path / "v.pth",
    )
    load_initial(here, str(tmp_path / "v.pth"), entry, told)
    assert torch.equal(here.encoder.features[0].weight, adapt_bands(there.encoder.features[0].weight, 4))
    for ours, theirs in (
        (here.fc6, there.fc6),
        (here.fc7, there.fc7),
        (here.encoder.features[2], there.encoder.features[2]),
    ):
        assert torch.equal(ours.weight, theirs.weight) and torch.equal(ours.bias, theirs.bias)
    assert "Adapted to the image's bands: encoder.features.0.weight." in told
    assert "Left out of v.pth: classifier.6.weight, classifier.6.bias." in told
    assert "Not in v.pth, so initialised at random: score_32.weight" in told


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A folder on the web, and an empty cache."""
    folder = tmp_path / "web"
    folder.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_):
            pass

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "*")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.slow
def test_a_published_file_is_fetched_once(server, told):
    folder, url = server
    network, entry = unet()
    torch.save(unet()[0].state_dict(), folder / "w.pth")
    digest = hashlib.sha256((folder / "w.pth").read_bytes()).hexdigest()
    entry = replace(entry, weights={"imagenet": PublishedWeights(f"{url}/w.pth", digest[:8], "Small.")})
    load_initial(network, "imagenet", entry, told)
    assert f"Fetching {url}/w.pth" in told
    (folder / "w.pth").unlink()
    load_initial(network, "imagenet", entry, told)
    assert "was fetched before" in told and [path.name for path in cache_folder().iterdir()] == ["w.pth"]


@pytest.mark.slow
def test_a_damaged_file_in_the_cache_is_fetched_again(server, told):
    folder, url = server
    (folder / "w.pth").write_bytes(b"right")
    cache_folder().mkdir(parents=True)
    (cache_folder() / "w.pth").write_bytes(b"wrong")
    assert fetch(f"{url}/w.pth", hashlib.sha256(b"right").hexdigest(), told).read_bytes() == b"right"


@pytest.mark.slow
def test_another_file_than_the_published_one_is_not_kept(server, told):
    folder, url = server
    (folder / "w.pth").write_bytes(b"changed")
    with pytest.raises(
        EngineError, match=r"w\.pth is not the published file: .* begins with d67e2e94, not with 00000000"
    ):
        fetch(f"{url}/w.pth", "00000000", told)
    assert list(cache_folder().iterdir()) == []


@pytest.mark.slow
def test_what_cannot_be_fetched_is_said_with_the_way_around(server, told):
    with pytest.raises(
        EngineError, match=r"gone\.pth could not be fetched: File not found\. .*download the file by hand"
    ):
        fetch(f"{server[1]}/gone.pth", "00000000", told)
    with pytest.raises(EngineError, match=r"http://127\.0\.0\.1:9/w\.pth could not be fetched: .*refused"):
        fetch("http://127.0.0.1:9/w.pth", "00000000", told)
    assert list(cache_folder().iterdir()) == []


@pytest.mark.slow
def test_a_cancelled_download_leaves_nothing(server):
    folder, url = server
    (folder / "w.pth").write_bytes(bytes(3 << 20))

    def cancel(event):
        if isinstance(event, Progress):
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(f"{url}/w.pth", "00000000", cancel)
    assert list(cache_folder().iterdir()) == []
