"""Does the work grow as the text does? Measured so that a busy machine cannot fail a test, and quadratic work must.

CPU time, the best of several runs, without the garbage collector (what other tests have left behind is not counted; nor
is it cleared away first, which takes longer than most of what is measured).
Eight times as much takes 8 times as long where work is linear and 64 times where it is quadratic; 24 lies between, far
from both. There is no floor of so many milliseconds, under which everything would pass.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 6


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this process for a piece of work."""
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()


def assert_growth(
    prepare: Callable[[int], Callable[[], object]],
    small: int,
    large: int,
    limit: float,
    seconds: Callable[[Callable[[], object]], float] = cpu_seconds,
) -> None:
    """Assert that the work that `prepare(large)` returns takes less than `limit` times that of `prepare(small)`.

    What `prepare` does itself is not counted. A noisy run is repeated; the best of each size counts.
    """
    less, more = prepare(small), prepare(large)
    few, many = min(seconds(less) for _ in range(3)), float("inf")
    for _ in range(ROUNDS):
        many = min(many, seconds(more))
        if many < limit * few:
            return
        few = min(few, seconds(less))
    raise AssertionError(f"{few:.4f} s for {small:,}, {many:.4f} s for {large:,}: {many / few:.0f} times as long")


def assert_in_proportion(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
    """Assert that eight times as much takes about eight times as long."""
    assert_growth(prepare, size, 8 * size, limit=24)
