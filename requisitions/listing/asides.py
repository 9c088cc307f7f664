"""Lines that tell how to apply, and others among the items of a list that are none of them."""

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

_APPLY = re.compile(
    r"(?i)\b(?:to apply|apply (?:now|today|online|here|by|in person|within|via|at|through"
    r"|directly|for this)"
    r"|click (?:here )?to apply"
    r"|(?:please|kindly) (?:send|submit|e-?mail|apply|forward)|(?:send|submit"
    r"|e-?mail) (?:us )?(?:your|a) (?:cv|resume|application|cover)"
    r"|(?:share|forward|drop|mail|email) (?:us )?(?:your|their|an? updated) (?:cv|resume|profile)"
    r"|interested (?:candidates?|applicants?|parties)|applications? (?:should|must|can|may|to be)"
    r"|candidature|solliciteer|reageer|bewerbung|ansök|ansøg|søknad|aplikuj|envie (?:seu|o seu)"
    r"|envía|invia(?:re)? il|応募|application components|bewirb dich|bewerben sie sich"
    r"|postule[zr]|envía tu|apply with|apply in[- ]store|informal (?:enquir|inquir|discuss|chat)\w*"
    r"|(?:text|whatsapp) (?:\w+ )?(?:to|us|at)"
    r"|(?:write|reach out|talk|speak) to \w+.{0,40}(?:@|\d{3}))"
)
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
_ASKS = re.compile(
    r"(?i)\b(?:interested|apply|cv|resume|call|contact|send|questions|e-?mail|write|enquir\w*"
    r"|inquir\w*|tell us|get in touch|reach)\b"
)


def is_aside(text: str) -> bool:
    """A reference to elsewhere, a way to apply, or a question of the application form."""
    return _REFERS.match(text[:400]) is not None


def asks_to_apply(text: str) -> bool:
    return _APPLY.search(text[:1000]) is not None or asks_for_mail(text)


def asks_for_mail(text: str) -> bool:
    """ "Interested? Call Mandy or email mandy@..."."""
    return _MAIL.search(text) is not None and _ASKS.search(text) is not None
