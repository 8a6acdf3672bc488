"""Digests that are stored, recorded and exported stay what they were: waivers, records and manifests of old hold on to them."""

from __future__ import annotations

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.digests import state_of
from briefer.domain.findings import digest_of
from briefer.domain.hashing import text_sha256
from briefer.domain.tags import TagKind, Term
from briefer.export.docx.live.sources import tag_of
from briefer.export.docx.live.zotero import zotero_key

TEXT = "“Six” — 六\ud800"


def test_stored_digests_are_what_they_were() -> None:
    whole = "d2b18b48ffe8d16e862e041da2d7a91d019d2ff92b66ae3d02740453133d35b6"
    assert text_sha256(TEXT) == whole  # texts of captures, quotations of manifests
    assert digest_of("ab", "c", TEXT) == "abd98f7f52e047aaf494d2f240029c1b"  # findings that were let pass
    tide = Term(TagKind.FREE, "tide", "Tide", "潮")
    assert state_of(tide) == "9089a0430dc01c872f21129d400ccd33"  # states of the record


def test_names_in_exported_files_are_what_they_were() -> None:
    assert bookmark_name("ä 1") == "_b_1_7e737f39"
    assert (zotero_key("work 1"), tag_of("work 1")) == ("8IIH94XR", "B1fff4179f694")
