"""Parity: the cases that all hosts share, byte for byte."""

from pathlib import Path

import pytest
import run_cases


@pytest.mark.parametrize("case", run_cases.CASES, ids=lambda case: case.stem)
def test_a_case_says_what_it_says_in_every_host(case: Path) -> None:
    assert run_cases.lines(case).decode() == run_cases.expected_of(case).read_bytes().decode()


def test_there_are_cases() -> None:
    assert len(run_cases.CASES) >= 2
