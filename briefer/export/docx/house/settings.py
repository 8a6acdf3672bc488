"""Settings of the house that the brief's notes and language have a say in."""

from __future__ import annotations

from copy import deepcopy

from briefer.export.docx.xml import Element, add, w

# What the schema wants after the properties of notes (CT_Settings).
_AFTER_NOTES = frozenset(
    map(
        w,
        (
            "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
            "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
            "readModeInkLockDown", "smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol",
            "listSeparator",
        ),
    )
)  # fmt: skip


def know_notes(settings: Element, own: Element, kind: str) -> None:
    """Name the separators of Briefer's notes, where the house had no notes of that kind."""
    wanted = own.find(w(f"{kind}Pr"))
    old = settings.find(w(f"{kind}Pr"))
    if old is not None:
        settings.remove(old)
    if wanted is None:
        return
    later = _AFTER_NOTES - ({w("endnotePr")} if kind == "endnote" else set())
    # What is of other namespaces (formulas, later editions of Word) comes after the notes, too.
    follower = next((e for e in settings if e.tag in later or not str(e.tag).startswith(w(""))), None)
    if follower is None:
        settings.append(deepcopy(wanted))
    else:
        follower.addprevious(deepcopy(wanted))


def speak(styles: Element, settings: Element, own_styles: Element) -> None:
    """Give the house's defaults the languages of the brief."""
    wanted = own_styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    if wanted is None:
        return
    properties = _default_run(styles)
    found = properties.find(w("lang"))
    language = add(properties, "lang") if found is None else found
    for key in ("val", "eastAsia"):
        language.set(w(key), wanted.get(w(key), ""))
    for fonts in settings.iter(w("themeFontLang")):
        for key in ("val", "eastAsia"):
            fonts.set(w(key), wanted.get(w(key), ""))


def _default_run(styles: Element) -> Element:
    """Return the run properties that hold for all text, new ones where the house says nothing."""
    place = styles
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = place.find(w(name))
        if found is None:
            found = place.makeelement(w(name))
            place.insert(0, found)
        place = found
    return place
