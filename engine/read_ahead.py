"""Reading what is needed next while the device computes: one thread, a bounded number of pieces."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")
_AHEAD = 2


class ReadAhead(Generic[Asked, Got]):
    """Calls ``read`` in one thread, so that only that thread touches the files. Leaving the ``with`` block ends it."""

    def __init__(self, read: Callable[[Asked], Got]) -> None:
        self._read = read
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")

    def __enter__(self) -> ReadAhead[Asked, Got]:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def each(self, requests: Iterable[Asked]) -> Iterator[Got]:
        """What ``read`` gives for each request, in their order; two are read while the caller uses one."""
        waiting: deque[Future[Got]] = deque()
        for request in requests:
            waiting.append(self._thread.submit(self._read, request))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
