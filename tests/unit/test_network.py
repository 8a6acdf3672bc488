"""The program is kept off the network, whoever asks."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from briefer import offline

_TRYING = textwrap.dedent(
    """
    import sys
    from briefer.offline import attempts, loaded, refuse_network, refuses

    assert not refuses()
    refuse_network()
    assert refuses() and attempts() == ()
    import socket
    for name in ("ssl", "http.client", "urllib.request"):
        try:
            __import__(name)
        except ImportError:
            pass
        else:
            sys.exit(f"{name} was loaded")
    here = socket.socket()
    here.bind(("127.0.0.1", 0))
    ways = (
        lambda: socket.create_connection(("192.0.2.1", 80), 1),
        lambda: socket.getaddrinfo("a.example", 80),
        lambda: socket.gethostbyname("a.example"),
        lambda: socket.socket().bind(("0.0.0.0", 0)),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    )
    for way in ways:
        try:
            way()
        except PermissionError:
            continue
        sys.exit("not refused")
    print(len(attempts()), loaded())
    """
)


def test_clients_are_not_loaded_and_connections_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _TRYING], check=False, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "5 ()\n"


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, "/run/user/1000/bus")),
        ("socket.connect", (None, b"\0bus")),
        ("socket.bind", (None, ("::1", 0, 0, 0))),
        ("socket.getaddrinfo", ("localhost", 80, 0, 0, 0)),
        ("open", ("a", "r", 0)),
    ],
)
def test_this_computer_may_speak_with_itself(event: str, arguments: tuple[object, ...]) -> None:
    offline._refuse(event, arguments)
    assert offline.attempts() == ()
