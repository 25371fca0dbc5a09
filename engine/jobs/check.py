"""Check: what the engine is made of, and which device it would use."""

from __future__ import annotations

import sys
from typing import Any

from ..protocol import CheckJob
from ..versions import versions
from .common import Emit, start


def check(job: CheckJob, emit: Emit) -> dict[str, Any]:
    device = start(job.device, emit)
    return {"device": device.name, "reason": device.reason, "interpreter": sys.executable, **versions()}
