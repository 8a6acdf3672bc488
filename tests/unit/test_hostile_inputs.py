"""Inputs over which a reader once fell, or that lead to odd places in it: each is read, or refused with a clear line.

They are the seeds of `benchmarks/fuzz`, which gives the same targets thousands of inputs made of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from benchmarks.fuzz.giving import outcome_of
from benchmarks.fuzz.sound import KEPT, TARGETS
from benchmarks.fuzz.targets import Target, target

_SEEDS = sorted(KEPT.glob("*/*"))


@pytest.fixture(scope="module")
def target_named(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Target]:
    samples = tmp_path_factory.mktemp("samples")
    return cache(lambda name: target(name, tmp_path_factory.mktemp(name), samples))


@pytest.mark.parametrize("seed", _SEEDS, ids=[f"{seed.parent.name}-{seed.name}" for seed in _SEEDS])
def test_a_kept_seed_is_read_or_refused(seed: Path, target_named: Callable[[str], Target]) -> None:
    assert outcome_of(target_named(seed.parent.name), seed.read_bytes()) in {"read", "refused"}


def test_every_target_has_a_seed() -> None:
    assert {seed.parent.name for seed in _SEEDS} == set(TARGETS)
