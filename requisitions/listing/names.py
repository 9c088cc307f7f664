"""The job's title and the employer's name, where no label gives them."""

import re
from collections import Counter
from collections.abc import Iterable

from requisitions.listing import terms
from requisitions.listing.gazetteer import CITIES

_GENDERS = re.compile(
    r"\s*[(\[]?(?<![\w/])(?:m/w/d|w/m/d|m/w/x|w/m/x|f/m/d|m/f/d|m/f/x|f/m/x|d/f/m|m/d/w|h/f|f/h"
    r"|m/f|f/m|all genders|gn|w/d/m|d/m/w"
    r"|m/w/div\w*|h/f/x|f/h/x|m/f/h|m/v)(?![\w/])[)\]]?\s*(.*)$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?i)^\W*(?:(?:we(?:'|’)?(?:\s?a)?re |now |urgently )?(?:hiring"
    r"|recruiting)(?: now)?(?: (?:an?|for))?"
    r"|(?:job |current |exciting )?(?:vacancy|vacancies|opportunity|opening|posting|announcement)"
    r"|job (?:title|description|advert\w*|offer|post)|position|wanted|role|stellenangebot"
    r"|stellenausschreibung|vacature|offre d'emploi|oferta de empleo|recrute|vaga"
    r"|求人|募集|採用情報|求人情報)"
    r"(?: announcement)?\s*(?:[:!：]|\s[–—-])\s*(?=\S)"
)
_ORGANIZATION = re.compile(
    r"(?:\b(?:g?GmbH|AG|KG|SE|e\.\s?V\.|Ltd\.?|Limited|LLC|LLP|Inc\.?|plc|PLC|Corp\.?"
    r"|S\.?A\.?S?|SARL"
    r"|B\.?V\.?|N\.?V\.?|AB|A/S|ApS|AS|Oyj?|S\.r\.l\.|S\.p\.A\.|S\.?L\.?|Sp\. z o\.o\."
    r"|s\.r\.o\.|Lda\.?"
    r"|Pty|Council|Hospital|University|Academy|Trust|School|College|Clinic|Hotel|Restaurant|Inn"
    r"|Bakery|Institute|Foundation|Charity|Nursery|Surgery|Practice|Group|Museum|Library|Bank"
    r"|Logistics|Technologies|Solutions|Systems|Labs|Studios?|Partners|Software|Robotics|Company"
    r"|Services|Society|Association|Agency|Ministry|Department|Authority|Distribution|Stiftung"
    r"|Mechanical|Motors|[Kk]ommune?|d\.?o\.?o\.?|eG|a\.s\."
    r"|Klinikum|Universität|Hochschule|Universiteit|Université|Universidad"
    r"|Inn|Farm|Estates?|Homes?|Plumbing|Electrical|Roofing|Construction|Transport|Retail"
    r"|Recruitment|Recruiting|Staffing|Contractors|Therapeutics|Pharmaceuticals|Credit Union"
    r"|Medical Cent(?:er|re)|Hospice|Airlines|Brewery|Builders|Healthcare|Consulting"
    r"|Holdings|Industries|Enterprises|County|School District|\w*haus|\w*heim|\w*zentrum)"
    r"|^(?:株式会社|社会福祉法人|医療法人|有限会社|合同会社|学校法人).+|株式会社"
    r"|^(?:(?:City|County|Town|State|Village|University|Borough) of|Hospital|Clínica|Grupo|Scoil"
    r"|Colegio|Zorggroep|Gemeente|Stadt|Landkreis|Ayuntamiento|Comune di|Mairie de|Universidad"
    r"|Region|Kommun|Seniorenhaus|Seniorenheim) [A-ZÀ-Þ].*"
    r"|^(?:(?:Department|Bureau|Ministry|Institute) (?:of|for)(?: the)?) [A-Z].*)$"
)
_LEGAL = re.compile(r" (?:g?GmbH|AG|KG|SE|Ltd|Limited|LLC|Inc|plc|SARL|AB|ApS|Oy|S\.?L)$")
_LONE = re.compile(
    r"(?:The |Our )?(?:Department|Agency|Group|School|Company|Services|Practice|Bank|Hospital"
    r"|Hotel|Restaurant|Library|Museum|Council|Authority|Ministry|Systems|Software)"
)
_SHORTHAND = re.compile(r"\s+(?:DOQ|DOE|OTE)$")
_AT = re.compile(
    r"(.{4,90}?)\s+(?:at|bei(?: der| dem)?|chez|bij|hos|presso|na"
    r"|@)\s+([A-Z][\w&.'’-]*(?:\s+[A-Z&][\w&.'’-]*){0,4}|[A-Z]\S+)"
)
_DASH = re.compile(r"(.{2,100}?)\s+(?:[–—|·-])\s+(.{2,60})")
_COLON = re.compile(r"([A-Z][\w.&'’ -]{1,40}?):\s+(\S.*)")
_JOB = re.compile(
    r"(?i)\b(?:manager|engineer\w*|developer|analyst|nurse|assistant|director|lead|head of"
    r"|officer|specialist|technician"
    r"|designer|scientist|architect|consultant|coordinator|administrator|representative|associate"
    r"|intern|internship|teacher"
    r"|lecturer|professor|driver|chef|cook|accountant|clerk|supervisor|executive|president"
    r"|recruiter|writer|editor|researcher"
    r"|physician|therapist|pharmacist|carer|worker|operator|mechanic|electrician|plumber|sales"
    r"|advisor|adviser|counsel|attorney"
    r"|paralegal|planner|strategist|agent|tutor|instructor|librarian|programmer|tester|trainee"
    r"|apprentice|receptionist|cashier"
    r"|server|waiter|barista|cleaner|housekeeper|guard|paramedic|surgeon|dentist|caregiver"
    r"|midwife|welder|producer|partner"
    r"|entwickler\w*|ingenieur\w*|leiter\w*|mitarbeiter\w*|berater\w*|kaufmann|kauffrau"
    r"|pfleger\w*|fachkraft|koch|referent\w*"
    r"|développeu\w*|ingénieur\w*|responsable|chargée?|infirmi\w*|technicien\w*|desarrollador\w*"
    r"|ingenier\w*|enfermer\w*"
    r"|desenvolvedor\w*|engenheir\w*|sviluppatore|ingegnere|medewerker|ontwikkelaar"
    r"|verpleegkundige|utvecklare|sjuksköterska"
    r"|dispatcher|LPN|RN|CNA|gardener|painter|carpenter|baker|butcher|janitor|custodian|nanny"
    r"|bookkeeper|secretary|firefighter|lifeguard|bartender|host(?:ess)?|dishwasher|handyman"
    r"|landscaper|machinist|packer|picker|courier|hairdresser|stylist|aide|headteacher"
    r"|\w*lärare|\w*sköterska|verzorgende|\w*pfleger\w*|pflegeassist\w+|\w*verkäufer\w*"
    r"|elektriker\w*"
    r"|auxiliar|contador\w?|contable|analista|vendedor\w?|asistente|gerente|motorista|cuoco"
    r"|camerier[ea]|impiegat[oa]|operai[oa]|addett[oa]|comptable|vendeu(?:r|se)|serveu(?:r|se)"
    r"|cuisini(?:er|ère)|chauffeur|aide-soignante?|professeure?|educador\w?|profesor\w?"
    r"|principal|owner|practitioner|steward|inspector|auditor|buyer|merchandiser|copywriter"
    r"|marketer|sre|devops|cto|ceo|cfo|ranger|warden|groundskeeper|pilot|florist|tailor"
    r"|optician|optometrist|radiographer|sonographer|phlebotomist|hygienist|veterinarian|biologist"
    r"|chemist|physicist|economist|statistician|actuary|geologist|ecologist|archivist|curator"
    r"|translator|interpreter|journalist|photographer|videographer|animator|illustrator|musician"
    r"|trainer|chaplain|solicitor|barrister|lawyer|underwriter|adjuster|appraiser|assessor"
    r"|surveyor|estimator|foreman|roofer|bricklayer|joiner|fitter|installer|labou?rer|porter"
    r"|concierge|attendant|paraprofessional|counsell?or|psychologist|psychiatrist|dietiti?cian"
    r"|dietitian|nutritionist|physiotherapist|research fellow|postdoc|registrar|crew member"
    r"|team member|stocker)s?\b"
)
_NAME = (
    r"([A-ZÀ-Þ][\w&'’+-]*(?:\.\w[\w&'’-]*)*"
    r"(?: (?:of |the |and |& |de |du |der |för |van "
    r"|und )?[A-ZÀ-Þ][\w&'’-]*(?:\.\w[\w&'’-]*)*){0,4}"
    r"(?: (?:doo|d\.o\.o\.|s\.r\.o\.|a\.s\.|e\.V\.|eG|gGmbH|kommune?))?)"
)
_MENTIONS = (
    (3, re.compile(rf"(?m)^{_NAME}(?:,? (?:Inc|LLC|Ltd|GmbH|Corp)\.?)? is (?:an? "
                   rf"|proud to be an? )?[Ee]qual")),
    (3, re.compile(rf"(?m)^\W*(?:About|Über|Why(?: [Ww]ork (?:at|for))?|Join|Working at"
                   rf"|À propos de) {_NAME}[?!:]*$")),
    (2, re.compile(rf"(?m)(?:^|[.!?] ){_NAME} (?:mission|purpose|vision) is\b")),
    (2, re.compile(rf"\b[Ee]mployment (?:with|at) {_NAME}")),
    (2, re.compile(rf"\b(?:[Hh]ere )?[Aa]t {_NAME},? (?:we|our|you)\b")),
    (2, re.compile(rf"(?m)(?:^|\. ){_NAME}(?: \([^()]{{1,60}}\))? is (?:an?|the|seeking|looking"
        rf"|hiring|one of|currently"
                   rf"|searching|recruiting)\b")),
    (3, re.compile(rf"(?m)^{_NAME} (?:[Hh]ome ?[Pp]age|[Cc]areers [Hh]ome)$")),
    (2, re.compile(rf"(?m)(?:^|[.!?] )(?:Die|Der|Das|Het|De|La|Le|Les) {_NAME} (?:ist|sucht"
                   rf"|steht|zählt|is een|zoekt|est|recrute|recherche|es una?|busca)\b")),
    (1, re.compile(rf"(?m)^{_NAME} (?:builds|makes|sells|runs|operates|develops|designs|delivers"
                   rf"|powers|connects|serves|creates|produces|supplies|keeps|owns|publishes)\b")),
    (1, re.compile(rf"(?m)(?:^|\. ){_NAME} (?:offers|provides|values|was founded|helps|believes"
                   rf"|has been|ist ein|est une?)\b")),
    (2, re.compile(rf"(?m)(?:^|[.!:] ){_NAME} (?:seeks|sucht|zoekt|recherche|recrute|cherche"
                   rf"|busca"
                   rf"|solicita|cerca|ricerca|procura|contrata|está (?:contratando|buscando)"
                   rf"|söker"
                   rf"|søger|søker|szuka|poszukuje|hledá|är (?:en|ett)|er (?:en|et)|is een"
                   rf"|est (?:le|la|un|une|l['’])"
                   rf"|es una?|é uma?|è una?|is (?:recruiting|expanding|growing)|are (?:looking"
                   rf"|hiring|seeking"
                   rf"|recruiting))\b")),
    (2, re.compile(rf"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Ww]ir|[Nn]ous|[Ww]ij)\b[^.\n]{{0,60}} (?:at"
                   rf"|bei der|bei"
                   rf"|chez|bij|hos) {_NAME}")),
    (2, re.compile(rf"\b(?:[Rr]ejoi(?:gnez|ndre|ns)|[Uu]nisciti a|[Úú]nete a|werken (?:bij"
                   rf"|als [\w ]{{3,40}} bij)"
                   rf"|[Aa]rbeiten bei(?: der)?|[Kk]arriere bei(?: der)?|[Jj]obba (?:hos"
                   rf"|på)) {_NAME}")),
    (1, re.compile(rf"\b(?:at|bei der|bei|chez|bij|hos|presso) {_NAME}")),
    (2, re.compile(rf"(?m)(?:^|[.!] )[Ww]e(?: are|'re|’re) {_NAME}(?=[,.!]| and we)")),
    (2, re.compile(rf"(?m)(?:^|[.!] ){_NAME}(?:, [A-Z]{{2}})? (?:is accepting|invites"
                   rf"|wishes to)\b")),
    (2, re.compile(rf"\b[Jj]oin {_NAME} (?:as|and|in)\b")),
    (2, re.compile(rf"(?m)(?:^|[.!?] ){_NAME} (?:is|are) (?:building|transforming|creating"
                   r"|developing|making|leading|investing|changing|proud|committed)\b")),
    (2, re.compile(rf"(?:^|[.!?] )(?:Bij|Hos|Chez|Bei(?: der)?|Presso|En) {_NAME}"
                   r",? (?:zoeken|söker|søger|søker|nous|suchen|cerchiamo|buscamos|werken|arbeiten"
                   r"|jobbar|ricerchiamo)\b")),
    (2, re.compile(r"(?m)^((?:CITY|COUNTY|TOWN|VILLAGE|STATE|UNIVERSITY|BOROUGH) OF"
                   r" [A-Z]{2,}(?: [A-Z]{2,}){0,3})(?= [A-Z][a-z]|,|$)")),
    (2, re.compile(rf"(?m)^(?:[Pp]osted|[Aa]dvertised|[Pp]ublished)\b[^.\n]{{0,40}} by {_NAME}$")),
    (2, re.compile(rf"\b(?:work(?:ing)? (?:at|for)|career (?:at|with)) {_NAME}(?=[ .,!?]|$)")),
)  # fmt: skip
_ARTICLE = re.compile(r"^[AO] (?=[A-ZÀ-Þ])")
_SEEKING = re.compile(
    rf"(?:^|\. ){_NAME} is (?:currently )?(?:seeking|looking for|hiring|searching for|recruiting)"
    r"(?: for)? (?:an?|our)(?: experienced| talented| skilled"
    r"| motivated)? ([A-Z][\w/&+.-]*(?: (?:of |and |& )?[A-Z][\w/&+.-]*){0,5})"
)
_COMMON_WORDS = (
    "the this that our we you your it if in at as for about us role team job company position who"
    " what why how here there"
    " experience candidate candidates he she they salary benefits all any please apply applicants"
    " successful work join"
    " location remote hybrid these those an a and or to responsibilities requirements"
    " qualifications working each every one"
    " work environment data opportunity today from home project no yes with when while where must"
    " ability knowledge training"
    " sie du ihr wir ich vous nous tu je wij jij u usted tú você vi ni noi voi lei der die das den"
    " dem ein eine le la les un une el los las het een det en unser unsere notre votre nuestra"
    " nossa als zur zum für bei bij chez hos"
    " full-time part-time success everyone someone people employees"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def names_an_organization(text: str) -> bool:
    """Whether a name ends in a legal form, or in what its owner is, such as "Academy"."""
    return not _LONE.fullmatch(text) and _ORGANIZATION.search(text) is not None


def looks_like_title(text: str) -> bool:
    """A short line without the end of a sentence."""
    words = text.split()
    if not words or len(words) > 14 or len(text) > 120 or text.startswith(("http", "www.")):
        return False
    if text.endswith((".", ":", ";", ",", "?", "!")) and not _GENDERS.search(text):
        return False
    return any(letter.isalpha() for letter in text) and "@" not in text


def names_a_job(text: str) -> bool:
    return _JOB.search(text) is not None or _GENDERS.search(text) is not None


def split_title(text: str, rest: str) -> tuple[str, str | None]:
    """(title, employer) of a title line; `rest` is the text that may confirm the employer."""
    text = _SHORTHAND.sub("", text.strip())
    text = _ANNOUNCES.sub("", text) or text
    if gendered := _GENDERS.search(text):
        before, after = text[: gendered.start()].strip(" -–—|,"), gendered[1].strip(" -–—|,)")
        if re.match(r"\d|ab \d", after):
            after = ""
        if after and all(map(_is_chip, re.split(r"\s+[–—|-]\s+|,\s*", after))):
            after = ""
        slogan = len(after.split()) > 3 or after.endswith(("!", ".", "?"))
        text = before if slogan or not after or not before else f"{before} {after}"
    if (found := _AT.fullmatch(text)) and names_a_job(found[1]):
        return found[1].strip(" ,-–—|"), found[2]
    if found := _DASH.fullmatch(text):
        first, second = found[1].strip(), found[2].strip()
        if names_a_job(first) and _is_place(second, rest):
            return first, None
        if not names_a_job(second) and _confirmed(second, rest):
            return first, second
        if names_a_job(first) and not names_a_job(second) and f"\n{first}\n" in rest:
            return first, second if names_an_organization(second) else None
        if not names_a_job(first) and _confirmed(first, rest):
            return second, first
    if (
        (found := _COLON.fullmatch(text))
        and not names_a_job(found[1])
        and _confirmed(found[1], rest)
    ):
        return text, found[1]
    return text, None


def _is_chip(text: str) -> bool:
    return text in CITIES or (terms.employment(text) is not None and text.count(" ") < 2)


def _confirmed(name: str, rest: str) -> bool:
    """An employer is named again; a department, a slogan or a place rarely is, or elsewise."""
    if not name[:1].isupper() or len(name) < 2 or name.lower() in _COMMON or rest.count(name) < 3:
        return False
    return not _is_place(name, rest) or re.search(rf"\bAt {re.escape(name)}\b", rest) is not None


def _is_place(name: str, rest: str) -> bool:
    """Whether the text says "in Dublin" or "in our Dublin office" of the name."""
    if name in CITIES:
        return True
    return re.search(rf"\b(?:in|near|from)(?: our| the)? {re.escape(name)}\b", rest) is not None


def seeking(text: str) -> tuple[str, str] | None:
    """(employer, title) of "Acme is seeking a Senior Engineer ..."."""
    found = _SEEKING.search(text[:2000])
    if found is None or not _is_employer(found[1]):
        return None
    return found[1], found[2].rstrip(".,")


def employer(texts: Iterable[str], title: str | None) -> str | None:
    """The employer that sentences such as "At Acme, we ..." agree on."""
    scores: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text in texts:
        for weight, pattern in _MENTIONS:
            for found in pattern.finditer(text[:3000]):
                name = _ARTICLE.sub("", found[1]).removesuffix("'s").removesuffix("’s")
                if _is_employer(name) and name not in (title or ""):
                    key = name.replace(" ", "").casefold()
                    scores[key] += weight + (_LEGAL.search(name) is not None)
                    spelled[key] = max(name, spelled.get(key, ""), key=len)
    if not scores:
        return None
    key, score = max(scores.items(), key=lambda pair: (pair[1], len(pair[0])))
    return spelled[key] if score >= 2 else None


def _is_employer(name: str) -> bool:
    return (
        name.lower().split()[0] not in _COMMON
        and not _JOB.search(name.split()[-1])
        and len(name) > 1
    )
