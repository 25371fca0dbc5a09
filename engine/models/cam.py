"""Class activation maps: networks that learn which classes a patch holds, and still show where they are.

Convolutions, an average over the whole map and a dense layer predict which classes are present. The same
dense layer, applied at each cell of the map, shows where they are. The results are the logits here, and the
loss compares their average over a patch with the classes that are present.
Source: Chen, Guo & Wang, "Deep Learning for Semantic Segmentation of Remote Sensing Imagery" (poster,
Stanford), after Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016.
Legend: B batch, C channels, K classes, H height, W width.
"""

from __future__ import annotations

from abc import abstractmethod

import torch.nn.functional as F
from torch import Tensor, nn

from .blocks import check_int_options, init_he
from .network import Network

CHOICES = {
    "cam_cnn": {
        "title": "Class activation CNN",
        "about": "Learns which classes a patch holds, not where. For coarse labels; draws coarse maps.",
        "options": {"width": 32},
        "tiny": {"width": 4},
        "training": {"loss": "presence", "learning_rate": 1e-3, "patch_px": 50, "batch": 64},
    },
    "cam_resnet50": {
        "title": "Class activation ResNet-50",
        "about": "The same with ResNet-50, at a quarter of the image's size. Finer maps, much slower.",
        "options": {"width": 64},
        "tiny": {"width": 4},
        "training": {"loss": "presence", "learning_rate": 1e-3, "patch_px": 50, "batch": 32},
        "weights": {
            "imagenet": {
                "url": "https://download.pytorch.org/models/resnet50-0676ba61.pth",
                # pragma: allowlist nextline secret (the checksum of a public file)
                "sha256": "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
                "about": "ResNet-50 trained on ImageNet, from torchvision: all but the dense layer.",
            }
        },
    },
}


def build(name: str, bands: int, classes: int, *, width: float) -> ClassActivation:
    """A `CamCNN` or `CamResNet50`, whose first convolution has ``width`` channels."""
    return {"cam_cnn": CamCNN, "cam_resnet50": CamResNet50}[name](
        bands, classes, *check_int_options(512, width=width)
    )


class ClassActivation(Network):
    """Base of both networks. A subclass sets ``fc``, the dense layer from features to classes."""

    fc: nn.Linear

    @abstractmethod
    def features(self, image_BCHW: Tensor) -> Tensor:
        """The map of the last convolution, whose cells are ``multiple_px`` pixels apart."""

    @abstractmethod
    def spread(self, coarse_BKHW: Tensor) -> Tensor:
        """The coarse map on the image's grid: bilinear between the centres of cells, constant beyond them."""

    def forward(self, image_BCHW: Tensor) -> Tensor:
        activation_BHWK = self.fc(self.features(image_BCHW).permute(0, 2, 3, 1))
        return self.spread(activation_BHWK.permute(0, 3, 1, 2))


class CamCNN(ClassActivation):
    """Four 3×3 convolutions of ``width`` to 8·``width`` channels, each pooled by 2: 50 px give 3 cells.

    A cell covers 16 px and sees 15 px beyond them on each side; a pixel's logits mix cells that start
    up to 23 px away. The last 2 px of a window belong to no cell. So the mean over 50×50 px differs from the
    mean over the cells by up to 3.5 % of the map's range, and by less in larger windows.
    """

    multiple_px = 16
    remainder_px = 18
    receptive_px = 15 + 23

    def __init__(self, bands: int, classes: int, width: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in zip(
            (bands, width, 2 * width, 4 * width), (width, 2 * width, 4 * width, 8 * width)
        ):
            layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
        self.layers = init_he(nn.Sequential(*layers))
        self.fc = nn.Linear(8 * width, classes)

    def features(self, image_BCHW: Tensor) -> Tensor:
        features_BCHW: Tensor = self.layers(image_BCHW)
        return features_BCHW

    def spread(self, coarse_BKHW: Tensor) -> Tensor:
        covered_BKHW = F.interpolate(coarse_BKHW, scale_factor=16, mode="bilinear")
        return F.pad(covered_BKHW, (0, 2, 0, 2), mode="replicate")


class CamResNet50(ClassActivation):
    """ResNet-50 with stride 1 after the first pooling, which is not padded: 50 px give 12×12 cells.

    The parameters have the names of torchvision's ``resnet50``. The middle of cell i is pixel 4i + 2. The
    cell sees 5 px on each side of that pixel through the first two layers, and 64 px more through 16
    bottlenecks; a pixel's logits mix cells whose middles are up to 3 px away. The mean over 50×50 px differs
    from the mean over the cells by up to 5.4 % of the map's range, and by less in larger windows.
    """

    multiple_px = 4
    remainder_px = 6
    receptive_px = 5 + 64 + 3

    def __init__(self, bands: int, classes: int, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(bands, width, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2)
        self.layer1 = _stage(width, width, 3)
        self.layer2 = _stage(4 * width, 2 * width, 4)
        self.layer3 = _stage(8 * width, 4 * width, 6)
        self.layer4 = _stage(16 * width, 8 * width, 3)
        self.fc = nn.Linear(32 * width, classes)
        init_he(self)

    def from_published(self, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """The weights of torchvision's ``resnet50``, without its dense layer, which has other classes."""
        return {name: tensor for name, tensor in weights.items() if not name.startswith("fc.")}

    def features(self, image_BCHW: Tensor) -> Tensor:
        features_BCHW = self.maxpool(self.relu(self.bn1(self.conv1(image_BCHW))))
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            features_BCHW = stage(features_BCHW)
        return features_BCHW

    def spread(self, coarse_BKHW: Tensor) -> Tensor:
        between = [4 * (cells - 1) + 1 for cells in coarse_BKHW.shape[-2:]]
        within_BKHW = F.interpolate(coarse_BKHW, between, mode="bilinear", align_corners=True)
        return F.pad(within_BKHW, (2, 3, 2, 3), mode="replicate")


def _stage(channels_in: int, width: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(
        Bottleneck(channels_in, width), *(Bottleneck(4 * width, width) for _ in range(blocks - 1))
    )


class Bottleneck(nn.Module):
    """A residual block: 1×1, 3×3 and 1×1 convolutions beside a shortcut, with 4·``width`` channels out.

    Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, figure 5.
    """

    def __init__(self, channels_in: int, width: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels_in, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.relu = nn.ReLU(inplace=True)
        self.downsample: nn.Module = nn.Identity()
        if channels_in != 4 * width:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels_in, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
            )

    def forward(self, features_BCHW: Tensor) -> Tensor:
        deeper_BCHW = self.relu(self.bn1(self.conv1(features_BCHW)))
        deeper_BCHW = self.relu(self.bn2(self.conv2(deeper_BCHW)))
        joined_BCHW: Tensor = self.relu(self.bn3(self.conv3(deeper_BCHW)) + self.downsample(features_BCHW))
        return joined_BCHW
