"""E-mail addresses and links, however they are written. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

LOCAL = r"(?:[\w+&~%=](?:[\w.+'’&~%=-]{0,62}[\w+&~%=-])?|\"[^\"\n]{1,60}\")"
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
DOMAIN = rf"(?:{LABEL}\.){{1,6}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})"
EMAIL = re.compile(rf"(?<![\w.+@-])({LOCAL}) ?@ ?({DOMAIN})(?![\w@]|-\w)")
AT = r"(?:\[\s?(?:at|@|arroba|ät)\s?\]|\(\s?(?:at|@|arroba|ät)\s?\)|\{\s?at\s?\}|<\s?at\s?>|_at_)"
DOTS = r"dot|\.|punkt|point|punto"
SAID_DOT = rf"\s?(?:\[\s?(?:{DOTS})\s?\]|\(\s?(?:{DOTS})\s?\)|\{{\s?dot\s?\}}|<\s?dot\s?>)\s?"
DOT = rf"(?:{SAID_DOT}|\.)"
WORDS = re.compile(
    rf"(?i)(?<![\w.])([\w.+-]{{1,64}}(?:{SAID_DOT}[\w+-]{{1,30}}){{0,3}})\s?{AT}\s?"
    rf"({LABEL}(?:{DOT}{LABEL}){{1,4}})(?!\w)"
)
SPOKEN = re.compile(
    rf"(?i)(?<![\w.])([\w+-]{{1,64}}(?:(?: dot |\.)[\w+-]{{1,30}}){{0,3}}) at "
    rf"({LABEL}(?: dot {LABEL}){{1,4}})(?!\w)"
)
# No domains, though they look like one.
FILES_WORDS = """
png jpg jpeg gif svg pdf docx doc txt js ts py css html
"""
FILES = frozenset(FILES_WORDS.split())
AROUND_AT = re.compile(r"(?<=[\w+-])\n(?=@\w)|(?<=\w@)\n(?=\w)")
IN_DOMAIN = re.compile(r"(@[\w-]+)(?:\n\.|\.\n)([^\W\d_]{2,24}(?:\.[a-z]{2,3})?)(?=[\s,;|)]|$)")

SCHEME = re.compile(r"(?i)https?://[^\s<>\"“”«»]{3,1000}")
KNOWN = {
    "linkedin.com": "linkedin", "lnkd.in": "linkedin", "github.com": "github",
    "github.io": "github", "gitlab.com": "gitlab", "bitbucket.org": "bitbucket",
    "stackoverflow.com": "stackoverflow", "twitter.com": "twitter", "x.com": "twitter",
    "xing.com": "xing", "medium.com": "medium", "kaggle.com": "kaggle", "behance.net": "behance",
    "dribbble.com": "dribbble", "orcid.org": "orcid", "scholar.google.com": "scholar",
    "researchgate.net": "researchgate", "huggingface.co": "huggingface", "dev.to": "devto",
    "youtube.com": "youtube", "facebook.com": "facebook", "instagram.com": "instagram",
    "t.me": "telegram", "wantedly.com": "wantedly", "zenn.dev": "zenn", "qiita.com": "qiita",
}  # fmt: skip
HOSTS = "|".join(re.escape(host) for host in KNOWN)
TOP = (
    "com|org|net|io|dev|me|ai|co|app|tech|info|eu|uk|de|fr|ch|at|nl|es|it|pl|se|ca|us|in|jp|xyz"
    "|page|site"
)
BARE = re.compile(
    rf"(?i)(?<![\w@./-])(?:www\.(?:{LABEL}\.){{1,4}}[a-z]{{2,24}}(?:/[^\s<>\"|,;]*)?"
    rf"|(?:[a-z]{{2,3}}\.)?(?:{HOSTS})/[^\s<>\"|,;]+|{LABEL}\.github\.io(?:/[^\s<>\"|,;]*)?"
    rf"|(?:{LABEL}\.){{1,3}}(?:{TOP})/[^\s<>\"|,;]+)"
)
OWN = re.compile(
    rf"(?:^|[|•·,:]\s*|\s{{2,}})((?:[a-z0-9-]{{2,40}}\.){{1,2}}(?:{TOP}))(?=\s*(?:$|[|•·,]))",
    re.MULTILINE,
)
# Whoever writes a bare domain as a contact writes it at the top.
TOP_LINES = 15
BROKEN_LINK = re.compile(r"(?im)((?:https?://|www\.)\S*/|\S+\.(?:com|org|io)/(?:\S*/)?)\n(\S+)$")
ENDS = ".,;:!?'\"’”»)]}>*"


def emails_in(text: str, links: list[str]) -> list[str]:
    """Each once, in the order in which they stand; those behind words last."""
    text = unicodedata.normalize("NFKC", text)
    text = IN_DOMAIN.sub(r"\1.\2", AROUND_AT.sub("", text))
    placed = [(found.start(), plain(found[1], found[2])) for found in EMAIL.finditer(text)]
    for pattern in (WORDS, SPOKEN):
        placed += [(found.start(), spelled(found)) for found in pattern.finditer(text)]
    behind = [unquote(link[7:].partition("?")[0]) for link in links if is_mail(link)]
    for link in behind:
        placed += [(len(text), plain(each[1], each[2])) for each in EMAIL.finditer(link)]
    return once(address for _, address in sorted(placed) if is_domain(address))


def is_mail(link: str) -> bool:
    return link[:7].lower() == "mailto:"


def plain(local: str, domain: str) -> str:
    return f"{local.replace('’', chr(39))}@{domain}"


def spelled(found: "re.Match[str]") -> str:
    local, domain = (re.sub(rf"(?i){DOT}| dot ", ".", part) for part in found.groups())
    return f"{local}@{domain}".replace(" ", "")


def is_domain(address: str) -> bool:
    local, _, domain = address.rpartition("@")
    end = domain.rpartition(".")[2].casefold()
    is_end = len(end) > 1 and (end.isalpha() or end.startswith("xn--"))
    return is_end and end not in FILES and ".." not in local and len(address) <= 254


def links_in(text: str, behind: list[str]) -> list[dict[str, str]]:
    """`[{kind, url}]`: those that are written out, then those behind words, each once."""
    text = BROKEN_LINK.sub(r"\1\2", AROUND_AT.sub("", text))
    placed = [(found.start(), found[0]) for found in SCHEME.finditer(text)]
    without = SCHEME.sub(lambda found: " " * len(found[0]), text)
    placed += [(found.start(), found[0]) for found in BARE.finditer(without)]
    top = "\n".join(without.split("\n")[:TOP_LINES])
    placed += [(found.start(1), found[1]) for found in OWN.finditer(top)]
    urls = [url for _, url in sorted(placed)] + behind
    found: dict[str, str] = {}
    for url in map(tidy, urls):
        if url:
            found.setdefault(same(url), url)
    return [{"kind": kind_of(url), "url": url} for url in found.values()]


def tidy(url: str) -> str:
    """With its scheme and without the punctuation of the sentence; "" for what is no web page."""
    url = url.strip()
    while url and url[-1] in ENDS and not (url[-1] == ")" and "(" in url):
        url = url[:-1]
    if not re.match(r"(?i)[a-z][a-z0-9+.-]*:", url):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_page = parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    return url[:1000] if is_page and "@" not in parts.netloc else ""


def same(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$", "", url.casefold())


def kind_of(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next(
        (kind for at, kind in KNOWN.items() if host == at or host.endswith(f".{at}")), "other"
    )


def once(said: Iterator[str]) -> list[str]:
    found: dict[str, str] = {}
    for each in said:
        found.setdefault(each.casefold(), each)
    return list(found.values())
