"""The check of many files by several processes: the same outcomes as by one, whatever their number.

A process that is ended from outside (out of memory, a fault of a library) takes no other file with it: the files that
it had are checked again, each by a process of its own, and the one that ends that, too, is a finding (CO034).
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tei_edition.checking.check import Check, File, Outcome, check_file
from tei_edition.diagnostics import Location, finding

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_FEW = 24  # files that one process has done before others have started
_SMALL = 4_000_000  # bytes of all files, likewise
_BATCH = 1_000_000  # bytes that a process is given at a time, and at most so many files:
_BATCH_FILES = 32
_AHEAD = 3  # batches given out for each process, so that none waits

Tell = Callable[[int], None]


def number_of_jobs(files: Sequence[File]) -> int:
    """How many processes are worth while: one for few files, else one for each core that we may use."""
    if len(files) < 2 or (len(files) <= _FEW and sum(map(_size, files)) < _SMALL):
        return 1
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        cores = os.cpu_count() or 1
    return min(cores, len(files))


def outcomes(check: Check, files: Sequence[File], jobs: int, tell: Tell = lambda number: None) -> list[Outcome]:
    """Return the outcome of each file, in the order of the files. `tell` is called with how many more are done."""
    if jobs < 2 or len(files) < 3:
        made: list[Outcome] = []
        for file in files:
            made.append(check_file(check, file))
            tell(1)
            if made[0].wrong:  # all others would say the same
                break
        return made
    # The first is checked here: what is read on the way (schemas, data) the processes that are forked have already.
    done = {0: check_file(check, files[0])}
    tell(1)
    if done[0].wrong:
        return [done[0]]
    for number, outcome in _by_processes(check, files, jobs, done):
        done[number] = outcome
        tell(1)
    return [done[number] for number in range(len(files))]


def _by_processes(check: Check, files: Sequence[File], jobs: int,
                  done: dict[int, Outcome]) -> Iterator[tuple[int, Outcome]]:
    from concurrent.futures import FIRST_COMPLETED, Future, wait
    from concurrent.futures.process import BrokenProcessPool

    batches = _batches(files)
    waiting: set[Future[list[tuple[int, Outcome]]]] = set()
    pool = _pool(jobs, check)
    try:
        while True:
            for batch in itertools.islice(batches, jobs * _AHEAD - len(waiting)):
                waiting.add(pool.submit(_work, batch))
            if not waiting:
                return
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                yield from future.result()
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
        for number in range(len(files)):
            if number not in done:
                yield number, _alone(check, number, files[number])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(check: Check, number: int, file: File) -> Outcome:
    """Check a file by a process of its own, that may be ended by it."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1, check) as pool:
        try:
            return pool.submit(_work, [(number, file)]).result()[0][1]
        except BrokenProcessPool:
            path = str(file.path)
            return Outcome(path, [finding("CO034", "the process that checked this file was ended", Location(path))])


def _pool(jobs: int, check: Check) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    forks = "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"
    context = multiprocessing.get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(check,))


def _batches(files: Sequence[File]) -> Iterator[list[tuple[int, File]]]:
    """Yield all files but the first with their numbers, small ones several at a time."""
    batch: list[tuple[int, File]] = []
    size = 0
    for number, file in enumerate(files[1:], 1):
        batch.append((number, file))
        size += _size(file)
        if size >= _BATCH or len(batch) >= _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(file: File) -> int:
    try:
        return Path(file.path).stat().st_size if file.data is None else len(file.data)
    except OSError:
        return 0


_check = Check()  # of this process


def _start(check: Check) -> None:
    import signal

    global _check  # what each process is given once, in place of once a file
    _check = check
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits for us


def _work(batch: list[tuple[int, File]]) -> list[tuple[int, Outcome]]:
    return [(number, check_file(_check, file)) for number, file in batch]
