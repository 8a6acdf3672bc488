"""The facts of an entry in the words of the window."""

from __future__ import annotations

import re
from functools import partial

from briefer.domain.markings import level_of
from briefer.domain.record import Wording
from briefer.domain.tags import parse_tag
from briefer.errors import UsageError
from briefer.ui.context import Context
from briefer.ui.record.words import tr

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ID_SHOWN = 8
"""Characters of an id that are shown: enough to find the same one again."""
_MARKINGS = frozenset({"marking", "title_marking", "comment_marking", "ceiling", "sections", "blocks", "to"})
_TAGS = frozenset({"tags", "subjects", "added", "removed", "new", "changed"})


def wording(context: Context) -> Wording:
    """Return the words for facts: their names as the window's fields are called, markings and tags by their labels."""
    return Wording(fact_name, partial(_text, context))


def fact_name(name: str) -> str:
    """Return what a fact is called; one that a newer Briefer has written as it is written."""
    return {**_of_sources(), **_of_excerpts(), **_of_briefs(), **_of_files()}.get(
        name, name.replace("_", " ")
    )


def _text(context: Context, name: str, text: str) -> str:
    if _ID.fullmatch(text):
        return f"…{text[-_ID_SHOWN:]}"
    if text in {"yes", "no"}:
        return tr("yes") if text == "yes" else tr("no")
    if name in _MARKINGS and context.desk is not None and (found := level_of(text, context.desk.markings)):
        return found[1].label
    if name in _TAGS:
        try:
            return context.label(parse_tag(text))
        except UsageError:
            return text
    return text


def _of_sources() -> dict[str, str]:
    return {
        "title": tr("title"),
        "kind": tr("kind"),
        "authors": tr("authors"),
        "publisher": tr("publisher"),
        "container": tr("reproduced on"),
        "published": tr("published"),
        "event": tr("event"),
        "accessed": tr("accessed"),
        "url": tr("address"),
        "language": tr("language"),
        "reliability": tr("reliability"),
        "flags": tr("notes"),
        "extra": tr("other data"),
        "genre": tr("kind in its own words"),
        "wire": tr("agency"),
        "rights": tr("rights"),
        "story": tr("same story as"),
        "accepted": tr("accepted in the review"),
        "value": tr("date"),
        "as_written": tr("as written"),
        "basis": tr("the date is"),
        "reference": tr("worked out from"),
        "reading": tr("what is the article"),
        "place": tr("characters"),
        "text": tr("text"),
        "capture": tr("capture"),
        "snapshot_id": tr("capture"),
    }


def _of_excerpts() -> dict[str, str]:
    return {
        "source": tr("source"),
        "quote": tr("quotation"),
        "speaker": tr("speaker"),
        "comment": tr("comment"),
        "credibility": tr("credibility"),
        "translation": tr("translation"),
        "translation_official": tr("official translation"),
        "anchored": tr("found again in the new capture"),
        "comment_marking": tr("marking of the comment"),
        "tags": tr("tags"),
        "added": tr("tags added"),
        "removed": tr("tags removed"),
        "key": tr("key"),
        "label_en": tr("English"),
        "label_ja": tr("Japanese"),
        "words_en": tr("words (English)"),
        "words_ja": tr("words (Japanese)"),
        "blocked": tr("not in the phrases"),
        "definition": tr("definition"),
        "group": tr("group"),
    }


def _of_briefs() -> dict[str, str]:
    return {
        "form": tr("form"),
        "origin": tr("made from"),
        "meeting_date": tr("meeting date"),
        "audience": tr("for whom"),
        "author": tr("author"),
        "variant": tr("names of sections"),
        "subjects": tr("about"),
        "numbering": tr("numbers of headings"),
        "marking": tr("marking"),
        "preferred_scheme": tr("scheme offered first"),
        "title_marking": tr("marking of the title"),
        "ceiling": tr("marked at most"),
        "left_out": tr("portions left out"),
        "let_pass": tr("let pass"),
        "taken_back": tr("no longer let pass"),
        "waivers": tr("findings let pass"),
        "let_leave": tr("red findings that left with it"),
        "let_by": tr("let leave by"),
        "check": tr("check"),
        "message": tr("finding"),
        "reason": tr("reason"),
        "by_undo": tr("by undo or redo"),
        "confirmed": tr("confirmed as it is, after a change from outside"),
        "found_altered": tr("found altered by something else than Briefer"),
        "who": tr("by"),
        "at": tr("at"),
    }


def _of_files() -> dict[str, str]:
    return {
        "file": tr("file"),
        "sha256": tr("digest (SHA-256)"),
        "text_sha256": tr("digest of the text (SHA-256)"),
        "begun": tr("not all taken in yet"),
        "written": tr("written"),
        "version": tr("version"),
        "backup": tr("backup"),
        "kept": tr("the state before is kept in"),
        "replaced": tr("record before"),
        "entries": tr("entries"),
        "hash": tr("hash"),
        "encryption": tr("encryption"),
        "deleted_at": tr("deleted"),
        "deleted_by": tr("deleted by"),
    }
