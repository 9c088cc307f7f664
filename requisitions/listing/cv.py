"""Whether a text is a person's CV rather than a job listing."""

import re

_HEADINGS = re.compile(
    r"(?im)^\W{0,4}(?:(?:work|professional|employment|career|relevant|volunteer) (?:experience"
    r"|history"
    r"|background|summary)|experience|employment|education(?: (?:and|&) training)?|references?"
    r"|publications|(?:hobbies|interests)(?: (?:and|&) (?:hobbies|interests))?"
    r"|personal (?:statement"
    r"|details|profile|information)|career objective|objective|profile|summary|skills|languages"
    r"|certifications|projects|awards|lebenslauf|berufserfahrung|beruflicher werdegang|ausbildung"
    r"|persönliche daten|kenntnisse|sprachen|expériences? professionnelles?|formations?|langues"
    r"|centres d'intérêt|compétences|experiencia (?:laboral|profesional)|formación(?: académica)?"
    r"|idiomas|werkervaring|opleidingen?|職務経歴|職歴|学歴|自己PR|資格)\W{0,3}$"
)
_NAMED = re.compile(
    r"(?i)\b(?:curriculum vitae|r[ée]sum[ée] of|lebenslauf|currículum|職務経歴書|履歴書)"
    r"|^\W*(?:r[ée]sum[ée]|cv)\W*$|references? (?:are )?available (?:up)?on request",
    re.MULTILINE,
)
_SPANS = re.compile(
    r"(?i)\b(?:19|20)\d\d\s*(?:-|–|—|to|bis|à|until|～|〜)\s*(?:\w{3,9}\.? ){0,1}"
    r"(?:(?:\d{1,2}[/.])?(?:19|20)\d\d\b|present|current|now|today|heute|aujourd'hui|actualidad"
    r"|heden|現在)"
)
_LISTING = re.compile(
    r"(?i)\b(?:you will|you'll|you’ll|your (?:role|profile|responsibilities|tasks)"
    r"|we are (?:looking"
    r"|seeking|hiring)|we're (?:looking|hiring)|we offer|to apply|apply (?:now|by|here|online)"
    r"|applicants?|candidates?|requirements|responsibilities include|join (?:us|our)|what you"
    r"|closing date|salary|vacancy|wir suchen|wir bieten|ihre aufgaben|deine aufgaben|votre profil"
    r"|vos missions|nous recherchons|ofrecemos|requisitos|wij bieden|応募|募集)\b|応募|募集"
)


def reads_as_cv(text: str) -> bool:
    """Spans of years beneath a CV's headings, and next to nothing that addresses an applicant."""
    head = text[:60_000]
    if len(_LISTING.findall(head)) > 2:
        return False
    spans, headings = len(_SPANS.findall(head)), len(set(_HEADINGS.findall(head)))
    named = _NAMED.search(head) is not None
    return (spans >= 2 and headings >= 2) or (named and spans + headings >= 2)
