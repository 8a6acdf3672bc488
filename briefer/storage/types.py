"""How values that SQLite has no type for are kept: as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from briefer.domain.dates import is_edtf


class UnreadableValueError(Exception):
    """A stored value is not what was written: the file is damaged."""


class UtcTime(TypeDecorator[datetime]):
    """An aware time, as ISO text in UTC of constant width, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to store; a time without its zone is a bug of the caller."""
        return None if value is None else in_utc(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time that was stored."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise UnreadableValueError(str(error)) from error

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """Return what makes texts of times, without SQLAlchemy's two calls for each of them."""
        return lambda value: self.process_bind_param(value, dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Return what makes times of stored texts, without SQLAlchemy's two calls for each of them."""
        return lambda value: self.process_result_value(value, dialect)


@lru_cache(maxsize=64)  # what is imported together has the same times
def in_utc(value: datetime) -> str:
    """Return the text that :class:`UtcTime` stores; a time without its zone is a bug of the caller."""
    if value.tzinfo is None:
        raise ValueError(f"time without a zone: {value}")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_is_day = lru_cache(maxsize=4096)(is_edtf)  # many sources are of the same days


class Day(TypeDecorator[str]):
    """A year, a month or a day as EDTF has it; empty where none is known."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the value that was stored."""
        if value and not _is_day(str(value)):
            raise UnreadableValueError(f"{value!r} is no date")
        return value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        """Return what looks at stored texts, without SQLAlchemy's two calls for each of them."""
        return lambda value: self.process_result_value(value, dialect)


class Packed(TypeDecorator[Any]):
    """A nested value of the domain, as JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)
        self._encoder = msgspec.json.Encoder()

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Return the JSON to store."""
        return None if value is None else self._encoder.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value in its shape."""
        return self._read(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """Return what makes JSON of values, without SQLAlchemy's two calls for each of them."""
        encode = self._encoder.encode
        return lambda value: None if value is None else encode(value).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what makes values of JSON, without SQLAlchemy's two calls for each of them."""
        return self._read

    def _read(self, value: str | None) -> Any:
        try:
            return None if value is None else self._decoder.decode(value)
        except (TypeError, msgspec.DecodeError) as error:
            raise UnreadableValueError(str(error)) from error
