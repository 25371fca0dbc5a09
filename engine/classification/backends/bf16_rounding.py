"""Weights in bfloat16 that compute what those in 32 bits do.

Rounded each by itself, the few weights of a network's first layers err together, the same way at every pixel,
and borders move. Here what the rounding of one weight adds, those not rounded yet take back, as far as the
layer's inputs allow: they are alike among neighbouring pixels and bands, so they allow much. It costs nothing
afterwards. How alike they are is seen on a made-up scene, so that a model has the same weights whatever it
classifies. Source: for integer weights, Frantar et al., "GPTQ: Accurate Post-Training Quantization for
Generative Pre-trained Transformers" (ICLR 2023), section 3. Legend: B batch, C bands, H height, N places, O
outputs and I inputs of a layer, W width.
"""

from __future__ import annotations

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...models import Network

_PLACES = 1024
"""So many places of a map say how its channels go together."""
_MOST_INPUTS = 640
"""Of a layer. Where more are added up their errors even out, and finding better ones would take longer than
it saves.
"""
_MOST_INPUTS_IN_ALL = 2048
"""Of a network's layers, from the first one: a tenth of a second. What these do to the labels is nearly all
of it.
"""
_SCENE_PX, _ALIKE = 512, 0.9
"""Side of the scene, and how far one band of it tells another (their correlation is the square)."""
_DAMPING = 1e-2
"""Share of the mean square added to each input's: bounds what weights may grow to."""


def rounded(network: Network, bands: int) -> Network:
    """A copy of ``network`` whose convolutions have bfloat16 values, still held in 32 bits. It depends on the
    network alone.

    Weights that are left as they are, to be rounded each by itself in computing, are shared with it.
    """
    copied = copy.deepcopy(network, {id(weight): weight for weight in network.parameters()})
    seen: set[nn.Module] = set()
    left: float = _MOST_INPUTS_IN_ALL

    def fit(layer: nn.Conv2d | nn.ConvTranspose2d, taken: tuple[Tensor, ...]) -> None:
        nonlocal left
        if layer in seen:
            return
        seen.add(layer)
        inputs = _inputs(layer)
        if inputs <= min(left, _MOST_INPUTS):
            left -= inputs
            _fit(layer, taken[0])

    hooks = [
        m.register_forward_pre_hook(fit)
        for m in copied.modules()
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d))
    ]
    side_px = network.valid_size(_SCENE_PX) + 2 * network.margin_px
    with torch.inference_mode():
        copied(scene(bands, side_px))
    for hook in hooks:
        hook.remove()
    return copied


def scene(bands: int, side_px: int) -> Tensor:
    """A scaled image like any landscape: patches of all sizes, the larger the stronger, much the same in all
    bands.
    """
    generator = torch.Generator().manual_seed(0)
    image_1CHW, patches = torch.zeros(1, bands, side_px, side_px), 4
    while patches <= side_px:
        shared, own = (torch.randn(1, count, patches, patches, generator=generator) for count in (1, bands))
        drawn = _ALIKE * shared + (1 - _ALIKE**2) ** 0.5 * own
        image_1CHW += F.interpolate(drawn, size=(side_px, side_px), mode="bilinear") / patches
        patches *= 2
    std, mean = torch.std_mean(image_1CHW, dim=(-2, -1), keepdim=True)
    return (image_1CHW - mean) / std


def _inputs(layer: nn.Conv2d | nn.ConvTranspose2d) -> float:
    """How many values one output of ``layer`` is made from; infinite where the layer is of a kind that is
    left as it is.
    """
    if layer.groups > 1:
        return float("inf")
    if isinstance(layer, nn.ConvTranspose2d):
        return layer.in_channels if layer.stride == layer.kernel_size else float("inf")
    return layer.in_channels * layer.kernel_size[0] * layer.kernel_size[1]


def _fit(layer: nn.Conv2d | nn.ConvTranspose2d, map_BCHW: Tensor) -> None:
    """Give ``layer`` rounded weights and a rounded bias under which its output for this map changes least."""
    transposed = isinstance(layer, nn.ConvTranspose2d)
    step = max(1, int((map_BCHW.shape[-2] * map_BCHW.shape[-1] / _PLACES) ** 0.5))
    if transposed:
        inputs_IN, weight_OI = map_BCHW[0, :, ::step, ::step].flatten(1), layer.weight.flatten(1).T
    else:
        inputs_IN = F.unfold(map_BCHW[:1], layer.kernel_size, layer.dilation, 0, step)[0]
        weight_OI = layer.weight.flatten(1)
    bias_O = None if transposed or layer.bias is None else layer.bias
    inputs_IN, weight_OI = inputs_IN.double(), weight_OI.double()
    if bias_O is not None:  # one more input, which is always 1
        inputs_IN = torch.cat([inputs_IN, inputs_IN.new_ones(1, inputs_IN.shape[1])])
        weight_OI = torch.cat([weight_OI, bias_O.double()[:, None]], dim=1)
    found_OI = _rounded(weight_OI, inputs_IN)
    if bias_O is not None:
        layer.bias = nn.Parameter(found_OI[:, -1].clone(), requires_grad=False)
        found_OI = found_OI[:, :-1]
    weight_OIHW = (found_OI.T if transposed else found_OI).reshape(layer.weight.shape)
    layer.weight = nn.Parameter(
        weight_OIHW.contiguous(memory_format=torch.channels_last), requires_grad=False
    )


def _rounded(weight_OI: Tensor, inputs_IN: Tensor) -> Tensor:
    """``weight_OI`` in values of bfloat16, so that its product with ``inputs_IN`` changes little.

    The largest weights are rounded first: the smaller ones, which take back their errors, have the finer
    steps.
    """
    products_II = inputs_IN @ inputs_IN.T / max(1, inputs_IN.shape[1])
    products_II.diagonal().add_(_DAMPING * products_II.diagonal().mean() + torch.finfo(torch.float32).tiny)
    order_I = weight_OI.abs().mean(0).argsort(descending=True)
    inverse_II = torch.cholesky_inverse(torch.linalg.cholesky(products_II[order_I][:, order_I]))
    shares_II = torch.linalg.cholesky(inverse_II, upper=True)
    shares_II = (shares_II / shares_II.diagonal()[:, None]).float()
    left_OI = weight_OI[:, order_I].float()
    for i in range(left_OI.shape[1]):
        exact_O = left_OI[:, i].clone()
        left_OI[:, i] = exact_O.bfloat16()
        after = slice(i + 1, None)
        left_OI[:, after].addr_(exact_O - left_OI[:, i], shares_II[i, after], alpha=-1)
    found_OI = torch.empty_like(left_OI)
    found_OI[:, order_I] = left_OI
    return found_OI
