"""Prefetching: threads read a bounded number of items ahead while the device computes."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")
_AHEAD = 1
"""Number of items that are ready, beside those that the threads are reading."""


class Prefetcher(Generic[Asked, Got]):
    """Calls ``read`` and each of ``others`` in a thread of its own; no other thread uses its files.

    Several readers, each with the files opened once more (`Source.reopen`), help if decoding is slower than
    the device. The threads end with the ``with`` block.
    """

    def __init__(self, read: Callable[[Asked], Got], *others: Callable[[Asked], Got]) -> None:
        reads = (read, *others)
        self._readers = [
            (ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader"), one) for one in reads
        ]

    def __enter__(self) -> Prefetcher[Asked, Got]:
        return self

    def __exit__(self, *_: object) -> None:
        for thread, _read in self._readers:
            thread.shutdown(wait=False, cancel_futures=True)
        for thread, _read in self._readers:
            thread.shutdown(wait=True)

    def map(self, requests: Iterable[Asked]) -> Iterator[Got]:
        """Yield what is read for each request, in the order of the requests."""
        waiting: deque[Future[Got]] = deque()
        for request, (thread, read) in zip(requests, itertools.cycle(self._readers)):
            waiting.append(thread.submit(read, request))
            if len(waiting) > _AHEAD + len(self._readers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def read_now(self, request: Asked) -> Got:
        """Read for one request at once, before the requests that wait."""
        thread, read = self._readers[0]
        return thread.submit(read, request).result()
