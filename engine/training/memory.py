"""Estimates the memory that a training step takes, and reduces the batch or the patches until it fits.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

import copy
import math
from dataclasses import replace

import torch

from ..compute.device import Device
from ..compute.memory import TensorMemoryTracker
from ..models import Network
from ..protocol import Emit, EngineError, Log, Recipe
from ..runtime.system import free_bytes

_SHARE, _SHARE_OF_GPU = 0.6, 0.85
"""The share of the free memory that training may take: other programs run on the computer, but hardly any on
its GPU.
"""
_SAFETY = 1.4
"""Factor for memory that libraries take themselves, and for gaps between blocks of memory."""
_COPIES = 5
"""Copies of the weights in memory: themselves, their gradients, two moments of these, an average."""
_PROBES_PX = 128, 256
"""Large enough for what maps take to count more than what weights do."""
_LEAST_PATCH_PX = 64
"""A smaller patch shows too little context."""


def fit_to_memory(
    recipe: Recipe, network: Network, bands: int, device: Device, emit: Emit, *, patch_is_set: bool = False
) -> tuple[Recipe, int]:
    """The recipe, and in how many pieces to compute each of its batches so that memory suffices.

    Gradients of the pieces are added up, so a step learns from as many patches as it would otherwise. Where not even one
    patch has room, patches are halved and four times as many make a step, unless their size ``patch_is_set`` by the user.
    Raises `EngineError` where that ends.
    """
    fixed = fixed_bytes(network)
    each = bytes_of_pixel(network, bands, device)
    room_px = (_bytes_at_hand(device) - fixed) / each

    def patch_px(of: Recipe) -> int:
        return (of.patch_px + 2 * network.margin_px) ** 2

    fitting = recipe
    while patch_px(fitting) > room_px and not patch_is_set:
        smaller_px = network.largest_valid_size(fitting.patch_px // 2)
        if not _LEAST_PATCH_PX <= smaller_px < fitting.patch_px:
            raise _too_little(fixed + each * patch_px(fitting), fitting.patch_px, device)
        fitting = replace(
            fitting, patch_px=smaller_px, batch=4 * fitting.batch, epoch_patches=4 * fitting.epoch_patches
        )
    if fitting != recipe:
        text = f"Memory has no room for a patch of {recipe.patch_px} px: a step is on {fitting.batch} of {fitting.patch_px} px."
        emit(Log(text, warning=True))
    at_once = int(
        max(1, min(fitting.batch, room_px / patch_px(fitting)))
    )  # where no memory is told of, there is room for all
    pieces = math.ceil(fitting.batch / at_once)
    if fitting.patch_px == network.valid_size(1):
        pieces = min(pieces, max(1, fitting.batch // 2))  # norms need two values
    if pieces > 1:
        text = f"Memory has room for {at_once} patches at once: each batch of {fitting.batch} is computed in {pieces} pieces."
        emit(Log(text))
    return fitting, pieces


def _too_little(needed: float, patch_px: int, device: Device) -> EngineError:
    return EngineError(
        "no_memory",
        f"Training needs about {needed / 2**20:,.0f} MiB for a single patch of {patch_px} px; "
        f"{_bytes_at_hand(device) / 2**20:,.0f} MiB are free for it.",
        "Close other programs, or choose a smaller network: OPTIONS width=16, for example.",
    )


def _bytes_at_hand(device: Device) -> float:
    if device.backend.type == "cuda":
        return _SHARE_OF_GPU * torch.cuda.mem_get_info(device.backend)[0]
    return _SHARE * free_bytes()


def fixed_bytes(network: Network) -> int:
    """What training takes whatever the patches: for the weights, and all that is kept of each."""
    return _COPIES * sum(tensor.nbytes for tensor in network.state_dict().values())


def bytes_of_pixel(network: Network, bands: int, device: Device) -> float:
    """What training takes for each pixel of an image, by the difference between a small patch and a larger
    one.
    """
    network = copy.deepcopy(network).train()  # its norms learn from whatever passes
    device.place(network)
    sides_px = [network.valid_size(wished_px) + 2 * network.margin_px for wished_px in _PROBES_PX]
    with torch.random.fork_rng(devices=[]):
        small, large = (_most_bytes(network, bands, side_px, device) for side_px in sides_px)
    device.free()
    return _SAFETY * max(large - small, 1) / (sides_px[1] ** 2 - sides_px[0] ** 2)


def _most_bytes(network: Network, bands: int, side_px: int, device: Device) -> int:
    for (
        parameter
    ) in network.parameters():  # so that gradients are added to, and not what differs between patches
        parameter.grad = torch.zeros_like(parameter)
    image_BCHW = torch.zeros(
        2, bands, side_px, side_px, device=device.backend
    )  # two, or norms of one value fail
    with TensorMemoryTracker(image_BCHW) as watched:
        maps = device.maps(network, image_BCHW)
        loss = maps.logits_BKHW.logsumexp(1).sum() + sum(logits.logsumexp(1).sum() for logits in maps.earlier)
        if maps.auxiliary_BDHW is not None:
            loss = loss + maps.auxiliary_BDHW.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
    return watched.most_bytes // 2
