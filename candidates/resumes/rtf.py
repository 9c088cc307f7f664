"""The text of an RTF file: enough of the format for resumes, nothing of its objects."""

import re

TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<hex>[0-9a-f]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
HIDDEN = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"}
BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "page": "\n"}


def text_of_rtf(data: bytes) -> str:
    reader = Reader()
    for token in TOKEN.finditer(data.decode("latin-1")):
        reader.take(token)
    return "".join(reader.said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Reader:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.hidden: list[bool] = [False]
        self.skip = 0

    def take(self, token: re.Match[str]) -> None:
        if brace := token["brace"]:
            self.group(brace)
        elif token["word"]:
            self.word(token["word"].lower(), int(token["number"] or 0))
        elif token["hex"]:
            self.say(bytes.fromhex(token["hex"]).decode("cp1252", "replace"))
        elif sign := token["sign"]:
            self.sign(sign)
        elif token["text"]:
            self.say(token["text"].encode("latin-1").decode("cp1252", "replace"))

    def group(self, brace: str) -> None:
        if brace == "{":
            self.hidden.append(self.hidden[-1])
        elif len(self.hidden) > 1:
            self.hidden.pop()

    def word(self, word: str, number: int) -> None:
        if word in HIDDEN:
            self.hidden[-1] = True
        elif word == "u":
            self.say(chr(number % 0x10000))
            self.skip = 1
        elif word in BREAKS:
            self.say(BREAKS[word])

    def sign(self, sign: str) -> None:
        if sign == "*":
            self.hidden[-1] = True
        elif sign in "{}\\":
            self.say(sign)
        elif sign == "~":
            self.say(" ")

    def say(self, text: str) -> None:
        """After `\\uN` one character repeats it for readers that know no Unicode."""
        if self.skip:
            text, self.skip = text[self.skip :], 0
        if not self.hidden[-1]:
            self.said.append(text)
