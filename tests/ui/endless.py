"""Reading that takes so long that somebody types on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Generic, TypeVar

from briefer.services.desk import Desk
from briefer.services.stopping import StoppedError
from briefer.ui.library.asking import Asked

_Asked = TypeVar("_Asked", bound=str | Asked)
_Read = TypeVar("_Read")


class Endless(Generic[_Asked, _Read]):
    """Reads as ``read`` does, but for one text, over which it goes on until it is broken off."""

    def __init__(self, read: Callable[[Desk, _Asked], _Read], text: str) -> None:
        self._read = read
        self._text = text
        self.begun, self.broken_off = Event(), Event()

    def __call__(self, desk: Desk, asked: _Asked) -> _Read:
        if (asked.text if isinstance(asked, Asked) else asked) != self._text:
            return self._read(desk, asked)
        stop = desk.find._stop
        assert stop is not None
        with stop.broken_off_by(self.broken_off.set):
            self.begun.set()
            assert self.broken_off.wait(60)
            raise StoppedError
