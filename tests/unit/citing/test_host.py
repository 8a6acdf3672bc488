from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefer.citing.host import Host, ScriptError


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    script = tmp_path / "script.js"
    script.write_text(
        "var T = { echo: function (x) { return x; }, nothing: function () {},"
        " fail: function () { throw new Error('no such thing'); },"
        " spin: function () { while (true) {} } };",
        "utf-8",
    )
    made = Host()
    made.load(script)
    yield made
    made.close()


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1.5,
        "“x” & <y> \\ '\" `${z}`\n\t\u2028",
        ["海底", "👩‍👩‍👧", "\x00"],
        {"a": [{"b": None}], "__proto__": {"polluted": True}},
    ],
)
def test_plain_data_goes_in_and_comes_out(host: Host, value: object) -> None:
    assert host.call("T.echo", value) == value


def test_a_lone_surrogate_passes(host: Host) -> None:
    assert host.call("T.echo", "a\ud800b") == "a\ud800b"


def test_what_gives_nothing_gives_none(host: Host) -> None:
    assert host.call("T.nothing") is None


def test_what_throws_is_told(host: Host) -> None:
    with pytest.raises(ScriptError, match="no such thing"):
        host.call("T.fail")
    assert host.call("T.echo", 1) == 1


def test_what_does_not_end_is_ended(host: Host) -> None:
    with pytest.raises(ScriptError, match=r"longer than 0\.2 seconds"):
        host.call("T.spin", seconds=0.2)
    assert host.call("T.echo", 1) == 1


def test_what_takes_too_much_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.citing.host.MEMORY", 64 << 20)
    script = tmp_path / "eat.js"
    script.write_text(
        "function eat() { var a = []; while (true) { a.push(new Array(9999).fill(a.length)); } }"
    )
    made = Host()
    try:
        made.load(script)
        with pytest.raises(ScriptError, match="memory"):
            made.call("eat", seconds=30)
    finally:
        made.close()


def test_a_script_that_cannot_be_parsed_is_told(host: Host, tmp_path: Path) -> None:
    (tmp_path / "bad.js").write_text("var = ;", "utf-8")
    with pytest.raises(ScriptError, match="SyntaxError"):
        host.load(tmp_path / "bad.js")


def test_closing_twice_is_once(host: Host) -> None:
    host.close()
    host.close()
    with pytest.raises(ScriptError, match="closed"):
        host.call("T.echo", 1)
