"""Keeps the program off the network: what speaks to it is not loaded, and what tries to is refused.

Libraries bring clients along that Briefer never asks for anything. Python's event loop, on which the citation processor's
machine rests, has a socket to itself; so `socket` may be loaded, and what may be done with it is held here instead.
"""

from __future__ import annotations

import sys

CLIENTS = (
    "_ssl",
    "aiohttp",
    "certifi",
    "ftplib",
    "http.client",
    "http.server",
    "httpx",
    "imaplib",
    "nntplib",
    "poplib",
    "pycurl",
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets",
    "requests",
    "smtplib",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc.client",
    "xmlrpc.server",
)
"""Modules that speak to a network, of Python and of others."""

# Audit events (docs.python.org/3/library/audit_events.html) by the place of the address in their arguments.
_EVENTS = {
    "socket.bind": 1,
    "socket.connect": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyaddr": 0,
    "socket.gethostbyname": 0,
    "socket.sendmsg": 1,
    "socket.sendto": 1,
}
_HERE = {"127.0.0.1", "::1", "localhost"}
_ELSEWHERE = ("192.0.2.1", 443)  # of a network that there is only in documents (RFC 5737)
_attempts: list[str] = []


def refuse_network() -> None:
    """Keep this process off the network from now on; there is no way back."""
    for name in CLIENTS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # an import of it fails, as if it were not there
    sys.addaudithook(_refuse)


def loaded() -> tuple[str, ...]:
    """Return which clients are loaded."""
    return tuple(name for name in CLIENTS if sys.modules.get(name) is not None)


def refuses() -> bool:
    """Whether a connection to another computer would be refused: what is refused is only what Python is told, nothing is sent."""
    before = len(_attempts)
    try:
        sys.audit("socket.connect", None, _ELSEWHERE)
    except PermissionError:
        return True
    finally:
        del _attempts[before:]
    return False


def attempts() -> tuple[str, ...]:
    """Return what was refused so far."""
    return tuple(_attempts)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    place = _EVENTS.get(event)
    if place is None:
        return
    address = arguments[place]
    host = address[0] if isinstance(address, tuple) and address else address
    # What has no host is a socket of this computer's own (D-Bus, or the display).
    if host is None or (isinstance(address, str | bytes) and place) or host in _HERE:
        return
    _attempts.append(f"{event} {host!r}")
    raise PermissionError(f"Briefer opens no connections ({event} {host!r})")
