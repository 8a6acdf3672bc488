from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_LOOK = """
import fcntl, sys
from PySide6.QtCore import QMimeDatabase
from briefer.ui.start import application
application()
with open(sys.argv[1], "rb+") as library:
    fcntl.lockf(library, fcntl.LOCK_EX)
    print(QMimeDatabase().mimeTypeForFile(sys.argv[1]).name())
    sys.stdout.flush()
    sys.stdin.read()
"""
_LOCK = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'rb+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"


@pytest.mark.skipif(os.name == "nt", reason="closing a file lets no locks go there")
def test_file_dialogs_do_not_let_the_locks_of_an_open_library_go(sample_library: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    looking = subprocess.Popen(
        [sys.executable, "-c", _LOOK, str(sample_library)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with looking:
        assert looking.stdout is not None
        assert looking.stdout.readline() == "application/x-briefer\n"
        other = subprocess.run(
            [sys.executable, "-c", _LOCK, str(sample_library)], check=False, capture_output=True
        )
        looking.communicate("")
    assert b"BlockingIOError" in other.stderr
