"""What search is measured beside: tantivy, a bare FTS5 table, and LIKE.

tantivy has the texts of the excerpts stored too, because Briefer's first page brings them, cut to snippets; both cut
them by the same function. Without texts it gives addresses only.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tantivy import Document, Index, Occur, Query, SchemaBuilder

from briefer.domain.highlights import snippet
from briefer.domain.prepared import prepare, sought
from briefer.domain.queries import And, Match, Node, Or, Words, words_in
from briefer.services.query_language import parse_query

PAGE = 50
FACETS = ("partner", "risk", "theme", "publisher", "language", "grade", "year", "used")
_COUNTED = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
_ALL = """
SELECT e.number, e.quote,
    (SELECT group_concat(DISTINCT t.kind || ':' || t.key) FROM excerpt_tags AS b JOIN tags AS t
        ON t.number = b.tag_number WHERE b.excerpt_number = e.number AND t.kind != 'free'),
    s.publisher, e.published, s.language, s.reliability || e.credibility
FROM excerpts AS e JOIN sources AS s ON s.number = e.source_number
"""


class Rivals:
    """The same texts, prepared in the same way, in a tantivy index and in a bare FTS5 table."""

    def __init__(self, folder: Path, library: Path) -> None:
        schema = SchemaBuilder()
        schema.add_text_field("body", stored=False, tokenizer_name="whitespace")
        schema.add_text_field("quote", stored=True, tokenizer_name="raw", index_option="basic")
        for name in FACETS:
            schema.add_text_field(name, stored=False, tokenizer_name="raw", fast=True)
        place = folder / "tantivy-with-texts"
        present = (place / "meta.json").exists()
        place.mkdir(exist_ok=True)
        self._index = Index(schema.build(), path=str(place))
        self._bare = sqlite3.connect(folder / "bare.db")
        self._library = sqlite3.connect(library)
        if not present:
            self._fill()
        self._index.reload()

    def close(self) -> None:
        """Close the files."""
        self._bare.close()
        self._library.close()

    def _fill(self) -> None:
        start = time.process_time()
        writer = self._index.writer(200_000_000, 1)
        self._bare.execute("DROP TABLE IF EXISTS bare")
        self._bare.execute("CREATE VIRTUAL TABLE bare USING fts5(body, content='', tokenize='ascii')")
        for number, quote, tags, publisher, published, language, grade in self._library.execute(_ALL):
            text = prepare(quote)
            document = Document(body=text, quote=quote)
            for tag in filter(None, (tags or "").split(",")):
                document.add_text(*tag.split(":", 1))
            facts = (publisher or "", language, grade, published[:4], "no")
            for name, value in zip(FACETS[3:], facts, strict=True):
                document.add_text(name, value)
            writer.add_document(document)
            self._bare.execute("INSERT INTO bare (rowid, body) VALUES (?, ?)", (number, text))
        self._bare.commit()
        writer.commit()
        writer.wait_merging_threads()
        print(f"rivals built in {time.process_time() - start:.0f} s of a core")

    def tantivy(self, *, texts: bool, counts: bool = False) -> Callable[[str], object]:
        """Return a search for tantivy's fifty best and their number, with snippets and the counts of all facets or without."""

        def ask(text: str) -> object:
            node = parse_query(text)
            asked, searcher = self._asked(node), self._index.searcher()
            found = searcher.search(asked, PAGE, count=True)
            words = words_in(node)
            shown = [snippet(searcher.doc(at)["quote"][0], words) for _, at in found.hits] if texts else []
            return found.count, shown, counts and searcher.aggregate(asked, _COUNTED)

        return ask

    def bare(self, text: str) -> object:
        """Return the fifty best of the bare FTS5 table."""
        phrases = []
        for words in words_in(parse_query(text)):
            tokens, prefix = sought(words)
            phrases.append(f'"{" ".join(tokens)}"{"*" if prefix else ""}')
        glue = " OR " if " OR " in text else " AND "
        return self._bare.execute(
            "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT ?", [glue.join(phrases), PAGE]
        ).fetchall()

    def like(self, text: str) -> object:
        """Return the first fifty whose text contains the query, as QualCoder looks for text."""
        with closing(self._library.execute(_LIKE, [f"%{text.strip('*')}%", PAGE])) as found:
            return found.fetchall()

    def _asked(self, node: Node) -> Query:
        schema = self._index.schema
        if isinstance(node, Match):
            return Query.term_query(schema, node.field.value, node.value)
        if isinstance(node, Words):
            tokens, prefix = sought(node)
            if prefix:
                return Query.regex_query(schema, "body", f"{tokens[-1]}.*")
            if len(tokens) > 1:
                return Query.phrase_query(schema, "body", tokens)
            return Query.term_query(schema, "body", tokens[0])
        if not isinstance(node, And | Or):
            raise TypeError(node)
        occurs = Occur.Must if isinstance(node, And) else Occur.Should
        return Query.boolean_query([(occurs, self._asked(term)) for term in node.terms])


_LIKE = "SELECT id FROM excerpts WHERE quote LIKE ? LIMIT ?"
