"""The annex that tells how a document came to leave: what was let pass, and where the brief went before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.domain.accounts import Account, Passed
from briefer.domain.dates import in_words
from briefer.domain.documents import BlockNode, Paragraph, Run, Table
from briefer.services.phrases import Phrases


class AccountAnnex:
    """Writes the annex, in the words of a language."""

    def __init__(self, account: Account, say: Phrases, language: str) -> None:
        self._account = account
        self._say = say
        self._language = language

    def blocks(self, anchor: str) -> Iterator[BlockNode]:
        """Yield what was waived, what left in spite of a red finding, and the former exports."""
        say, account = self._say, self._account
        if account.whole:
            yield from self._passed(account.waived, (say.waived, say.nothing_waived), f"{anchor}-waived")
        yield from self._passed(account.let, (say.let, say.nothing_let), f"{anchor}-let")
        if account.whole:
            yield from self._sent(f"{anchor}-sent")

    def _passed(
        self, passed: Sequence[Passed], words: tuple[str, str], anchor: str
    ) -> Iterator[Paragraph | Table]:
        say, (caption, nothing) = self._say, words
        if not passed:
            yield Paragraph((Run(nothing),), anchor=anchor)
            return
        yield self._table(
            (say.check, say.place, say.found, say.reason, say.decided),
            [
                (p.check, p.place or say.whole_brief, p.message, p.reason, self._who(p.who, p.at))
                for p in passed
            ],
            caption,
            anchor,
        )

    def _sent(self, anchor: str) -> Iterator[Paragraph | Table]:
        say = self._say
        if not self._account.sent:
            yield Paragraph((Run(say.not_sent),), anchor=anchor)
            return
        yield self._table(
            (say.version, say.sent_by, say.file),
            [(str(s.version), self._who(s.who, s.at), s.file) for s in self._account.sent],
            say.sent,
            anchor,
        )

    def _who(self, who: str, at: str) -> str:
        when = f"{in_words(at[:10], self._language)} {at[11:16]} UTC" if at else self._say.this_export
        return self._say.joint.join(filter(None, (who, when)))

    @staticmethod
    def _table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str, anchor: str) -> Table:
        return Table(
            tuple((Run(label),) for label in header),
            tuple(tuple((Run(cell),) for cell in row) for row in rows),
            caption=caption,
            anchor=anchor,
        )
