"""A processor that was left open does not keep the program from ending, however it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.packaging.conftest import ROOT

OPEN = "from briefer.citing import Processor\nopened = Processor()\n"


@pytest.mark.parametrize(
    ("program", "status"),
    [
        (OPEN, 0),
        (OPEN + "raise SystemExit(3)", 3),
        (OPEN + "1 / 0", 1),
        ("import threading\nfrom briefer.citing import Processor\nt = threading.Thread(target=Processor)\nt.start()\nt.join()", 0),
    ],
)  # fmt: skip
def test_a_program_ends(program: str, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, timeout=120
    )
    assert done.returncode == status, done.stderr.decode()
