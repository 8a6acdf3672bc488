"""Web addresses: which of them are one and the same page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

# What stands before the address of a page that is kept or shown by somebody else.
_WRAPPING = re.compile(
    r"(?:https?://)?(?:"
    r"web\.archive\.org/web/(?:[0-9]{1,14}\*?(?:[a-z]{2}_)?/|\*/)?"
    r"|archive\.(?:today|ph|is|li|md|vn|fo)/(?:[0-9.-]{4,19}|newest|oldest)/"
    r"|(?:www\.)?google\.[a-z.]+/amp/s/"
    r"|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/s/"
    r")",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(https?):/{1,2}(?!/)", re.IGNORECASE)
# Where a reader came from, never what there is to read. "ref", "source" and the like may be either, and stay.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|at|ns)_(?:medium|campaign|source|content|term|id|kwd|keyword|cid|group|placement|"
    r"bbc_team|custom[0-9]*|link_[a-z]+|ptr_name|format|mchannel|linkname|name|social[a-z-]*)"
    r"|_ga|_gl|_hs(?:enc|mi)|mc_[ce]id|ref_(?:src|url)|guce_referrer(?:_sig)?|guccounter"
    r"|(?:fb|g|d|tw|y|ys|wbra|gbra|tt)clid|msclkid|gbraid|wbraid|igshid|igsh|cmpid|cmp|icid|ocid|cvid|xtor"
    r"|__twitter_impression|spm|smid|smtyp|wt\.mc_id",
    re.IGNORECASE,
)
_AMP = re.compile(r"amp|outputtype", re.IGNORECASE)
_AMP_PATH = re.compile(r"/amp$|\.amp(?=$|\.html?$)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:html?|php))?$", re.IGNORECASE)
_DEVICE = re.compile(r"^(?:www[0-9]?|m|mobile|amp)\.(?=[^.]+\.[^.]+)|(?<=\.)m\.(?=wiki[a-z]+\.org$)")
_PORTS = {"http": 80, "https": 443}
# Nothing in it has to be decoded or sorted: most addresses.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(/[\w./~-]*)?", re.ASCII)


def key(url: str) -> str:
    """Return ``url`` in the form in which two addresses of one page are equal, '' for what is none.

    Left out are the scheme and its own port, ``www.``, the marks of versions for telephones (``m.``, ``amp``),
    user names, fragments, tracking parameters, ``index.html`` and a slash at the end; parameters are sorted;
    an address in a web archive is that of the page that is kept there. Paths keep their case (RFC 3986,
    6.2.2.1), since servers may tell them apart.
    """
    address = url.strip()
    while wrapping := _WRAPPING.match(address):
        address = address[wrapping.end() :]
    if not _SCHEME.match(address) and (address != url.strip() or address.lower().startswith("www.")):
        address = f"https://{address}"
    if plain := _PLAIN.fullmatch(address):
        host = _DEVICE.sub("", plain[1].rstrip("."))
        return f"{host}{_path(plain[2] or '')}" if host else ""
    try:
        address.encode()
        # Archives fold the slashes of the scheme.
        parts = urlsplit(_SCHEME.sub(r"\1://", address, count=1))
        host, query = _host(parts), _query(parts)
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number, half a character
        return ""
    if not host:
        return ""
    # A fragment that begins so is the address of a page to the script that shows it.
    page = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{_path(unquote(parts.path))}{query}{page}"


def _path(path: str) -> str:
    return _INDEX.sub("", _AMP_PATH.sub("", _INDEX.sub("", path)))


def _host(parts: SplitResult) -> str:
    port = _PORTS.get(parts.scheme)
    name = (parts.hostname or "").rstrip(".")
    if port is None or not name:
        return ""
    if not name.isascii():
        name = name.encode("idna").decode()
    name = _DEVICE.sub("", name)
    return name if parts.port in {None, port} else f"{name}:{parts.port}"


def _query(parts: SplitResult) -> str:
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
        and not (_AMP.fullmatch(name) and value.lower() in {"", "1", "true", "amp"})
    ]
    return f"?{urlencode(sorted(asked))}" if asked else ""
