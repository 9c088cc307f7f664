"""The languages that a posting can be in, as BCP 47 tags of what exists. Pure."""

import re
from functools import cache
from importlib.resources import files

TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")
# ISO 639-1, and of ISO 639-3 what people put into job postings.
LANGUAGE_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ckb cmn
dsb fil gsw haw hsb kab yue
"""
LANGUAGES = frozenset(LANGUAGE_CODES.split())
SCRIPTS = frozenset(["Arab", "Cyrl", "Deva", "Hans", "Hant", "Latn"])
LATIN_AMERICA = "419"
RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])


def canonical(tag: str) -> str:
    """`EN-us` as `en-US`; "" for a language, a script or a country that does not exist."""
    found = TAG.fullmatch(tag.strip())
    if found is None:
        return ""
    language, script, region = (part or "" for part in found.groups())
    language, script, region = language.lower(), script.capitalize(), region.upper()
    exists = (
        language in LANGUAGES
        and (not script or script in SCRIPTS)
        and (not region or region == LATIN_AMERICA or region in countries())
    )
    return "-".join(part for part in (language, script, region) if part) if exists else ""


def direction(tag: str) -> str:
    return "rtl" if tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1, two letters, with the names that the time zone database gives."""
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text()
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, _, name in (line.partition("\t") for line in lines)}
