"""Rounds the weights of a network to bfloat16 so that its outputs change little.

Where each weight is rounded by itself, the errors of the few weights in a network's first layers add up in
the same way at every pixel, and borders move. Here the weights that are not rounded yet make up for the error
of each that is rounded, as far as the layer's inputs allow it: neighbouring pixels and bands are alike, so
they allow much. Computing takes no longer afterwards. The inputs are those of a synthetic scene, so a model
has the same weights whatever it classifies.

Source: for integer weights, Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative
Pre-trained Transformers" (ICLR 2023), section 3. What simpler ways keep of the labels: docs/benchmarks.md.
Legend: B batch, C bands, H height, I inputs and O outputs of a layer, N places, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...compute.kernels import copy_network
from ...models import Network

_PLACES = 1024
"""Places of a map that are sampled to see how its channels vary together."""
_MOST_INPUTS = 640
"""Inputs of a layer, at most: in larger sums the errors even out, and rounding with care takes too long."""
_MOST_INPUTS_IN_ALL = 2048
"""Inputs of all layers that are rounded with care, from the first one on: this takes a tenth of a second.

Later layers have next to no effect on the labels.
"""
_SCENE_PX, _CORRELATION = 512, 0.9
"""Side of the scene, and the correlation of each band with what all bands share."""
_DAMPING = 1e-2
"""Share of the mean square that is added to each input's own; it keeps weights from growing."""


def quantize_bf16(network: Network, bands: int) -> Network:
    """A copy of ``network`` whose first convolutions have weights of bfloat16, held in 32 bits.

    It depends on the network alone. Weights of later layers are shared with ``network``; computing in
    bfloat16 rounds each by itself.
    """
    copied = copy_network(network)
    seen: set[nn.Module] = set()
    left: float = _MOST_INPUTS_IN_ALL

    def quantize(layer: nn.Conv2d | nn.ConvTranspose2d, inputs: tuple[Tensor, ...]) -> None:
        nonlocal left
        if layer in seen:
            return
        seen.add(layer)
        count = _inputs(layer)
        if count <= min(left, _MOST_INPUTS):
            left -= count
            _quantize(layer, inputs[0])

    hooks = [
        layer.register_forward_pre_hook(quantize)
        for layer in copied.modules()
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d))
    ]
    side_px = network.valid_size(_SCENE_PX) + 2 * network.margin_px
    with torch.inference_mode():
        copied(synthetic_scene(bands, side_px))
    for hook in hooks:
        hook.remove()
    return copied


def synthetic_scene(bands: int, side_px: int) -> Tensor:
    """A normalised ``image_1CHW`` with the statistics of landscapes.

    It has patches of all sizes, of which the larger differ more, and bands that are much alike.
    """
    generator = torch.Generator().manual_seed(0)
    image_1CHW, patches = torch.zeros(1, bands, side_px, side_px), 4
    while patches <= side_px:
        shared, own = (torch.randn(1, count, patches, patches, generator=generator) for count in (1, bands))
        drawn = _CORRELATION * shared + (1 - _CORRELATION**2) ** 0.5 * own
        image_1CHW += F.interpolate(drawn, size=(side_px, side_px), mode="bilinear") / patches
        patches *= 2
    std, mean = torch.std_mean(image_1CHW, dim=(-2, -1), keepdim=True)
    return (image_1CHW - mean) / std


def _inputs(layer: nn.Conv2d | nn.ConvTranspose2d) -> float:
    """The number of values in the sum of one output; infinite for kinds of layers that are left alone."""
    if layer.groups > 1:
        return float("inf")
    if isinstance(layer, nn.ConvTranspose2d):
        return layer.in_channels if layer.stride == layer.kernel_size else float("inf")
    return layer.in_channels * layer.kernel_size[0] * layer.kernel_size[1]


def _quantize(layer: nn.Conv2d | nn.ConvTranspose2d, map_BCHW: Tensor) -> None:
    """Give ``layer`` weights and a bias of bfloat16 by which its output for ``map_BCHW`` changes least."""
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
    found_OI = _gptq(weight_OI, inputs_IN)
    if bias_O is not None:
        layer.bias = nn.Parameter(found_OI[:, -1].clone(), requires_grad=False)
        found_OI = found_OI[:, :-1]
    weight_OIHW = (found_OI.T if transposed else found_OI).reshape(layer.weight.shape)
    layer.weight = nn.Parameter(
        weight_OIHW.contiguous(memory_format=torch.channels_last), requires_grad=False
    )


def _gptq(weight_OI: Tensor, inputs_IN: Tensor) -> Tensor:
    """``weight_OI`` in values of bfloat16, so that its product with ``inputs_IN`` changes little.

    The largest weights are rounded first: the smaller ones, which make up for the errors, have finer steps.
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
