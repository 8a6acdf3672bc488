"""Briefer promises to open no connection, and to need no window for the command line."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket

NETWORK = frozenset(
    {
        "aiohttp",
        "asyncio",
        "ftplib",
        "http.client",
        "http.server",
        "httpx",
        "imaplib",
        "poplib",
        "PySide6.QtNetwork",
        "PySide6.QtWebSockets",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "trafilatura.downloads",
        "trafilatura.fetch_url",
        "urllib.request",
        "urllib3",
        "webbrowser",
        "xmlrpc",
    }
)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name | ast.Attribute)
            and ast.unparse(node.func) in {"__import__", "import_module", "importlib.import_module"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def _banned(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in NETWORK)


def network_imports(source: str) -> set[str]:
    return {name for name in _imported(ast.parse(source)) if _banned(name)}


def test_no_module_imports_a_network_client(root: Path) -> None:
    modules = [*(root / "briefer").rglob("*.py"), *(root / "db").rglob("*.py")]
    assert modules
    found = {str(m.relative_to(root)): n for m in modules if (n := network_imports(m.read_text("utf-8")))}
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import http.client as h",
        "from http import client",
        "from urllib import request",
        "from PySide6 import QtCore, QtNetwork",
        "def f():\n    from PySide6.QtNetwork import QTcpSocket",
        "import importlib\nimportlib.import_module('socket')",
        "from trafilatura import fetch_url",
    ],
)
def test_the_search_sees_each_way_of_importing(source: str) -> None:
    assert network_imports(source)


@pytest.mark.parametrize("source", ["from urllib.parse import urlsplit", "from http import HTTPStatus"])
def test_the_search_lets_the_rest_pass(source: str) -> None:
    assert not network_imports(source)


@pytest.mark.filterwarnings("ignore:A test tried to use socket:UserWarning")
def test_the_tests_themselves_have_no_network() -> None:
    with pytest.raises(pytest_socket.SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


# Run before anything of Briefer: a finder that refuses Qt, as on a server where its libraries are missing,
# and a hook that ends the process at the first connection, whoever asks for it.
_ALONE = textwrap.dedent(
    """
    import sys

    class NoQt:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in {"PySide6", "shiboken6"}:
                raise ImportError(f"{name} is blocked in this test")

    def refuse(event, args):
        if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
            raise RuntimeError(f"{event} {args}")

    sys.meta_path.insert(0, NoQt())
    sys.addaudithook(refuse)
    from briefer.__main__ import main
    sys.exit(main())
    """
)


def _alone(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{_ALONE}", *arguments],
        cwd=cwd,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_the_command_line_works_without_qt_and_network(tmp_path: Path) -> None:
    made = _alone("demo", "--no-window", "--out", "demo", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert list((tmp_path / "demo").rglob("*.docx"))


def test_an_empty_library_is_made_and_checked_without_qt(tmp_path: Path) -> None:
    for arguments in (("init", "a.briefer"), ("sources", "a.briefer", "--json"), ("doctor", "a.briefer")):
        done = _alone(*arguments, cwd=tmp_path)
        assert done.returncode == 0, (arguments, done.stderr)
