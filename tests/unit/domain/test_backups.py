from __future__ import annotations

from datetime import UTC, datetime, timedelta

from briefer.domain.backups import Backup, Differences, Reason, Turned, superseded

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def made(at: datetime) -> Backup:
    return Backup(at.isoformat(), at, Reason.AUTOMATIC, 1, None)


def test_ten_are_kept_whenever_they_were_made() -> None:
    hourly = [made(NOW - timedelta(minutes=n)) for n in range(12)]
    assert superseded(hourly) == tuple(hourly[10:])


def test_the_last_of_fourteen_days_and_of_eight_weeks_are_kept() -> None:
    days = [made(NOW - timedelta(days=n, hours=h)) for n in range(100) for h in (0, 1)]
    gone = superseded(days)
    kept = sorted((b for b in days if b not in gone), key=lambda b: b.made_at, reverse=True)
    last_of_days = [NOW - timedelta(days=n) for n in range(14)]
    assert [b.made_at for b in kept if b.made_at >= last_of_days[-1] and b.made_at.hour == 12] == last_of_days
    weeks = {b.made_at.isocalendar()[:2] for b in kept}
    assert len(weeks) == 8
    assert kept[-1].made_at.isoweekday() == 7  # the last of its week
    assert len(kept) < 10 + 14 + 8


def test_days_without_a_backup_do_not_count() -> None:
    seldom = [made(NOW - timedelta(days=40 * n)) for n in range(14)]
    assert superseded(seldom) == ()


def test_whether_anything_would_be_otherwise() -> None:
    none = Turned()
    assert not Differences(none, none).any
    assert Differences(Turned(changed=1), none).any
    assert Differences(none, Turned(back=1)).any
    assert Differences(none, none, briefs_changed=("Seoul",)).any
