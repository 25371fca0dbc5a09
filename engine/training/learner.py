"""A network with its loss and its optimiser, on their device: one step, one validation.

Legend: B batch, C bands, D auxiliary maps, K classes, H height, W width.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..compute.device import Device
from ..compute.normalisation import Normalisation
from ..core.cache import keep_freed_memory
from ..core.legend import IGNORE
from ..core.out_of_memory import is_out_of_memory
from ..losses import build_auxiliary_loss, build_loss
from ..models import Network, NetworkOutput
from ..models.blocks import centre_crop
from ..protocol import Emit, EngineError, Log, Recipe
from .augmentation import augmented, shifted
from .cuda_graph import CudaGraph
from .dataset import Batch
from .schedule import rate_at
from .validator import Validator
from .winograd import multiply_less

_EARLIER_STAGE = 0.5
"""Weight of the loss of an earlier stage's logits beside that of the last one."""
_YOUNG = 5
"""The average of the weights reaches back over a fifth of the steps at first."""


class Diverged(EngineError):
    """The loss is no number any more."""


class Learner(Validator):
    """Steps ``network`` by ``recipe``; ``shares_K`` are the classes' shares of the training labels.

    Where the recipe averages, what is validated and given away are the averaged weights, as in Izmailov et
    al., "Averaging weights leads to wider optima and better generalization" (UAI 2018), here with older
    weights counting ever less.
    """

    def __init__(
        self,
        network: Network,
        scaling: Normalisation,
        recipe: Recipe,
        shares_K: Sequence[float],
        device: Device,
        seed: int,
        emit: Emit = lambda event: None,
        pieces: int = 1,
        extra_bands: int = 0,
    ) -> None:
        super().__init__(network, scaling, build_loss(recipe.loss, shares_K), device)
        if device.backend.type == "cpu":
            keep_freed_memory()
        multiply_less(network, device)
        network.dropout_share = recipe.dropout
        self._recipe = recipe
        self._auxiliary_loss = build_auxiliary_loss(recipe.auxiliary) if recipe.auxiliary != "none" else None
        self._optimizer = _optimizer(network, recipe, device)
        self._replay = CudaGraph(network, device, emit)
        # Half-precision gradients underflow in float16, not in bfloat16.
        self._scaler = torch.amp.GradScaler(device.backend.type, enabled=device.half is torch.float16)
        self._generator = torch.Generator().manual_seed(seed)
        self.learning_rate = recipe.learning_rate
        self._losses: list[Tensor] = []
        self._emit, self._pieces, self._planned_pieces, self._steps = emit, pieces, pieces, 0
        self._extra_bands = extra_bands
        if recipe.averaging:
            self._validated = copy.deepcopy(network).requires_grad_(False)
            here, there = network.state_dict(), self._validated.state_dict()
            averaged = [name for name, tensor in here.items() if tensor.is_floating_point()]
            self._averages, self._present = ([of[name] for name in averaged] for of in (there, here))

    def record(self, bands: int) -> None:
        """Make steps on a GPU faster; before anything is read ahead."""
        if self._pieces > 1:
            return  # their gradients would be added up in the recording's own memory
        side_px = self._recipe.patch_px + 2 * self._network.margin_px
        self._replay.record((self._recipe.batch, bands, side_px, side_px))

    def step(self, batch: Batch, used: float) -> None:
        """One step of the optimiser on ``batch`` when ``used`` of the training is gone."""
        self._network.train()
        self.learning_rate = rate_at(used, self._recipe.learning_rate, self._recipe.rate_schedule)
        for group in self._optimizer.param_groups:
            group["lr"] = self.learning_rate * group["share"]
        maps = [self._scaled(batch), *self._here(batch.valid_BHW, batch.ids_BHW, batch.distance_BDHW)]
        maps = augmented(self._recipe.augmentation, self._generator, *maps)
        if self._extra_bands and self._recipe.extra_shift:
            maps[0] = shifted(self._generator, maps[0], maps[1], self._extra_bands, self._recipe.extra_shift)
        self._losses.append(self._gradients(maps))
        # To ask a GPU for what it computes now would make both wait for each other.
        for value in self._losses[-2:-1] if self._device.is_async else self._losses[-1:]:
            self._require_finite(value)
        self._scaler.step(self._optimizer)
        self._scaler.update()
        self._steps += 1
        if self._recipe.averaging:
            self._average()

    def _require_finite(self, loss: Tensor) -> None:
        if not math.isfinite(value := loss.item()):
            rate = self.learning_rate
            raise Diverged(
                "diverged",
                f"Training diverged: the loss became {value}.",
                f"Set LEARNING_RATE below {rate:.2g}.",
            )

    def mean_loss(self) -> float:
        """Of the batches since the last call."""
        losses, self._losses = torch.stack(self._losses).double(), []
        self._require_finite(losses[-1])
        return float(losses.mean())

    def _gradients(self, maps: Sequence[Tensor]) -> Tensor:
        """Loss and gradients of a batch; in ever more pieces, one after the other, where memory does not
        suffice for all.
        """
        while True:
            self._optimizer.zero_grad(set_to_none=True)
            try:
                losses = []
                for piece in zip(*(one.chunk(self._pieces) for one in maps)):
                    share, loss = len(piece[0]) / len(maps[0]), self._loss_of(*piece)
                    self._scaler.scale(loss * share).backward()  # type: ignore[no-untyped-call]
                    losses.append(share * loss.detach())
                return torch.stack(losses).sum()
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error) or self._pieces >= len(maps[0]):
                    raise
            if self._pieces == self._planned_pieces:
                self._emit(
                    Log("Memory ran out: each batch is computed in more pieces from now on.", warning=True)
                )
            self._pieces = min(2 * self._pieces, len(maps[0]))
            self._replay.forget()
            self._device.free()

    def _loss_of(self, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor, *distances: Tensor) -> Tensor:
        learnt = self._replay.maps(image_BCHW)
        loss = self._judge(learnt, ids_BHW.long())
        if learnt.auxiliary_BDHW is not None:
            size = ids_BHW.shape[-2:]
            target_BDHW = distances[0] if distances else centre_crop(image_BCHW, *size)
            counted_BHW = ids_BHW != IGNORE if distances else centre_crop(valid_BHW, *size)
            assert self._auxiliary_loss  # nosec B101 (the recipe gives the network its map and this its loss)
            loss = self._auxiliary_loss(loss, learnt.auxiliary_BDHW, target_BDHW, counted_BHW)
        return loss

    @torch.no_grad()
    def _average(self) -> None:
        """Bring the averaged weights, and the statistics of batch norms, nearer to the present ones."""
        kept = min(self._recipe.averaging, (1 + self._steps) / (_YOUNG + self._steps))
        torch._foreach_lerp_(self._averages, self._present, 1 - kept)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Tensors and facts (JSON's types) that `restore` goes on from as if nothing had been."""
        optimizer = self._optimizer.state_dict()["state"]
        tensors = {
            **{f"network {name}": tensor for name, tensor in self._network.state_dict().items()},
            **{
                f"optimizer {n} {key}": value
                for n, kept in optimizer.items()
                for key, value in kept.items()
                if value is not None
            },
            "random": self._generator.get_state(),
            "random torch": torch.get_rng_state(),
        }
        if self._recipe.averaging:
            tensors.update(
                {f"average {name}": tensor for name, tensor in self._validated.state_dict().items()}
            )
        if self._device.backend.type == "cuda":
            tensors["random cuda"] = torch.cuda.get_rng_state()
        return tensors, {"steps": self._steps, "pieces": self._pieces, "scaler": self._scaler.state_dict()}

    def restore(self, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Go on from a `state` of a learner of the same network and recipe."""

        def of(kind: str) -> dict[str, Tensor]:
            return {
                name.removeprefix(f"{kind} "): tensor
                for name, tensor in tensors.items()
                if name.startswith(f"{kind} ")
            }

        self._network.load_state_dict(of("network"))
        kept: dict[int, dict[str, Tensor]] = {}
        for name, tensor in of("optimizer").items():
            number, key = name.split()
            kept.setdefault(int(number), {})[key] = tensor
        self._optimizer.load_state_dict(
            {"state": kept, "param_groups": self._optimizer.state_dict()["param_groups"]}
        )
        if self._recipe.averaging:
            self._validated.load_state_dict(of("average"))
        self._generator.set_state(tensors["random"])
        torch.set_rng_state(tensors["random torch"])
        if "random cuda" in tensors:
            torch.cuda.set_rng_state(tensors["random cuda"])
        self._steps, self._pieces = facts["steps"], max(self._pieces, facts["pieces"])
        self._scaler.load_state_dict(facts["scaler"])

    def _judge(self, learnt: NetworkOutput, ids_BHW: Tensor) -> Tensor:
        loss: Tensor = self._loss(learnt.logits_BKHW, ids_BHW)
        for logits_BKHW in learnt.earlier:
            loss = loss + _EARLIER_STAGE * self._loss(logits_BKHW, ids_BHW)
        return loss

    def _here(self, *tensors: Tensor | None) -> list[Tensor]:
        return [self._device.receive(tensor) for tensor in tensors if tensor is not None]


def _optimizer(network: nn.Module, recipe: Recipe, device: Device) -> torch.optim.Optimizer:
    groups = _groups(network, recipe)
    betas, fused = (recipe.momentum, 0.999), device.is_async or None
    if recipe.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=betas, fused=fused)
    if recipe.optimizer == "adam":
        return torch.optim.Adam(groups, lr=recipe.learning_rate, betas=betas, fused=fused)
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=recipe.momentum)
    raise ValueError(f"{recipe.optimizer} takes no steps")


def _groups(network: nn.Module, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters by their share of the learning rate and their weight decay.

    Weight decay is for convolution weights only: shrinking biases and norms gains nothing.
    """
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        share = recipe.encoder_rate if name.startswith("encoder.") else 1.0
        groups.setdefault((share, recipe.weight_decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [
        {"params": params, "share": share, "weight_decay": decay} for (share, decay), params in groups.items()
    ]
