"""Workplace and kind of employment, from a label's value, a short line or a sentence."""

import re

ON_SITE, HYBRID, REMOTE = "on_site", "hybrid", "remote"

# The whole of a short line or of a label's value; "remote" within "hybrid or remote" loses.
_WORKPLACE = (
    (HYBRID, (r"\bhybrid|\bup to \d+ ?%|\b(?!100)\d{1,2} ?% (?:work from home|remote|home|wfh)"
             r"|\bteilweise (?:remote|home ?office)|(?:partly|partially) remote"
             r"|hybride"
             r"|(?:home[- ]?office|mobiles arbeiten|remote)[- ](?:möglich\w*|option\w*|anteil"
             r"|tage?)"
             r"|télétravail (?:partiel|possible|\d)|\d(?:[-–]\d)? (?:jours?|días?|dias?|giorni"
             r"|dagen?|tage?|dagar)"
             r"\b.{0,20}(?:télétravail|teletrabajo|remot|thuis|home ?office|hemifrån|kantoor|büro"
             r"|oficina|bureau|presencial|kontoret|smart working)"
             r"|\d(?:[-–]\d)? days? .{0,25}(?:office|on[- ]?site|remote|home)"
             r"|週\d日?\S{0,6}(?:リモート|出社)"
             r"|semipresencial|deels thuis|delvis distans|teletrabajo parcial|リモート可"
             r"|一部リモート"
             r"|híbrido|hybryd|ibrido|ibrida|hibrid|hybridní|ハイブリッド")),
    (
        ON_SITE,
        (r"\bon[- ]?site\b|\bin[- ](?:the[- ])?office\b|\bin[- ]person\b|vor ort|présentiel"
        r"|sur site|presencial"
        r"|\bnot remote\b|no remote|office[- ]based"),
    ),
    (
        REMOTE,
        (r"\bremote|\bwork from home\b|\bwfh\b|\bhome[- ]based\b|\btelecommut|\btelework"
        r"|フルリモート|在宅勤務|完全在宅|\bthuiswerken|\bsmart working|distansarbete|zdaln"
        r"|\bremot[oa]s?\b|\btelelavoro|\bhemifrån|\betänä\b|リモートワーク|\bvirtual\b"
        r"|\bfully distributed\b|télétravail|teletrabajo|\bworldwide\b"
        r"|work from anywhere"),
    ),
)  # fmt: skip
_DAYS = r"(?:\w+|\d)(?: to \w+|[-–]\d)? days?(?: (?:a|per|each|every) week)?"
_WORKPLACE_PROSE = (
    (
        ON_SITE,
        (
            r"\b(?:is|are|am)(?:n[o']t|n’t| not) (?:an? )?remote\b|\bno remote (?:work|option)"
            r"|\b(?:five|5) days (?:(?:a|per|each) week )?(?:in|from|at|on)\b.{0,12}"
            r"(?:office|site|studio)"
            r"|\b(?:office|on-?site),? (?:five|5) days\b"
        ),
    ),
    (
        HYBRID,
        (
            r"\bhybrid (?:work\w*|role|position|model|schedule|environment|arrangement|set-?up"
            r"|job"
            r"|office|policy|remote|basis|pattern)"
            rf"|\b{_DAYS} (?:working )?(?:in|at|from) (?:the|our|an?) (?:\w+ )?(?:office|site|hub"
            r"|studio)"
            rf"|\b(?:office|on-?site|studio) (?:for )?(?:at least |a minimum of |up to )?{_DAYS}"
            r" (?:a|per|each|every) week"
            rf"|\b(?:from home|remotely) (?:for )?(?:at least |up to )?{_DAYS} (?:a|per|each) week"
            rf"|\b{_DAYS} (?:working )?(?:from|at) home\b"
            r"|\boffice\b[^.;]{0,60}\band (?:work )?(?:from home|remotely)\b"
            r"|\bhome[- ]?office[- ](?:möglich|option|tage)|mobiles arbeiten (?:ist )?möglich"
            r"|\bmobiles arbeiten an \w+ tagen"
            r"|télétravail (?:\w+ ){0,2}?\d|\b\d jours? (?:de|en) télétravail"
            r"|\bteletrabajo \d|\b\d días? de teletrabajo"
            r"|(?:up to \d+ ?%|\b(?!100)\d+ ?%|\d days?)[^.,;]{0,20} (?:home[- ]?working"
            r"|working from home|from home"
            r"|remote)\b"
            r"|\b(?:is|are|work|works|working) (?:a )?hybrid\b|(?:\d|two|three"
            r"|four) days? (?:in (?:the )?)?(?:office|on-?site)\b"
        ),
    ),
    (
        REMOTE,
        (
            r"\b(?:100 ?%|fully|completely|entirely) remote|\bremote[- ](?:first|only)\b"
            r"|\bremote (?:role|position|job|opportunity)\b(?!:? no\b)"
            r"|\b(?:is|be|done|performed|role|position|work|working|works) remote(?:ly)?\b"
            r"(?! (?:team|teams"
            r"|stakeholders|colleagues))|work from anywhere"
        ),
    ),
    (
        ON_SITE,
        (
            r"\bwork(?:ing)? from (?:the )?office\b"
            r"|\b(?:on-?site|in-office|in-person|office-based) (?:role|position|job|work"
            r"|attendance"
            r"|\d days|five days|presence)"
            r"|\b(?:is|be|work|working|fully|100 ?%) (?:fully |100 ?% )?(?:on-?site|in[- ]office"
            r"|in[- ]person)\b"
            r"|\bnot (?:a )?remote"
        ),
    ),
)
_NOT_THE_JOB = re.compile(
    r"(?i)\b(?:home office (?:budget|allowance|stipend|setup|set-up)|experience (?:in|with|of)"
    r"|infrastructure)\b"
)

_EMPLOYMENT = (
    ("intern", (r"\bintern(?:ship)?\b|\bpraktik\w+|\bstage\b(?= )|\bstagiaire\b|\bprácticas\b"
               r"|\bco-?op\b|\btrainee(?:ship)?\b"
               r"|werkstudent|working student|インターン")),
    ("part_time", (r"\bpart[- _]?time\b|\bteilzeit\b|temps partiel|tiempo parcial|media jornada"
                  r"|パート|アルバイト|mezza|meio período|deeltijd|deltid")),
    ("full_time", (r"\bfull[- _]?time\b|正社員|常勤|フルタイム|"
                  r"\bvollzeit\b|temps plein|tiempo completo|jornada completa"
                  r"|fuldtid|pełen etat|plný úvazek|kokoaikainen|tempo integral|tempo pieno"
                  r"|\bvoltijd\b|\bheltid\b|pełny etat")),
    ("contract", (r"\bcontract(?:or)?\b|\bfreelance\w*|\bself-employed\b|\bb2b\b"
                 r"|\bfixed[- ]term\b"
                 r"|\bftc\b|\bterm[- ]limited\b"
                 r"|契約社員|業務委託|\bfreiberuf\w*|\bcdd\b|\bc2c\b|\b1099\b")),
    ("temporary", (r"\btemp(?:orary)?\b|\bseasonal\b|\bcasual\b|\bper[ -]?diem\b|\bprn\b"
                  r"|\bbefristet\w*|\bvisstid\w*|\bvikariat\w*|(?<!on)bepaalde tijd"
                  r"|durée déterminée"
                  r"|\bdeterminado\b|\bdeterminato\b|\bintérim\b|\btemporal\b"
                  r"|派遣社員|\bintermittent\b|\bbank staff\b|\bzero[- ]hours?\b")),
    ("permanent", (r"\bpermanent\b|\bperm\b|\bunbefristet\w*|\bfestanstellung\b|\bcdi\b"
                  r"|\bindefinid[oa]\b|\bregular\b|\bindeterminato\b|\btillsvidare\w*|\bclt\b"
                  r"|onbepaalde tijd|vast contract|vast dienstverband|durée indéterminée"
                  r"|\bfast (?:anstilling|stilling|ansettelse)|umowa o pracę")),
)  # fmt: skip
_EMPLOYMENT_PROSE = (
    ("intern", r"\b(?:this|our|the|a|an) (?:\w+ )?internship\b"),
    ("part_time", (r"\b(?:a |is |this )?part[- ]time (?:role|position|job|basis|contract"
                  r"|opportunity|\w+ to join)|\bin teilzeit\b|^part[- ]time\b")),
    ("full_time", (r"\bfull[- ]time(?:,? (?:\w+ )?)(?:role|position|job|basis|contract"
     "|opportunity"
                  r"|employee|employment|permanent|schedule)"
                  r"|\bin vollzeit\b|\b(?:is|are|this is|for|a|an|seeks a) full[- ]time\b"
                  r"|^full[- ]time\b|^permanent,? (?:and )?full[- ]time\b")),
    ("contract", (r"\b(?:fixed[- ]term|\d+[- ]month) (?:contract|position|role|appointment)"
                 r"|\b(?:contract|freelance) (?:role|position|basis|job)\b"
                 r"|term limited appointment")),
    ("temporary", (r"\btemporary (?:role|position|job|basis|contract|appointment)\b"
                  r"|\bseasonal (?:role|position|job)\b")),
    ("permanent", (r"\bpermanent (?:role|position|job|basis|contract|employment)\b"
                  r"|unbefristete\w* (?:arbeits|anstellung|stelle|vertrag)\w*")),
)  # fmt: skip

_Table = tuple[tuple[str, "re.Pattern[str]"], ...]


def _compiled(table: tuple[tuple[str, str], ...]) -> _Table:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table)


_WORKPLACE_WORDS = _compiled(_WORKPLACE)
_WORKPLACE_SENTENCES = _compiled(_WORKPLACE_PROSE)
_EMPLOYMENT_WORDS = _compiled(_EMPLOYMENT)
_EMPLOYMENT_SENTENCES = _compiled(_EMPLOYMENT_PROSE)
_YES = re.compile(r"(?i)(?:yes|ja|oui|sí|true)\b")
_NO = re.compile(r"(?i)(?:no|none|not?\b.*|nein|non|false)$")
_REST = re.compile(
    r"[\W\d_]+|\b(?:days?|a|per|week|in|on|the|office|home|working|from|position|role|job|work"
    r"|working|and|or|employee|regular|contract|only|first|up|to|week(?:ly)?|hours?|role"
    r"|contrato|contrat|jornada|vertrag|arbeitsvertrag|anstellung|umowa|tipo|de)\b",
    re.IGNORECASE,
)


def workplace(value: str, label: str = "") -> str | None:
    """What a label's value or a short line says: on_site, hybrid or remote."""
    if "remote" in label.lower():
        if _NO.match(value.strip()):
            return ON_SITE
        if _YES.match(value.strip()):
            return REMOTE
    return _first(_WORKPLACE_WORDS, value[:300])


def workplace_in_prose(text: str) -> str | None:
    text = text[:4000]
    return None if _NOT_THE_JOB.search(text) else _first(_WORKPLACE_SENTENCES, text)


def employment(value: str) -> str | None:
    return _first(_EMPLOYMENT_WORDS, value[:300])


def employment_in_prose(text: str) -> str | None:
    return _first(_EMPLOYMENT_SENTENCES, text[:4000])


def is_only(text: str) -> tuple[str | None, str | None]:
    """(workplace, employment type) of a line that says nothing else; Nones otherwise."""
    if len(text) > 60:
        return None, None
    rest = text
    for _, pattern in (*_WORKPLACE_WORDS, *_EMPLOYMENT_WORDS):
        rest = pattern.sub(" ", rest)
    if rest == text or _REST.sub("", rest):
        return None, None
    return workplace(text), employment(text)


def _first(table: _Table, text: str) -> str | None:
    return next((name for name, pattern in table if pattern.search(text)), None)
