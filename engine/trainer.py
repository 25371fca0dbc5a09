"""Training: draw windows, step, validate each epoch, keep the best weights.

Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .dataset import Batch, Pairs
from .device import Device
from .legend import LegendClass
from .losses import build_loss
from .metrics import Metrics, confusion
from .models.network import Network
from .protocol import EngineError, Epoch, Event, Log
from .read_ahead import ReadAhead
from .sampler import Split, WindowSampler
from .scaling import Scaling
from .schedule import Budget, rate_at
from .windows import Window, round_up

_FEWEST_PATCHES, _MOST_PATCHES = 128, 4000
_PATIENCE = 20
_FORWARD_SHARE = 1 / 2
"""Of a training step's time, what the forward pass alone takes: a third by arithmetic, more where reading takes its time."""
_WEIGHT_DECAY = 0.01


@dataclass(frozen=True)
class Settings:
    """``minutes`` 0 = no limit; training ends by epochs or minutes, whichever comes first."""

    epochs: int
    minutes: float
    patch_px: int
    batch: int
    learning_rate: float
    loss: str
    seed: int


@dataclass(frozen=True)
class Trained:
    """The best epoch's weights and validation confusion matrix, and what each epoch run said."""

    weights: dict[str, Tensor]
    history: tuple[Epoch, ...]
    best_epoch: int
    confusion: NDArray[Any]


def patches_per_epoch(parts: Split, patch_px: int) -> int:
    """As many patches as cover the training part's labels once, within sensible limits for tiny and huge areas."""
    labelled_px = sum(sum(block.counts) for block in parts.training)
    return min(max(math.ceil(labelled_px / patch_px**2), _FEWEST_PATCHES), _MOST_PATCHES)


def train(
    network: Network,
    pairs: Pairs,
    parts: Split,
    scaling: Scaling,
    classes: Sequence[LegendClass],
    settings: Settings,
    device: Device,
    emit: Callable[[Event], None],
) -> Trained:
    """Train ``network`` in place; the returned weights are those of the epoch with the best validation mean F1."""
    rng = np.random.default_rng(settings.seed)
    sampler = WindowSampler(parts, pairs.sizes, settings.patch_px, pairs.margin_px)
    steps = math.ceil(patches_per_epoch(parts, settings.patch_px) / settings.batch)
    stepper = _Stepper(network, scaling, settings, device)
    budget = _budget(parts, settings, steps)
    history: list[Epoch] = []
    best = Trained({}, (), 0, np.zeros((len(classes), len(classes)), dtype=np.int64))
    emit(Log(f"An epoch is {steps * settings.batch} patches of {settings.patch_px} px; at most {settings.epochs} epochs."))
    with ReadAhead(pairs.read) as reader:
        for number in range(1, settings.epochs + 1):
            started, losses = time.monotonic(), []
            for batch in reader.each(_requests(sampler, settings.batch, steps, rng)):
                losses.append(stepper.step(batch, rate_at(budget.used, settings.learning_rate)))
                budget.done_steps += 1
                emit(budget.progress())
                if budget.used >= 1:
                    break
            trained = time.monotonic()
            loss, matrix = stepper.validate(reader, parts, len(classes), lambda: emit(budget.progress()))
            budget.validation_s = time.monotonic() - trained
            epoch = _epoch(number, losses, loss, matrix, classes, stepper.rate, time.monotonic() - started)
            history.append(epoch)
            emit(epoch)
            if not best.history or epoch.mean_f1 > history[best.best_epoch - 1].mean_f1:
                weights = {name: tensor.detach().cpu().clone() for name, tensor in network.state_dict().items()}
                best = Trained(weights, (epoch,), number, matrix)
            if budget.used >= 1 or number - best.best_epoch >= _PATIENCE:
                break
    emit(budget.finished())
    if number - best.best_epoch >= _PATIENCE:
        emit(Log(f"Stopped early: no better mean F1 in {_PATIENCE} epochs."))
    return Trained(best.weights, tuple(history), best.best_epoch, best.confusion)


def _budget(parts: Split, settings: Settings, steps: int) -> Budget:
    validated_px = sum(block.window.pixels for block in parts.validation)
    validation_steps = _FORWARD_SHARE * validated_px / (settings.batch * settings.patch_px**2)
    return Budget(settings.epochs * steps, settings.minutes * 60, validation_steps)


def _requests(sampler: WindowSampler, batch: int, steps: int, rng: np.random.Generator) -> Iterator[list[tuple[int, Window]]]:
    for _ in range(steps):
        yield sampler.draw(batch, rng)


Reader = ReadAhead[Sequence[tuple[int, Window]], Batch]


class _Stepper:
    """Network, optimiser and loss on their device."""

    def __init__(self, network: Network, scaling: Scaling, settings: Settings, device: Device) -> None:
        device.place(network)
        self._network, self._scaling, self._device = network, scaling, device
        self._loss = build_loss(settings.loss)
        self._optimizer = torch.optim.AdamW(_decayed_apart(network), lr=settings.learning_rate)
        # Half-precision gradients underflow in float16, not in bfloat16.
        self._scaler = torch.amp.GradScaler(device.backend.type, enabled=device.half is torch.float16)
        self._generator = torch.Generator().manual_seed(settings.seed)

    @property
    def rate(self) -> float:
        return float(self._optimizer.param_groups[0]["lr"])

    def step(self, batch: Batch, learning_rate: float) -> float:
        """One step of the optimiser on ``batch``, turned and flipped at random; the batch's loss."""
        self._network.train()
        for group in self._optimizer.param_groups:
            group["lr"] = learning_rate
        image_BCHW = self._scaling.apply(batch.image_BCHW.to(self._device.backend), batch.valid_BHW.to(self._device.backend))
        image_BCHW, ids_BHW = turn_and_flip(image_BCHW, batch.ids_BHW.to(self._device.backend), self._generator)
        loss: Tensor = self._loss(self._device.forward(self._network, image_BCHW, half=True), ids_BHW.long())
        value = loss.item()
        if not math.isfinite(value):
            raise EngineError(
                "diverged", f"Training diverged: the loss became {value}.", f"Set LEARNING_RATE below {learning_rate:.2g}."
            )
        self._optimizer.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        self._scaler.step(self._optimizer)
        self._scaler.update()
        return value

    @torch.inference_mode()
    def validate(self, reader: Reader, parts: Split, classes: int, alive: Callable[[], None]) -> tuple[float, NDArray[Any]]:
        """Loss and confusion matrix over the validation blocks; ``alive`` is called after each."""
        self._network.eval()
        matrix = np.zeros((classes, classes), dtype=np.int64)
        losses, weights = [], []
        # Blocks of odd sizes are read a little larger, and compared on the block itself.
        windows = [[(block.image, _legal(block.window, self._network.multiple_px))] for block in parts.validation]
        for block, batch in zip(parts.validation, reader.each(windows)):
            image_BCHW = self._scaling.apply(batch.image_BCHW.to(self._device.backend), batch.valid_BHW.to(self._device.backend))
            logits_BKHW = self._device.forward(self._network, image_BCHW, half=True)
            rows, columns = slice(0, block.window.height), slice(0, block.window.width)
            logits_BKHW, ids_BHW = logits_BKHW[..., rows, columns], batch.ids_BHW[..., rows, columns]
            losses.append(self._loss(logits_BKHW, ids_BHW.to(self._device.backend).long()).item())
            weights.append(sum(block.counts))
            matrix += confusion(ids_BHW.numpy(), logits_BKHW.argmax(1).to(torch.uint8).cpu().numpy(), classes)
            alive()
        return float(np.average(losses, weights=weights)), matrix


def _legal(window: Window, multiple_px: int) -> Window:
    return Window(window.x, window.y, round_up(window.width, multiple_px), round_up(window.height, multiple_px))


def _decayed_apart(network: nn.Module) -> list[dict[str, object]]:
    """Weight decay for convolution weights only: shrinking biases and norms gains nothing."""
    decayed = [p for p in network.parameters() if p.ndim > 1]
    free = [p for p in network.parameters() if p.ndim <= 1]
    return [{"params": decayed, "weight_decay": _WEIGHT_DECAY}, {"params": free, "weight_decay": 0.0}]


def turn_and_flip(image_BCHW: Tensor, ids_BHW: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Each sample in one of the eight orientations of a square, image and labels alike."""
    images, ids = [], []
    for image_CHW, ids_HW, way in zip(image_BCHW, ids_BHW, torch.randint(8, (len(ids_BHW),), generator=generator).tolist()):
        turned = [torch.rot90(tensor, way % 4, (-2, -1)) for tensor in (image_CHW, ids_HW)]
        images.append(turned[0].flip(-1) if way >= 4 else turned[0])
        ids.append(turned[1].flip(-1) if way >= 4 else turned[1])
    return torch.stack(images), torch.stack(ids)


def _epoch(
    number: int,
    losses: Sequence[float],
    validation_loss: float,
    matrix: NDArray[Any],
    classes: Sequence[LegendClass],
    learning_rate: float,
    seconds: float,
) -> Epoch:
    metrics = Metrics.of(matrix)
    return Epoch(
        number=number,
        training_loss=float(np.mean(losses)),
        validation_loss=validation_loss,
        mean_f1=metrics.mean_f1,
        mean_iou=metrics.mean_iou,
        overall_accuracy=metrics.overall_accuracy,
        f1={c.name: f1 for c, f1 in zip(classes, metrics.f1) if f1 is not None},
        learning_rate=learning_rate,
        seconds=seconds,
    )
