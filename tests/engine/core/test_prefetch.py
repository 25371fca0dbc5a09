"""Reading ahead: in order, not too far, and each reader's files touched by its own thread alone."""

import threading
import time

import pytest

from engine.core.prefetch import Prefetcher


class Reader:
    """Reads slowly, the more so the earlier the request; keeps which threads it was called in."""

    def __init__(self):
        self.threads, self.read_for = set(), []

    def __call__(self, request):
        self.threads.add(threading.get_ident())
        time.sleep(0.02 if request % 3 == 0 else 0)
        self.read_for.append(request)
        return request * 10


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_order_and_each_reader_stays_in_its_thread(count):
    readers = [Reader() for _ in range(count)]
    with Prefetcher(*readers) as ahead:
        assert list(ahead.map(range(11))) == [request * 10 for request in range(11)]
    assert all(len(reader.threads) == 1 for reader in readers)
    assert len(set.union(*(reader.threads for reader in readers))) == count
    assert sorted(request for reader in readers for request in reader.read_for) == list(range(11))


def test_no_more_than_a_few_pieces_are_held():
    asked = []

    def requests():
        for request in range(100):
            asked.append(request)
            yield request

    with Prefetcher(Reader(), Reader()) as ahead:
        results = ahead.map(requests())
        next(results)
        assert len(asked) == 4


def test_an_error_arrives_in_its_place_and_ends_the_reading():
    def read(request):
        if request == 2:
            raise ValueError(request)
        return request

    got = []
    with pytest.raises(ValueError, match="2"), Prefetcher(read, read) as ahead:
        for result in ahead.map(range(50)):
            got.append(result)
    assert got == [0, 1]
