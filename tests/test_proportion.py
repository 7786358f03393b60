"""The measure of growth itself: it lets linear work pass, also on a busy machine, and quadratic work never."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from proportion import assert_growth, assert_in_proportion


def linear(size: int) -> Callable[[], object]:
    return lambda: sum(range(200 * size))


def quadratic(size: int) -> Callable[[], object]:
    return lambda: [sum(range(size)) for _ in range(size)]


def test_linear_work_passes() -> None:
    assert_in_proportion(linear, 200)


def test_quadratic_work_fails_however_fast_it_is() -> None:
    with pytest.raises(AssertionError, match="times as long"):
        assert_in_proportion(quadratic, 100)


def test_noise_is_measured_again() -> None:
    clock: Iterator[float] = iter([1.0, 1.0, 1.0, 900.0, 1.0, 100.0, 1.0, 8.0])
    assert_growth(linear, 1, 8, limit=24, seconds=lambda _: next(clock))
