"""Build ``resources/vocabulary/starter.json`` from CLDR's names of territories and cities and the parts by hand.

Names of countries and of a few cities in English and Japanese come from the Unicode CLDR, as Babel carries it;
``resources/vocabulary/hand/`` holds what no list of facts tells: inflections, governments, phrases that are no
names, organisations, regions, risks and themes. Works offline; the same Babel gives the same file.

    python benchmarks/build_vocabulary.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "vocabulary"
FIELDS = ("kind", "key", "label_en", "label_ja", "words_en", "words_ja", "blocked", "definition", "group")
LISTS = frozenset({"words_en", "words_ja", "blocked"})
LANGUAGES = ("en", "ja")


def build(hand: Path) -> dict[str, Any]:
    """Return the starter vocabulary: groups, then risks and themes, then countries in CLDR's words."""
    countries, groups, topics = (
        json.loads((hand / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("countries", "groups", "topics")
    )
    cities = city_names(countries["zones"])
    places = [country(entry, cities.get(entry["key"], {})) for entry in countries["countries"]]
    terms = [whole(t) for t in (*groups, *topics, *places)]
    keys = [(t["kind"], t["key"].casefold()) for t in terms]
    if len(keys) != len(set(keys)):
        raise ValueError(f"twice: {sorted(k for k in keys if keys.count(k) > 1)}")
    return {"home_country": countries["home_country"], "terms": terms}


def country(entry: dict[str, Any], cities: dict[str, list[str]]) -> dict[str, Any]:
    """Return the term of a country: CLDR's names, then its cities, then the words by hand.

    ``without`` names the languages whose CLDR name is no word of its own, being also that of something else.
    """
    term = {"kind": "partner", "group": "country", **entry}
    for language in LANGUAGES:
        name = Locale(language).territories[entry["key"]].replace(" & ", " and ")
        own = [] if language in entry.get("without", ()) else [name]
        term.setdefault(f"label_{language}", name)
        words = (*own, *cities.get(language, ()), *entry.get(f"words_{language}", ()))
        term[f"words_{language}"] = list(dict.fromkeys(words))
    return term


def city_names(zones: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return the names of the cities that time zones are called after, by country and language."""
    found: dict[str, dict[str, list[str]]] = {}
    for zone in zones:
        named = found.setdefault(get_global("zone_territories")[zone], {})
        for language in LANGUAGES:
            city = Locale(language).time_zones.get(zone, {}).get("city")
            if city or language == "en":
                named.setdefault(language, []).append(city or zone.rpartition("/")[2].replace("_", " "))
    return found


def whole(term: dict[str, Any]) -> dict[str, Any]:
    """Return ``term`` with every field, in their order."""
    return {field: term.get(field, [] if field in LISTS else "") for field in FIELDS}


def written(vocabulary: dict[str, Any]) -> str:
    """Return the text of the file."""
    return json.dumps(vocabulary, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the file, or only tell whether it is up to date."""
    text, target = written(build(FOLDER / "hand")), FOLDER / "starter.json"
    if "--check" not in sys.argv:
        target.write_text(text, encoding="utf-8", newline="\n")
    elif text != target.read_text(encoding="utf-8"):
        sys.exit("starter.json is not what its parts give: run python benchmarks/build_vocabulary.py")


if __name__ == "__main__":
    main()
