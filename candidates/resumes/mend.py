"""Text as people write it, out of text as files keep it. Pure."""

import re
import unicodedata

# Latin and Arabic letters that were melted into one sign for their looks, and Chinese radicals
# that stand in for the characters they look like.
MELTED = re.compile("[\ufb00-\ufb06\ufb13-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc\u2f00-\u2fd5]")
# Zero width and marks of direction; what joins letters (U+200C, U+200D) stays.
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufff9-\ufffb]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
HYPHENS = "-\u00ad\u2010"
FIRST, SECOND = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,60}(?:-[^\W\d_]{1,60})+")
# Nobody's word is longer, nor a line that is worth mending.
LONGEST, LONGEST_LINE = 200, 2000
# In front of these a word is put together with a hyphen rather than cut.
JOINED_WORDS = """
all anti co cross end ex fast full half hands high in inter large long low mid multi non on one
open part post pre pro real right self semi short single small so state sub test two user well
work
"""
JOINED = frozenset(JOINED_WORDS.split())
MOST_CHARACTERS = 1_000_000


def mended(raw: str) -> str:
    """One line per line of the page, NFC, nothing invisible, cut words joined."""
    text = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = MELTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = PRIVATE.sub(" ", UNSEEN.sub("", CONTROL.sub("", text)))
    text = unicodedata.normalize("NFC", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    text = joined(text).replace("\u00ad", "")
    return text[:MOST_CHARACTERS].strip()


def joined(text: str) -> str:
    """Words that were cut at the end of a line are whole again, and stay on their first line."""
    known = set(COMPOUND.findall(text.casefold()))
    lines: list[str] = []
    for read in text.split("\n"):
        line = read
        is_short = bool(lines) and len(lines[-1]) < LONGEST_LINE
        last = lines[-1][-LONGEST:].rpartition(" ")[2] if is_short else ""
        first = FIRST.search(last[:-1]) if last[-1:] in HYPHENS else None
        second = SECOND.match(line[:LONGEST])
        if last and first and second:
            word, _, rest = line.partition(" ")
            hyphen = "-" if keeps_hyphen(last, first[0], second[0], known) else ""
            lines[-1] = f"{lines[-1][:-1]}{hyphen}{word}"
            line = rest
        if line:
            lines.append(line)
    return "\n".join(lines)


def keeps_hyphen(last: str, first: str, second: str, known: set[str]) -> bool:
    """`last` is all that stands without a blank in front of the end of the line."""
    if last[-1] == "\u00ad":
        return False
    if set(last) & set("/@.") or not second[0].islower():
        return True
    return first.casefold() in JOINED or f"{first}-{second}".casefold() in known


def is_told(text: str) -> bool:
    """False where most of the text is signs whose meaning the file keeps to itself."""
    signs = [sign for sign in text[:20_000] if not sign.isspace()]
    lost = sum(bool(PRIVATE.match(sign)) or sign == "\ufffd" or sign < " " for sign in signs)
    return lost <= 0.5 * len(signs)
