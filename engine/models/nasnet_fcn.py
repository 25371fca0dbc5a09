"""NASNet-FCN: the head of FCN-8s on the cells of NASNet-A, at strides 32, 16 and 8.

Source: "Aerial Image Semantic Segmentation Using Neural Search Network Architecture" (MIWAI 2018), section
3.3; the head is that of "Fully Convolutional Networks for Semantic Segmentation" (Long, Shelhamer & Darrell,
CVPR 2015). Legend: B batch, C channels, H height, K classes, W width.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from ..protocol import EngineError
from .blocks import bilinear_upsampling, check_int_options, init_he
from .nasnet import NASNet, NormalCell
from .network import Network

CHOICES = {
    "nasnet_mobile_fcn": {
        "title": "NASNet-mobile-FCN",
        "about": "Searched cells, 4 million weights: accurate for its size, with coarse edges.",
        "options": {"filters": 44, "cells": 4, "stem": 32, "summed": 1},
        "tiny": {"filters": 8, "cells": 1},
        "training": {"learning_rate": 1e-3, "batch": 8},
        "weights": {
            "imagenet": {
                "url": "https://github.com/veronikayurchuk/pretrained-models.pytorch/"
                "releases/download/v1.0/nasnetmobile-7e03cead.pth.tar",
                "sha256": "7e03cead",
                "about": "NASNet-A mobile, trained on ImageNet: all cells.",
            }
        },
    },
    "nasnet_large_fcn": {
        "title": "NASNet-large-FCN",
        "about": "The same with 85 million weights: slow, needs a large GPU and many labels.",
        "options": {"filters": 168, "cells": 6, "stem": 96, "summed": 1},
        "tiny": {"filters": 8, "cells": 1},
        "training": {"learning_rate": 5e-4},
        "weights": {
            "imagenet": {
                "url": "https://github.com/rwightman/pytorch-image-models/"
                "releases/download/v0.1-weights/nasnetalarge-dc4a7b8b.pth",
                "sha256": "dc4a7b8b",
                "about": "NASNet-A large, trained on ImageNet: all cells.",
            }
        },
    },
}


def build(
    name: str, bands: int, classes: int, *, filters: float, cells: float, stem: float, summed: float
) -> NASNetFCN:
    """A `NASNetFCN` on an encoder of ``filters``, ``cells`` and ``stem``, as in `NASNet`.

    ``summed`` is 1 to score the sum of all normal cells, 0 to score the last one and the reduction cells.
    Raises `EngineError` for an option out of range.
    """
    if filters % 4:
        raise EngineError(
            "bad_option",
            "The option filters is {filters:g}.",
            "Give a multiple of 4, because the first cell has a quarter of these filters.",
            filters=filters,
        )
    if summed not in (0, 1):
        raise EngineError(
            "bad_option",
            "The option summed is {summed:g}.",
            "Give 1 (all normal cells are read) or 0 (the last cell and the outputs of reduction cells).",
            summed=summed,
        )
    width, stem_width = check_int_options(512, filters=filters, stem=stem)
    (number,) = check_int_options(12, cells=cells)
    return NASNetFCN(
        NASNet(bands, width, number, stem_width, passes=name == "nasnet_large_fcn"), classes, bool(summed)
    )


class NASNetFCN(Network):
    """Scores at strides 32, 16 and 8, added up after each upsampling by 2, then upsampled by 8.

    With ``summed``, the sum of the outputs of all normal cells at a stride is scored; else the output of the
    last cell at stride 32 and those of the reduction cells at 16 and 8. ReLU comes first in both cases.
    """

    multiple_px = 32

    def __init__(self, encoder: NASNet, classes: int, summed: bool) -> None:
        super().__init__()
        self.encoder = init_he(encoder)
        normal = [name for name in encoder.cells if isinstance(encoder.get_submodule(name), NormalCell)]
        self.scored = normal if summed else ["cell_stem_1", "reduction_cell_0", normal[-1]]
        plans = {encoder.cells[name].reach.step: encoder.cells[name] for name in self.scored}
        self.score_8, self.score_16, self.score_32 = (
            nn.Conv2d(plans[step].channels, classes, 1) for step in (8, 16, 32)
        )
        self.enlarge_32, self.enlarge_16 = bilinear_upsampling(classes, 2), bilinear_upsampling(classes, 2)
        self.enlarge_8 = bilinear_upsampling(classes, 8)
        # A later cell sees all that an earlier one of its stride does.
        reach = ((plans[32].reach.enlarged(2) | plans[16].reach).enlarged(2) | plans[8].reach).enlarged(8)
        self.receptive_px = max(-reach.first, reach.last)

    def from_published(self, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """The weights of timm or pretrainedmodels, whose cells have the same names as here."""
        return {
            name if name.startswith("last_linear.") else f"encoder.{name}": tensor
            for name, tensor in weights.items()
        }

    def forward(self, image_BCHW: Tensor) -> Tensor:
        sums: dict[int, Tensor] = {}
        for name, map_BCHW in self.encoder(image_BCHW):
            if name in self.scored:
                step = self.encoder.cells[name].reach.step
                sums[step] = F.relu(map_BCHW) + sums[step] if step in sums else F.relu(map_BCHW)
        at_16_BKHW = self.enlarge_32(self.score_32(sums[32])) + self.score_16(sums[16])
        at_8_BKHW = self.enlarge_16(at_16_BKHW) + self.score_8(sums[8])
        logits_BKHW: Tensor = self.enlarge_8(at_8_BKHW)
        return logits_BKHW
