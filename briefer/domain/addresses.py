"""Web addresses: which of them are one and the same page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_ARCHIVED = re.compile(
    r"(?:https?://)?(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|md|vn|fo))"
    r"/(?:[0-9]{4,14}(?:[a-z]{2}_)?|\*)/(?=https?:/)",
    re.IGNORECASE,
)
# Where a reader came from, never what he reads.
_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|link.*|ptr_name|format|bbc_team)|mtm_.*|pk_.*|_?ga|_gl|_hs(?:enc|mi)|mc_[ce]id"
    r"|(?:fb|g|dc|ms|tw|yt|ttc|wbra|gbra|y)clid|igshid|igsh|cmpid|icid|ns_(?:campaign|mchannel|source|linkname)"
    r"|__twitter_impression|spm|smid|smtyp|wt\.mc_id|s?cid_?share|share(?:type)?",
    re.IGNORECASE,
)
_PORTS = {"http": "80", "https": "443"}


def key(url: str) -> str:
    """Return ``url`` in the form in which two addresses of one page are equal, '' for what is none.

    Left out are the scheme, ``www.``, the scheme's own port, user names, fragments, tracking parameters and a
    slash at the end; parameters are sorted; an address in a web archive is that of the page that it keeps.
    Page names keep their case (RFC 3986, 6.2.2.1), since servers may tell them apart.
    """
    address = url.strip()
    while archived := _ARCHIVED.match(address):
        address = re.sub(r"^(https?):/+", r"\1://", address[archived.end() :], flags=re.IGNORECASE)
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    if port is not None and str(port) != _PORTS[parts.scheme]:
        host += f":{port}"
    path = unquote(parts.path, errors="surrogateescape").rstrip("/")
    asked = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(n)]
    return f"{host}{path}" + (f"?{urlencode(sorted(asked))}" if asked else "")
