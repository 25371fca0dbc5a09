"""Estimates the memory that a training step takes, and reduces the batch or the patches until it fits.

That is done before the first step. If memory runs out later all the same, `Learner.backward` computes the
batch in twice as many parts, and if not even a single patch has room, the job fails with `out_of_memory`
(`engine.jobs.run`), and the best weights so far are kept (`engine.jobs.train.run`).
Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

import copy
import math
from dataclasses import replace

import torch

from ..compute import precision
from ..compute.device import Device
from ..compute.kernels import prepare_network
from ..compute.memory import TensorMemoryTracker
from ..models import Network
from ..protocol import Emit, EngineError, Recipe, info, warning
from ..runtime.system import free_bytes

_SHARE, _SHARE_OF_GPU = 0.6, 0.85
"""The share of the free memory that training may take: other programs run on a computer, but hardly any on
its GPU.
"""
_SAFETY = 1.4
"""Factor for memory that libraries take themselves, and for gaps between blocks of memory."""
_COPIES = 5
"""Copies of the weights in memory: themselves, their gradients, two moments of these, an average."""
_PROBES_PX = 128, 256
"""Sides in pixels of two patches that are measured; maps of this size take more memory than the weights."""
_LEAST_PATCH_PX = 64
"""A smaller patch shows too little context."""


def fit_to_memory(
    recipe: Recipe, network: Network, bands: int, device: Device, emit: Emit, *, patch_is_set: bool = False
) -> tuple[Recipe, int]:
    """The recipe in sizes that fit the memory, and the number of parts to compute each batch in.

    The gradients of the parts are added up, so a step still learns from the whole batch. If not even one
    patch has room, the sides of patches are halved and four times as many make a step, unless the user has
    set their size (``patch_is_set``). Raises `EngineError` if no size fits.
    """
    fixed, pixel_bytes = fixed_bytes(network), bytes_of_pixel(network, bands, device)
    room_px = (_usable_bytes(device) - fixed) / pixel_bytes

    def image_px(recipe: Recipe) -> int:
        return (recipe.patch_px + 2 * network.margin_px) ** 2

    fitted = recipe
    while image_px(fitted) > room_px and not patch_is_set:
        smaller_px = network.largest_valid_size(fitted.patch_px // 2)
        if not _LEAST_PATCH_PX <= smaller_px < fitted.patch_px:
            raise _too_little(fixed + pixel_bytes * image_px(fitted), fitted.patch_px, device)
        fitted = replace(
            fitted, patch_px=smaller_px, batch=4 * fitted.batch, epoch_patches=4 * fitted.epoch_patches
        )
    if fitted != recipe:
        emit(
            warning(
                "Memory has no room for a patch of {recipe_px} px: patches have {patch_px} px, with "
                "{batch} in each step.",
                recipe_px=recipe.patch_px,
                batch=fitted.batch,
                patch_px=fitted.patch_px,
            )
        )
    return fitted, _accumulation_steps(fitted, room_px / image_px(fitted), network, emit)


def _accumulation_steps(recipe: Recipe, room: float, network: Network, emit: Emit) -> int:
    """The number of parts to compute a batch in, if memory has ``room`` for so many patches.

    ``room`` may be infinite.
    """
    at_once = int(max(1, min(recipe.batch, room)))
    steps = math.ceil(recipe.batch / at_once)
    if recipe.patch_px == network.valid_size(1):
        steps = min(steps, max(1, recipe.batch // 2))  # norms need two values
    if steps > 1:
        emit(
            info(
                "Memory has room for {at_once} patches at once: each batch of {batch} is computed in "
                "{steps} parts.",
                at_once=at_once,
                batch=recipe.batch,
                steps=steps,
            )
        )
    return steps


def _too_little(needed_bytes: float, patch_px: int, device: Device) -> EngineError:
    return EngineError(
        "no_memory",
        "Training needs about {needed:,.0f} MiB for a single patch of {patch_px} px; "
        "{free:,.0f} MiB are free for it.",
        "Close other programs, or choose a smaller network: OPTIONS width=16, for example.",
        needed=needed_bytes / 2**20,
        patch_px=patch_px,
        free=_usable_bytes(device) / 2**20,
    )


def _usable_bytes(device: Device) -> float:
    if device.backend.type == "cuda":
        return _SHARE_OF_GPU * torch.cuda.mem_get_info(device.backend)[0]
    return _SHARE * free_bytes()


def fixed_bytes(network: Network) -> int:
    """Bytes that training takes for the weights and everything kept for each weight, whatever the patches."""
    return _COPIES * sum(tensor.nbytes for tensor in network.state_dict().values())


def bytes_of_pixel(network: Network, bands: int, device: Device) -> float:
    """Bytes that training takes for each pixel of an image: the difference of a large and a small patch."""
    network = copy.deepcopy(network).train()  # its norms learn from whatever passes
    prepare_network(network, device)
    sides_px = [network.valid_size(wished_px) + 2 * network.margin_px for wished_px in _PROBES_PX]
    with torch.random.fork_rng(devices=[]):
        small, large = (_most_bytes(network, bands, side_px, device) for side_px in sides_px)
    device.free()
    return _SAFETY * max(large - small, 1) / (sides_px[1] ** 2 - sides_px[0] ** 2)


def _most_bytes(network: Network, bands: int, side_px: int, device: Device) -> int:
    """Peak memory of the maps of one patch in a step without the optimiser."""
    # With gradients in place, the first backward pass takes no more for them than the second.
    for parameter in network.parameters():
        parameter.grad = torch.zeros_like(parameter)
    # Two patches, or norms of a single value fail.
    image_BCHW = torch.zeros(2, bands, side_px, side_px, device=device.backend)
    with TensorMemoryTracker(image_BCHW) as tracker:
        output = precision.forward_training(network, image_BCHW, device)
        loss = output.logits_BKHW.logsumexp(1).sum()
        loss = loss + sum(logits.logsumexp(1).sum() for logits in output.intermediate_logits)
        if output.auxiliary_BDHW is not None:
            loss = loss + output.auxiliary_BDHW.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
    return tracker.most_bytes // 2
