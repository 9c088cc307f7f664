"""The text of an RTF file: enough of the format for resumes, nothing of its objects."""

import codecs
import re
from copy import copy
from dataclasses import dataclass

from candidates.resumes.found import Found, NoText

TOKEN = re.compile(
    rb"\\bin(?P<bin>\d{1,9})[ ]?"
    rb"|\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-f]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
HIDDEN = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"listtable",
    b"listoverridetable", b"revtbl", b"rsidtbl", b"generator", b"themedata", b"datastore",
    b"colorschememapping", b"latentstyles", b"xmlnstbl", b"nonshppict", b"filetbl", b"pgptbl",
    b"annotation", b"atnid", b"atnauthor", b"bkmkstart", b"bkmkend", b"sp",
}  # fmt: skip
# Inside of what is hidden: the words of a text box, what an object shows, a field's instruction.
SHOWN = {b"shptxt", b"result", b"fldrslt"}
NOTES = {b"footnote"}
SAID = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"nestrow": "\n",
    b"tab": "\t", b"cell": "\t", b"nestcell": "\t", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
SIGNS = {b"~": " ", b"-": "\u00ad", b"_": "-", b"\n": "\n", b"\r": "\n"}
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
LINK = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"')


@dataclass
class Group:
    """What a brace opens, and its end takes back."""

    hidden: bool = False
    vanished: bool = False
    in_fonts: bool = False
    in_field: bool = False
    in_note: bool = False
    font: int = -1
    skip: int = 1


def read_rtf(data: bytes) -> Found:
    reader = Reader()
    at = 0
    while token := TOKEN.search(data, at):
        at = token.end()
        if token["bin"]:
            at += int(token["bin"])
        else:
            reader.take(token)
    found = reader.found
    reader.flush()
    found.text = whole("".join([*reader.said, "\n", *reader.notes]))
    found.pages = 1
    if not found.text.strip():
        raise NoText("scanned" if b"\\pict" in data else "empty")
    return found


def whole(text: str) -> str:
    """Pairs of surrogates are one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Reader:
    def __init__(self) -> None:
        self.found = Found()
        self.said: list[str] = []
        self.notes: list[str] = []
        self.group = Group()
        self.outer: list[Group] = []
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.bytes = bytearray()
        self.skip = 0
        self.field: list[str] = []

    def take(self, token: "re.Match[bytes]") -> None:
        if token["hex"]:
            self.byte(bytes.fromhex(token["hex"].decode()))
        elif token["text"]:
            self.byte(token["text"])
        elif brace := token["brace"]:
            self.flush()
            self.brace(brace)
        elif token["word"]:
            self.flush()
            number = int(token["number"]) if token["number"] else None
            self.word(token["word"].lower(), number)
        elif sign := token["sign"]:
            self.sign(sign)

    def byte(self, some: bytes) -> None:
        """After `\\uN` the same is said once more for readers that know no Unicode."""
        dropped = min(self.skip, len(some))
        self.skip -= dropped
        self.bytes += some[dropped:]

    def brace(self, brace: bytes) -> None:
        self.skip = 0
        if brace == b"{":
            self.outer.append(copy(self.group))
        elif self.outer:
            if self.group.in_field and not self.outer[-1].in_field:
                self.found.links += LINK.findall("".join(self.field))
                self.field = []
            if self.group.in_note and not self.outer[-1].in_note:
                self.notes.append("\n")
            self.group = self.outer.pop()

    def word(self, word: bytes, number: int | None) -> None:
        group = self.group
        if word == b"u" and number is not None:
            self.say(chr(number % 0x10000))
            self.skip = group.skip
        elif word == b"uc":
            group.skip = min(number or 0, 10)
        elif word == b"ansicpg":
            self.page = known(f"cp{number}", self.page)
        elif word in (b"mac", b"pc", b"pca"):
            self.page = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif word == b"f" or word == b"fcharset":
            self.choose(word, number or 0)
        elif word in (b"v", b"deleted"):
            group.vanished = number != 0
        elif word == b"plain":
            group.vanished = False
        else:
            self.destination(word)

    def choose(self, word: bytes, number: int) -> None:
        if word == b"f":
            self.group.font = number
        elif self.group.in_fonts:
            self.fonts[self.group.font] = CHARSETS.get(number, self.page)

    def destination(self, word: bytes) -> None:
        group = self.group
        if word == b"fonttbl":
            group.in_fonts = True
        if word == b"fldinst":
            group.in_field = group.hidden = True
        elif word in HIDDEN:
            group.hidden = True
        elif word in SHOWN:
            group.hidden = group.in_field = False
        elif word in NOTES:
            group.in_note = True
        elif word in SAID:
            self.say(SAID[word])

    def sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.group.hidden = True
        elif sign in b"{}\\":
            self.byte(sign)
        elif sign in SIGNS:
            self.flush()
            self.say(SIGNS[sign])

    def flush(self) -> None:
        """Letters of two bytes come as two signs; they are decoded together."""
        if self.bytes:
            page = self.fonts.get(self.group.font, self.page)
            self.say(self.bytes.decode(page, "replace"))
            self.bytes.clear()

    def say(self, text: str) -> None:
        group = self.group
        if group.in_field:
            self.field.append(text)
        elif group.vanished and not group.hidden:
            if text.strip():
                self.found.notes.add("hidden_text")
        elif not group.hidden:
            (self.notes if group.in_note else self.said).append(text)


def known(page: str, otherwise: str) -> str:
    try:
        return codecs.lookup("utf-8" if page == "cp65001" else page).name
    except LookupError:
        return otherwise
