"""The system's keyring, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefer import remembering
from briefer.domain.passphrases import Passphrase
from briefer.errors import UsageError
from briefer.remembering import Answered, Asked, SystemKeyring, answer

PASSPHRASE = Passphrase("correct horse battery staple")
# A keyring of the `keyring` package over a file, for processes that are told of it by PYTHON_KEYRING_BACKEND.
BACKEND = """
import json, os, pathlib
import keyring.backend

FILE = pathlib.Path(os.environ["KEPT_IN"])

class Keyring(keyring.backend.KeyringBackend):
    priority = 5

    def _all(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def get_password(self, service, username):
        return self._all().get(f"{service} {username}")

    def set_password(self, service, username, password):
        FILE.write_text(json.dumps({**self._all(), f"{service} {username}": password}))

    def delete_password(self, service, username):
        kept = self._all()
        del kept[f"{service} {username}"]
        FILE.write_text(json.dumps(kept))
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "filed.py").write_text(BACKEND, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "filed.Keyring")
    monkeypatch.setenv("KEPT_IN", str(tmp_path / "kept.json"))
    return tmp_path / "kept.json"


def test_kept_recalled_and_forgotten(kept: Path) -> None:
    keyring = SystemKeyring()
    assert keyring.recall("id") is None
    keyring.keep("id", PASSPHRASE)
    assert keyring.recall("id") == PASSPHRASE
    assert keyring.recall("another") is None
    keyring.forget("id")
    keyring.forget("id")
    assert keyring.recall("id") is None
    assert kept.exists(), "it was that keyring"


def test_where_there_is_none_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    assert SystemKeyring().recall("id") is None
    SystemKeyring().forget("id")
    with pytest.raises(UsageError) as caught:
        SystemKeyring().keep("id", PASSPHRASE)
    assert caught.value.code == "keyring-none"


@pytest.mark.parametrize(
    ("priority", "failing", "fault"), [(0.5, False, "none was found"), (5, True, "RuntimeError")]
)
def test_what_guards_nothing_or_fails_is_none(priority: float, failing: bool, fault: str) -> None:
    def get(*_given: str) -> str:
        if failing:
            raise RuntimeError("locked; its words may tell a passphrase")
        return "x"

    backend = SimpleNamespace(priority=priority, get_password=get)
    keyring = SimpleNamespace(get_keyring=lambda: backend)
    assert answer(Asked("id"), keyring) == Answered(fault=fault)


def test_a_worker_that_does_not_answer_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        remembering, "_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    monkeypatch.setattr(remembering, "_RECALLED_S", 0.1)
    assert SystemKeyring().recall("id") is None
    monkeypatch.setattr(remembering, "_SECONDS", 0.1)
    SystemKeyring().forget("id")
    with pytest.raises(UsageError, match="TimeoutExpired"):
        SystemKeyring().keep("id", PASSPHRASE)
    monkeypatch.setattr(remembering, "_command", lambda: [sys.executable, "-c", "print('hello')"])
    assert SystemKeyring().recall("id") is None
    monkeypatch.setattr(remembering, "_command", lambda: ["no-such-program"])
    assert SystemKeyring().recall("id") is None


ENDINGS = {
    "raises at once": "raise RuntimeError('no bus')",
    "raises something odd": "raise KeyboardInterrupt",
    "ends its process": "import os; os._exit(3)",
    "writes what is no answer": "print('locked', flush=True); import os; os._exit(0)",
    "has something else": "return 7",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_backend_that_comes_to_nothing_counts_as_none(kept: Path, ending: str) -> None:
    failing = f"{BACKEND}\n    def get_password(self, service, username):\n        {ending}\n"
    (kept.parent / "filed.py").write_text(failing, encoding="utf-8")
    assert SystemKeyring().recall("id") is None


def test_a_backend_that_sleeps_is_not_waited_for(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where it is made nor where it is asked; what it began ends with it."""
    monkeypatch.setattr(remembering, "_RECALLED_S", 3)
    for sleeping in (
        f"import time\ntime.sleep(600)\n{BACKEND}",
        f"{BACKEND}\n    def get_password(self, service, username):\n        import time; time.sleep(600)\n",
    ):
        (kept.parent / "filed.py").write_text(sleeping, encoding="utf-8")
        assert SystemKeyring().recall("id") is None


def test_a_bundle_asks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert remembering._command() == [sys.executable]
    assert remembering._environment() == dict(os.environ)


def test_the_program_loads_nothing_of_it() -> None:
    program = (
        "import sys\n"
        "import briefer.app, briefer.remembering, briefer.storage.vault, briefer.services.protection\n"
        "sys.exit(bool({'keyring', 'http.client', 'urllib.request'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
