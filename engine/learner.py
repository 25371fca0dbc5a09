"""A network with its loss and its optimiser, on their device: one step, one validation.

Legend: B batch, C bands, D auxiliary maps, K classes, H height, W width.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .augmentation import augmented
from .dataset import Batch
from .device import Device
from .legend import IGNORE
from .losses import build_auxiliary_loss, build_loss
from .metrics import confusion
from .models import Maps, Network
from .models.blocks import centre_crop
from .protocol import EngineError, Recipe
from .read_ahead import ReadAhead
from .sampler import Split
from .scaling import Scaling
from .schedule import rate_at
from .windows import Window

Reader = ReadAhead[Sequence[tuple[int, Window]], Batch]
_EARLIER_STAGE = 0.5
"""Weight of the loss of an earlier stage's logits beside that of the last one."""


class Validator:
    """``network`` and its loss on their device, to be measured."""

    def __init__(self, network: Network, scaling: Scaling, loss: nn.Module, device: Device) -> None:
        device.place(network)
        self._network, self._scaling, self._device = network, scaling, device
        self._loss = loss.to(device.backend)

    @torch.inference_mode()
    def validate(self, reader: Reader, parts: Split, classes: int, alive: Callable[[], None]) -> tuple[float, NDArray[Any]]:
        """Loss and confusion matrix over the validation blocks; ``alive`` is called after each."""
        self._network.eval()
        matrix = np.zeros((classes, classes), dtype=np.int64)
        losses, weights = [], []
        # Blocks of sizes that are not legal are read a little larger, and compared on the block itself.
        windows = [[(block.image, self._legal(block.window))] for block in parts.validation]
        for block, batch in zip(parts.validation, reader.each(windows)):
            logits_BKHW = self._device.forward(self._network, self._scaled(batch), half=True)
            rows, columns = slice(0, block.window.height), slice(0, block.window.width)
            logits_BKHW, ids_BHW = logits_BKHW[..., rows, columns], batch.ids_BHW[..., rows, columns]
            losses.append(self._loss(logits_BKHW, ids_BHW.to(self._device.backend).long()).item())
            weights.append(sum(block.counts))
            matrix += confusion(ids_BHW.numpy(), logits_BKHW.argmax(1).to(torch.uint8).cpu().numpy(), classes)
            alive()
        return float(np.average(losses, weights=weights)), matrix

    def _legal(self, window: Window) -> Window:
        return Window(window.x, window.y, self._network.legal_px(window.width), self._network.legal_px(window.height))

    def _scaled(self, batch: Batch) -> Tensor:
        return self._scaling.apply(batch.image_BCHW.to(self._device.backend), batch.valid_BHW.to(self._device.backend))

    def weights(self) -> dict[str, Tensor]:
        """A copy of what classifying needs: all weights but those of the auxiliary."""
        state = self._network.state_dict()
        return {name: tensor.detach().cpu().clone() for name, tensor in state.items() if not name.startswith("auxiliary.")}


class Learner(Validator):
    """Steps ``network`` by ``recipe``; ``shares_K`` are the classes' shares of the training labels."""

    def __init__(
        self, network: Network, scaling: Scaling, recipe: Recipe, shares_K: Sequence[float], device: Device, seed: int
    ) -> None:
        super().__init__(network, scaling, build_loss(recipe.loss, shares_K), device)
        self._recipe = recipe
        self._auxiliary_loss = build_auxiliary_loss(recipe.auxiliary) if recipe.auxiliary != "none" else None
        self._optimizer = _optimizer(network, recipe)
        # Half-precision gradients underflow in float16, not in bfloat16.
        self._scaler = torch.amp.GradScaler(device.backend.type, enabled=device.half is torch.float16)
        self._generator = torch.Generator().manual_seed(seed)
        self.learning_rate = recipe.learning_rate

    def step(self, batch: Batch, used: float) -> float:
        """One step of the optimiser on ``batch`` when ``used`` of the training is gone; the batch's loss."""
        self._network.train()
        self.learning_rate = rate_at(used, self._recipe.learning_rate, self._recipe.rate_schedule)
        for group in self._optimizer.param_groups:
            group["lr"] = self.learning_rate * group["share"]
        maps = [self._scaled(batch), *self._here(batch.valid_BHW, batch.ids_BHW, batch.distance_BDHW)]
        image_BCHW, valid_BHW, ids_BHW, *distances = augmented(self._recipe.augmentation, self._generator, *maps)
        learnt = self._device.maps(self._network, image_BCHW)
        loss = self._judge(learnt, ids_BHW.long())
        if learnt.auxiliary_BDHW is not None:
            size = ids_BHW.shape[-2:]
            target_BDHW = distances[0] if distances else centre_crop(image_BCHW, *size)
            counted_BHW = ids_BHW != IGNORE if distances else centre_crop(valid_BHW, *size)
            assert self._auxiliary_loss
            loss = self._auxiliary_loss(loss, learnt.auxiliary_BDHW, target_BDHW, counted_BHW)
        value = loss.item()
        if not math.isfinite(value):
            rate = self.learning_rate
            raise EngineError("diverged", f"Training diverged: the loss became {value}.", f"Set LEARNING_RATE below {rate:.2g}.")
        self._optimizer.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        self._scaler.step(self._optimizer)
        self._scaler.update()
        return value

    def _judge(self, learnt: Maps, ids_BHW: Tensor) -> Tensor:
        loss: Tensor = self._loss(learnt.logits_BKHW, ids_BHW)
        for logits_BKHW in learnt.earlier:
            loss = loss + _EARLIER_STAGE * self._loss(logits_BKHW, ids_BHW)
        return loss

    def _here(self, *tensors: Tensor | None) -> list[Tensor]:
        return [tensor.to(self._device.backend) for tensor in tensors if tensor is not None]


def _optimizer(network: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    groups = _groups(network, recipe)
    betas = (recipe.momentum, 0.999)
    if recipe.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=betas)
    if recipe.optimizer == "adam":
        return torch.optim.Adam(groups, lr=recipe.learning_rate, betas=betas)
    assert recipe.optimizer == "sgd", recipe.optimizer
    return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=recipe.momentum)


def _groups(network: nn.Module, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters by their share of the learning rate and their weight decay.

    Weight decay is for convolution weights only: shrinking biases and norms gains nothing.
    """
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        share = recipe.encoder_rate if name.startswith("encoder.") else 1.0
        groups.setdefault((share, recipe.weight_decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": params, "share": share, "weight_decay": decay} for (share, decay), params in groups.items()]
