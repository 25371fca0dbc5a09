"""A network with its loss and its optimiser on their device: gradients of a batch, and a step.

Legend: B batch, C bands, D auxiliary maps, K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..compute.device import Device
from ..compute.kernels import prepare_network
from ..compute.normalisation import Normalisation
from ..compute.transfer import to_device
from ..core.cache import keep_freed_memory
from ..core.legend import IGNORE
from ..core.out_of_memory import is_out_of_memory
from ..losses import build_auxiliary_loss, build_loss
from ..models import Network, NetworkOutput
from ..models.blocks import centre_crop
from ..protocol import Emit, Recipe, warning
from .augmentation import augment, shift_bands
from .averaged_network import AveragedNetwork
from .cuda_graph import CudaGraph
from .dataset import Batch
from .winograd import use_winograd

_INTERMEDIATE_WEIGHT = 0.5
"""Weight of the loss of an earlier stage's logits beside that of the last stage."""


class Learner:
    """Trains ``network`` by ``recipe``.

    Args:
        network: trained in place.
        normalisation: of the images' bands.
        recipe: loss, optimiser, augmentation and averaging of the weights.
        class_frequencies: each class's share of the training labels.
        device: computes the steps.
        seed: of the augmentation.
        emit: takes warnings.
        accumulation_steps: parts that each batch is computed in, one after the other.
        extra_bands: how many of the last bands come from further rasters.
    """

    def __init__(
        self,
        network: Network,
        normalisation: Normalisation,
        recipe: Recipe,
        class_frequencies: Sequence[float],
        *,
        device: Device,
        seed: int,
        emit: Emit = lambda event: None,
        accumulation_steps: int = 1,
        extra_bands: int = 0,
    ) -> None:
        if device.backend.type == "cpu":
            keep_freed_memory()
        prepare_network(network, device)
        use_winograd(network, device)
        network.encoder_dropout = recipe.dropout
        self._network, self._normalisation, self._recipe = network, normalisation, recipe
        self._device, self._emit, self._extra_bands = device, emit, extra_bands
        self.loss = build_loss(recipe.loss, class_frequencies).to(device.backend)
        self._auxiliary_loss = build_auxiliary_loss(recipe.auxiliary) if recipe.auxiliary != "none" else None
        self._optimizer = _optimizer(network, recipe, device)
        self._cuda_graph = CudaGraph(network, device, emit)
        # Half-precision gradients underflow in float16, not in bfloat16.
        self._scaler = torch.amp.GradScaler(device.backend.type, enabled=device.half is torch.float16)
        self._generator = torch.Generator().manual_seed(seed)
        self._accumulation_steps = self._planned_accumulation_steps = accumulation_steps
        self._steps = 0
        self._averaged = AveragedNetwork(network, recipe.averaging) if recipe.averaging else None

    @property
    def result(self) -> Network:
        """The network to validate and to save: the one of averaged weights, if the recipe averages them."""
        return self._averaged.module if self._averaged else self._network

    def capture(self, bands: int) -> None:
        """Capture the passes of a step on a GPU, which makes it faster; call it before other threads read."""
        if self._accumulation_steps > 1:
            return  # their gradients would be added up in the graph's own memory
        side_px = self._recipe.patch_px + 2 * self._network.margin_px
        self._cuda_graph.capture((self._recipe.batch, bands, side_px, side_px))

    def backward(self, batch: Batch) -> Tensor:
        """The loss of ``batch``, augmented, as a scalar on the device; the parameters have its gradients."""
        self._network.train()
        image_BCHW, valid_BHW = (to_device(one, self._device) for one in (batch.image_BCHW, batch.valid_BHW))
        maps = [self._normalisation.apply(image_BCHW, valid_BHW), valid_BHW]
        maps += [
            to_device(one, self._device) for one in (batch.ids_BHW, batch.distance_BDHW) if one is not None
        ]
        maps = augment(self._recipe.augmentation, self._generator, *maps)
        if self._extra_bands and self._recipe.extra_shift:
            shift_bands(self._generator, maps[0], maps[1], self._extra_bands, self._recipe.extra_shift)
        return self._accumulate_gradients(maps)

    def step(self, learning_rate: float) -> None:
        """One step of the optimiser by the gradients of the last `backward`."""
        for group in self._optimizer.param_groups:
            group["lr"] = learning_rate * group["lr_factor"]
        self._scaler.step(self._optimizer)
        self._scaler.update()
        self._steps += 1
        if self._averaged:
            self._averaged.update_parameters(self._network)

    def _accumulate_gradients(self, maps: Sequence[Tensor]) -> Tensor:
        """Loss and gradients of a batch; if memory is too small, in more and smaller parts."""
        batch = len(maps[0])
        while True:
            self._optimizer.zero_grad(set_to_none=True)
            try:
                losses = []
                for part in zip(*(one.chunk(self._accumulation_steps) for one in maps)):
                    weight, loss = len(part[0]) / batch, self._compute_loss(*part)
                    self._scaler.scale(loss * weight).backward()  # type: ignore[no-untyped-call]
                    losses.append(weight * loss.detach())
                return torch.stack(losses).sum()
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error) or self._accumulation_steps >= batch:
                    raise
            if self._accumulation_steps == self._planned_accumulation_steps:
                self._emit(warning("Memory ran out: each batch is computed in more parts from now on."))
            self._accumulation_steps = min(2 * self._accumulation_steps, batch)
            self._cuda_graph.release()
            self._device.free()

    def _compute_loss(
        self, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor, distance_BDHW: Tensor | None = None
    ) -> Tensor:
        output = self._cuda_graph.forward(image_BCHW)
        loss = self._class_loss(output, ids_BHW.long())
        if output.auxiliary_BDHW is None:
            return loss
        size = ids_BHW.shape[-2:]
        if distance_BDHW is None:
            target_BDHW, counted_BHW = centre_crop(image_BCHW, *size), centre_crop(valid_BHW, *size)
        else:
            target_BDHW, counted_BHW = distance_BDHW, ids_BHW != IGNORE
        assert self._auxiliary_loss  # nosec B101 (the recipe gives the network its map and this its loss)
        total: Tensor = self._auxiliary_loss(loss, output.auxiliary_BDHW, target_BDHW, counted_BHW)
        return total

    def _class_loss(self, output: NetworkOutput, ids_BHW: Tensor) -> Tensor:
        loss: Tensor = self.loss(output.logits_BKHW, ids_BHW)
        for logits_BKHW in output.intermediate_logits:
            loss = loss + _INTERMEDIATE_WEIGHT * self.loss(logits_BKHW, ids_BHW)
        return loss

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Tensors and facts (JSON's types) from which `restore` continues exactly."""
        tensors = {
            **_prefixed("network", self._network.state_dict()),
            **{
                f"optimizer {number} {key}": value
                for number, values in self._optimizer.state_dict()["state"].items()
                for key, value in values.items()
                if value is not None
            },
            "random": self._generator.get_state(),
            "random torch": torch.get_rng_state(),
        }
        if self._averaged:
            tensors.update(_prefixed("average", self._averaged.module.state_dict()))
        if self._device.backend.type == "cuda":
            tensors["random cuda"] = torch.cuda.get_rng_state()
        facts = {
            "steps": self._steps,
            "pieces": self._accumulation_steps,
            "scaler": self._scaler.state_dict(),
        }
        return tensors, facts

    def restore(self, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Continue from the `state` of a learner of the same network and recipe."""
        self._network.load_state_dict(_without_prefix("network", tensors))
        values: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _without_prefix("optimizer", tensors).items():
            number, key = name.split()
            values.setdefault(int(number), {})[key] = tensor
        groups = self._optimizer.state_dict()["param_groups"]
        self._optimizer.load_state_dict({"state": values, "param_groups": groups})
        self._generator.set_state(tensors["random"])
        torch.set_rng_state(tensors["random torch"])
        if "random cuda" in tensors:
            torch.cuda.set_rng_state(tensors["random cuda"])
        self._steps = facts["steps"]
        self._accumulation_steps = max(self._accumulation_steps, facts["pieces"])
        self._scaler.load_state_dict(facts["scaler"])
        if self._averaged:
            self._averaged.resume(_without_prefix("average", tensors), self._steps)


def _prefixed(kind: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {f"{kind} {name}": tensor for name, tensor in tensors.items()}


def _without_prefix(kind: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    start = f"{kind} "
    return {name.removeprefix(start): tensor for name, tensor in tensors.items() if name.startswith(start)}


def _optimizer(network: nn.Module, recipe: Recipe, device: Device) -> torch.optim.Optimizer:
    groups = _parameter_groups(network, recipe)
    betas, fused = (recipe.momentum, 0.999), device.is_async or None
    if recipe.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=betas, fused=fused)
    if recipe.optimizer == "adam":
        return torch.optim.Adam(groups, lr=recipe.learning_rate, betas=betas, fused=fused)
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=recipe.momentum)
    raise ValueError(f"{recipe.optimizer} takes no steps")


def _parameter_groups(network: nn.Module, recipe: Recipe) -> list[dict[str, Any]]:
    """Groups of parameters with the same factor of the learning rate and the same weight decay.

    Weight decay is for convolution weights only: it is of no use for biases and norms.
    """
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        lr_factor = recipe.encoder_rate if name.startswith("encoder.") else 1.0
        weight_decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.setdefault((lr_factor, weight_decay), []).append(parameter)
    return [
        {"params": parameters, "lr_factor": lr_factor, "weight_decay": weight_decay}
        for (lr_factor, weight_decay), parameters in groups.items()
    ]
