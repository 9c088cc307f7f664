"""The likely name and place of the person whose resume it is. Pure, and guesses."""

import re
import unicodedata
from collections.abc import Iterator

from requisitions.listing.names import names_a_job, names_an_organization
from requisitions.listing.places import is_place

NAMED = re.compile(
    r"(?im)^\W{0,3}(?:full name|name|nom(?: et prénom| complet)?|nombre(?: completo)?"
    r"|nome(?: completo)?"
    r"|naam|navn|namn|nimi|imię i nazwisko|jméno(?: a příjmení)?|név|nume|ad[ıi]? soyad[ıi]?|имя"
    r"|фио|ф\.и\.о\."
    r"|ім'я|пiб|піб|όνομα|ονοματεπώνυμο|姓名|氏名|名前|성명|이름"
    r"|الاسم(?: الكامل)?|نام|שם(?: מלא)?|नाम|ชื่อ"
    r"|họ (?:và )?tên)"
    r"\s?[:：]\s?(.{2,60})$"
)
FIRST = re.compile(
    r"(?im)^\W{0,3}(?:first name|given names?|vorname|prénom|prenume|voornaam)\s?[:：]\s?(.{2,40})$"
)
LAST = re.compile(
    r"(?im)^\W{0,3}(?:last name|surname|family name|nachname|familienname|nom(?: de famille)?"
    r"|apellidos?|cognome"
    r"|achternaam)\s?[:：]\s?(.{2,40})$"
)
# What a resume calls itself; a name may follow.
TITLES = re.compile(
    r"(?i)^\W{0,3}(?:(?:my )?r[ée]sum[ée]|curriculum vitae|cv|c\.v\.|lebenslauf"
    r"|currículum(?: vitae)?"
    r"|hoja de vida|bewerbung|europass|životopis|életrajz|özgeçmiş|резюме|βιογραφικό(?: σημείωμα)?"
    r"|履歴書|職務経歴書|简历|簡歷|个人简历|個人簡歷|履歷|이력서"
    r"|السيرة الذاتية|سيرة ذاتية|קורות חיים|رزومه|बायोडाटा)"
    r"(?:\s+(?:of|von|de|for|-|–|—|:)|\s?[:：–—|-])?\s*(.*)$"
)
HONORS = re.compile(
    r"(?i)^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|m|mme|sr|sra|ing|dipl|mag)\.?(?:-?ing\.)?\s+)+"
)
DEGREES = re.compile(
    r"(?i)(?:,?\s+\(?(?:ph\.?\s?d\.?|m\.?b\.?a\.?|m\.?sc\.?|b\.?sc\.?|m\.?d\.?|pmp|cpa|cfa"
    r"|r\.?n\.?|bsn|esq"
    r"|p\.?e\.?|he/him|she/her|they/them|m\.?a\.?|b\.?a\.?|jr\.?|sr\.?|ii|iii)\)?\.?)+$"
)
PARTICLES_WORDS = """
de da do dos das del della di du la le van von der den ter ten zu zur bin binti ibn al el abu y
e i san st mac o' d' af av ben bar bat
"""
PARTICLES = frozenset(PARTICLES_WORDS.split())
HEADINGS_WORDS = """
about achievements address adresse anschrift ausbildung awards beruf berufserfahrung career
certifications competencies compétences contact contacto contacts curriculum vitae cv daten
details education einstellungen employment email experience experiencia expérience expériences
expertise formation formación history hobbies home idiomas interests job kenntnisse kompetenzen
kontakt languages langues lebenslauf links linkedin github location mail mobile name objective
personal persönliche phone portfolio position profil profile professional projects publications
qualifications references resume résumé skills software sprachen statement stellen strengths
summary technical technologies telefon tel title tools training volunteer website work core key
page seite confidential vertraulich updated senior junior engineer developer manager python java
개인정보 경력 학력 個人資料 工作经历 教育背景 職歴 学歴 連絡先 البيانات الخبرة ניסיון השכלה
"""
HEADINGS = frozenset(HEADINGS_WORDS.split())
PLACED = re.compile(
    r"(?im)^\W{0,3}(?:address|location|based in|lives? in|living in|city|residence|wohnort"
    r"|adresse|anschrift|ort"
    r"|wohnhaft in|dirección|ciudad|ubicación|localização|morada|endereço|cidade|indirizzo"
    r"|residenza|domicile|ville|lieu"
    r"|adres|woonplaats|bydliště|miejsce zamieszkania|адрес|город|місто|διεύθυνση"
    r"|住所|現住所|地址|现居地|주소"
    r"|العنوان|الموقع|כתובת|पता|ที่อยู่|địa chỉ)\s?[:：]?\s+(.{2,120})$"
)
PARTS = re.compile(r"\s*(?:\s[|•·‖–—]\s|[|•·\t]|\s{3,})\s*")
TOP, FAR = 8, 45
PLACE_LINES = 25


def name_in(text: str, emails: list[str], *, heading: str = "") -> str:
    """What is called a name, what the address agrees with, what stands largest or first."""
    lines = text.split("\n")
    head = "\n".join(lines[:FAR])
    if (first := FIRST.search(head)) and (last := LAST.search(head)):
        return proper(f"{first[1].strip()} {last[1].strip()}")
    said = NAMED.search(head)
    if said and looks_like_name(name := bare(PARTS.split(said[1])[0]), said=True):
        return proper(name)
    found = [(at, name) for at, line in enumerate(lines[:FAR]) for name in names(line)]
    for _, name in found:
        if any(agrees(name, email) for email in emails):
            return proper(name)
    for name in names(heading):
        return proper(name)
    return next((proper(name) for at, name in found if at < TOP), "")


def names(line: str) -> Iterator[str]:
    if len(line) > 120 or "@" in line.split(" ")[0]:
        return
    if title := TITLES.match(line):
        line = title[1]
    for part in PARTS.split(line)[:3]:
        name = bare(part)
        if looks_like_name(name):
            yield name
        elif turned := re.fullmatch(
            r"([^\W\d_]+(?:[ -][^\W\d_]+)?), ?([^\W\d_]+(?: [^\W\d_]+)?)", name
        ):
            whole = f"{turned[2]} {turned[1]}"
            if looks_like_name(whole) and not is_place(name):
                yield whole
        else:
            cut = bare(name.partition(",")[0])
            if "," in name and looks_like_name(cut):
                yield cut


def bare(text: str) -> str:
    text = HONORS.sub("", text.strip(" \t,;:-–—*#_•"))
    return DEGREES.sub("", text).strip(" ,")


def looks_like_name(text: str, *, said: bool = False) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or not is_made_of_letters(text):
        return False
    if any(word.casefold().strip(".") in HEADINGS for word in words):
        return False
    if is_caseless(text):
        longest = 8 if said or len(words) > 1 else 5
        return all(len(word) <= 20 for word in words) and (len(words) > 1 or len(text) <= longest)
    if len(words) < 2 and not said:
        return False
    if not all(is_name_word(word) for word in words) or words[-1].casefold() in PARTICLES:
        return False
    return said or not (names_a_job(text) or names_an_organization(text) or is_place(text))


def is_made_of_letters(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace() and sign not in ".'’-·・ʼ‘"]
    kinds = {unicodedata.category(sign)[0] for sign in signs}
    return bool(signs) and kinds <= {"L", "M"}


def is_caseless(text: str) -> bool:
    return not any(sign.isupper() or sign.islower() for sign in text)


def is_name_word(word: str) -> bool:
    return word[0].isupper() or word.casefold() in PARTICLES or word[:2].casefold() in ("d'", "d’")


def agrees(name: str, email: str) -> bool:
    """A word of the name, of three letters or more, stands in the address."""
    local = folded(email.partition("@")[0])
    words = [folded(word) for word in re.split(r"[\s.'’-]+", name)]
    return any(len(word) > 2 and word in local for word in words)


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def proper(name: str) -> str:
    """`JANE DOE` as `Jane Doe`; everything else as written."""
    name = " ".join(name.split())
    if len(name) > 3 and name.isupper():
        return re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), name)
    return name


def location_in(text: str) -> str:
    """As it is written."""
    lines = text.split("\n")
    for said in PLACED.finditer("\n".join(lines[:FAR])):
        if not any(sign in said[1] for sign in "@:/"):
            return PARTS.split(said[1])[0].strip(" ,;")
    for line in lines[:PLACE_LINES]:
        for part in PARTS.split(line) if len(line) <= 160 else ():
            if place := place_of(part.strip(" ,;")):
                return place
    return ""


def place_of(part: str) -> str:
    if any(sign in part for sign in "@:") or len(part) < 3:
        return ""
    if is_place(part):
        return part
    # A street in front of it.
    pieces = [piece.strip() for piece in part.split(",")]
    if len(pieces) > 1 and any(sign.isdigit() for sign in pieces[0]):
        rest = ", ".join(pieces[1:])
        return rest if is_place(rest) or is_place(re.sub(r"^[A-Z]?-?\d{4,6}\s+", "", rest)) else ""
    return ""
