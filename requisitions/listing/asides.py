"""Lines among the items of a list that are none of them."""

import re

_REFERS = re.compile(
    r"(?i)\W*(?:for (?:full|further|more|additional) (?:details?|information)"
    r"|(?:e-?mail|send|apply|call|text)\b.{0,60}(?:resume|\bcv\b|@|https?:|\d{3}-\d{4})"
    r"|to apply\b|(?:do|are|have|can|will) you\b.*\?$|how many\b.*\?$|(?:yes|no|\d{1,2})$"
    r"|(?:join|take on|become|be part of|come and|apply|get in touch)\b[^.]{0,80}!$"
    r"|salary (?:is |will be )?(?:in line|commensurate|according|as per|in accordance)\b.{0,80}$"
    r"|(?:this|the) (?:position|posting|job|vacancy|requisition|role|advert\w*) (?:is|will be)"
    r" (?:\w+ ){0,3}(?:open|clos\w+|remain|accept\w*)\b.*"
    r"|provide\b.*\bresume|failure to"
    r"|please (?:see|note|read|refer)|see (?:the )?attached)(?!\w)"
)


def is_aside(text: str) -> bool:
    """A reference to elsewhere, a way to apply, or a question of the application form."""
    return _REFERS.match(text[:400]) is not None
