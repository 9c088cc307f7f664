"""Whether a text asks what somebody earns or earned. What they expect to earn may be asked.

Asking for pay history carries old unfairness into the next job; many places forbid it: California
(Labor Code 432.3), New York (Labor Law 194-a), Colorado (C.R.S. 8-5-102), the European Union
(Directive 2023/970, article 5), and more. So it is refused everywhere.
"""

import re
import unicodedata
from dataclasses import dataclass

# Between two words of one thought: no comma, and no end of a sentence.
SEP = r"[^\w.,?!;:。、？！；：]+"
# What may stand between the word for pay and the time that follows it.
KINDS = (
    r"brut\w*|net\w*|annu\w*|anual\w*|mensu\w*|mensi\w*|mensal\w*|fix\w*|fij\w*|base|lord\w*"
    r"|total\w*|global\w*|variable\w*|de|roczn\w*|miesięczn\w*|gross|annual|monthly|package"
)
# The time and the wish side by side ask for both: "current and expected salary".
BOTH = re.compile(
    r"^\w+(?:\s*[/&+]|\s+(?:and|or|und|oder|et|ou|y|o|e|ed|i|oraz|lub|en|of|och|eller|og)\b)"
)


@dataclass(frozen=True)
class Tongue:
    """How one language speaks of it; all are parts of regular expressions.

    `pay` is the word for pay, and `not_pay` what follows where it is part of another thing;
    `past` says present or past and stands before the word, within three others that are not
    `stop`, or right behind it (`follows`: as adjectives do); `future` in between makes it a wish;
    `at` leads to a job; `verbs` and `papers` say it all.
    """

    pay: str
    past: str
    future: str
    not_pay: str = ""
    stop: str = ""
    at: str = ""
    verbs: str = ""
    papers: str = ""
    follows: bool = False
    is_spaced: bool = True

    def patterns(self) -> list[str]:
        pay = rf"\b(?:{self.pay})\b" + (rf"(?!\W+(?:{self.not_pay})\b)" if self.not_pay else "")
        past = rf"\b(?:{self.past})\b"
        word = r"[\w'’&/-]+"
        gap = (
            rf"(?:(?!(?:{self.stop})(?![\w-])){word}{SEP}){{0,3}}?"
            if self.stop
            else (rf"(?:{word}{SEP}){{0,3}}?")
        )
        end = "" if self.follows else r"(?=\W*$|\s*[)\].,;:?!/])"
        found = [
            rf"{past}{SEP}{gap}{pay}",
            rf"{pay}(?:\W+(?:{KINDS}))*\W+{past}{end}",
        ]
        if self.at:
            found.append(rf"{pay}{SEP}(?:{self.at}){SEP}{gap}{past}")
        return [*found, *(part for part in (self.verbs, self.papers) if part)]


TONGUES = {
    "en": Tongue(
        pay=r"salar(?:y|ies)|compensations?|remuneration|earnings|incomes?|wages?|pay|ctc"
        r"|pay ?rate|hourly rate|day rate|bonus(?:es)?|ote",
        past=r"current|present|existing|previous|prior|past|last|former|latest|recent"
        r"|(?:last|previously|currently)[ -](?:drawn|earned|paid)|history|drawn|earned",
        future=r"expect\w*|desir\w*|require\w*|targeted|ask\w*|prefer\w*|future|hope\w*|wish\w*",
        not_pay=r"expect\w*|requirement\w*|range\w*|aspiration\w*|goals?|target|reviews?|cycles?"
        r"|surveys?|projects?|program\w*|systems?|tools?|software|bands?|benchmark\w*|policy"
        r"|policies|planning|analysis|data|transparency|equity|tax\w*|manage\w*|team|laws?",
        stop=r"experience\w*|with|which|who|that|is|are|was|in|on|for|to|you|we|our|by|about|as"
        r"|has|have|name",
        at=r"in|at|from|of|with|before|during",
        verbs=r"\b(?:what|how much) (?:do|did|are|were|have|had) you"
        r"(?: (?:currently|now|presently|previously|last|being|been|get|getting|used to))*"
        r" (?:earn|earned|earning|paid|make|making)"
        r"(?=\W*$|\s*[.,;:?!]| (?:now|currently|today|at|in|per|a|an|annually|monthly|before)\b)",
        papers=r"\b(?:pay|salary|wage|compensation|ctc) ?(?:history|histories|slips?|stubs?)\b"
        r"|\b(?:current|present|last|previous) (?:(?:annual|total|monthly|fixed) )?"
        r"(?:package|base)(?=\W*$|\s*[.,;?!]| in\b| at\b)"
        r"|\bpayslips?\b|\bpaystubs?\b|\bw-?2 forms?\b|\bp60\b|\bform 16\b",
    ),
    "de": Tongue(
        pay=r"\w*(?:gehalt|gehalts|gehälter)|\w*(?:lohn|löhne)|\w*vergütung|\w*verdienst"
        r"|\w*einkommen|bezüge|entlohnung|jahresbrutto|monatsbrutto|fixum",
        past=r"aktuell\w*|derzeitig\w*|derzeit|momentan\w*|gegenwärtig\w*|jetzig\w*|heutig\w*"
        r"|bisherig\w*|bisher|letzt\w*|zuletzt|früher\w*|vorherig\w*|vorig\w*|ehemalig\w*",
        future=r"gewünscht\w*|erwartet\w*|angestrebt\w*|wunsch\w*|künftig\w*|zukünftig\w*",
        at=r"in|im|bei|beim|aus|von|vom",
        verbs=r"\b(?:wie ?viel|was) (?:verdien(?:st|en|t|test|ten)|verdientest) (?:du|sie|ihr)\b"
        r"|\b(?:wie ?viel|was) (?:hast|haben|habt) (?:du|sie|ihr) .{0,40}verdient\b",
        papers=r"\b\w*(?:gehalts|lohn|verdienst|einkommens)(?:historie|geschichte|entwicklung"
        r"|nachweise?|abrechnung(?:en)?|bescheinigung(?:en)?|zettel)\b|\bvorgehalt\b",
    ),
    "fr": Tongue(
        pay=r"salaires?|rémunérations?|paie|paye|revenus?|traitement|package",
        past=r"actuel(?:le)?s?|actuellement|précédente?s?|antérieure?s?|derni(?:er|ère)s?"
        r"|ancien(?:ne)?s?|passée?s?|présente?s?|perçue?s?",
        future=r"souhait\w*|attendu\w*|désir\w*|espér\w*|futur\w*",
        not_pay=r"souhait\w*|attendu\w*|désir\w*|espér\w*|envisag\w*",
        at=r"dans|chez|à|au|de|du|lors",
        verbs=r"\bcombien (?:gagn(?:ez|es|iez|ais)|avez|as|touch(?:ez|es|iez|ais))(?:-| )?"
        r"(?:vous|tu)\b|\bcombien (?:vous|tu) (?:gagn|touch)\w+",
        papers=r"\b(?:historique|évolution) (?:de|des|du|de la|de vos|de votre) ?"
        r"(?:salair\w+|salarial\w*|rémunération\w*|paie)\b|\bhistorique salarial\w*"
        r"|\b(?:fiches?|bulletins?) de (?:paie|paye|salaire)\b",
        follows=True,
    ),
    "es": Tongue(
        pay=r"salarios?|sueldos?|remuneración|remuneraciones|retribución|compensación|ingresos"
        r"|paga|honorarios",
        past=r"actual(?:es)?|actualmente|anterior(?:es)?|previo?a?s?|pasado|pasada|últim[oa]s?"
        r"|presente|percibid[oa]s?",
        future=r"desead\w*|esperad\w*|pretendid\w*|dese\w*|futur\w*",
        not_pay=r"desead\w*|esperad\w*|pretendid\w*|que (?:deseas|esperas|pretendes)",
        at=r"en|de|del|con",
        verbs=r"\bcuánto (?:gan(?:as|a|abas|aba)|cobr(?:as|a|abas|aba)|percib(?:es|e|ías|ía))\b",
        papers=r"\b(?:historial|historia) (?:salarial|de salarios|de sueldos|retributiv[oa])\b"
        r"|\b(?:recibos?|comprobantes?) de (?:sueldo|nómina|salario)\b|\b(?:última )nóminas?\b"
        r"|\btus? nóminas?\b|\bsus? nóminas?\b",
        follows=True,
    ),
    "pt": Tongue(
        pay=r"salários?|remuneraç(?:ão|ões)|ordenado|vencimentos?|rendimentos?|ganhos",
        past=r"atual|atuais|actual|atualmente|anterior(?:es)?|últim[oa]s?|passad[oa]|prévi[oa]",
        future=r"pretendid\w*|desejad\w*|esperad\w*|futur\w*",
        not_pay=r"pretendid\w*|desejad\w*|esperad\w*",
        at=r"em|no|na|do|da|de",
        verbs=r"\bquanto (?:você |tu )?(?:ganh(?:a|as|ava|avas)|receb(?:e|es|ia|ias))\b",
        papers=r"\bhistórico (?:salarial|de salários?|de remuneração)\b"
        r"|\b(?:contracheques?|holerites?|recibos? de vencimento)\b",
        follows=True,
    ),
    "it": Tongue(
        pay=r"stipendi[o]?|retribuzion[ei]|salari[o]?|compens[oi]|ral|reddito|paga",
        past=r"attual[ei]|attualmente|precedent[ei]|ultim[oaie]|passat[oa]|percepit[oa]",
        future=r"desiderat\w*|attes\w*|richiest\w*|futur\w*",
        not_pay=r"desiderat\w*|attes\w*|richiest\w*",
        at=r"in|nel|nella|presso|del|della",
        verbs=r"\bquanto (?:guadagn(?:i|a|avi|ava)|percepisc[ei]|prendi|prende)\b",
        papers=r"\b(?:storico|storia) (?:retributiv[oa]|salariale|degli stipendi)\b"
        r"|\bbuste? paga\b|\bcedolin[oi]\b",
        follows=True,
    ),
    "nl": Tongue(
        pay=r"\w*salaris(?:sen)?|\w*loon|lonen|\w*inkomen|\w*beloning|\w*vergoeding|verdiensten"
        r"|\w*tarief",
        past=r"huidige?|laatste?|laatst ?verdiende?|laatstverdiende?|vorige?|eerdere?|voormalige?"
        r"|tegenwoordige?|momenteel|recente?",
        future=r"gewenste?|verwachte?|toekomstige?",
        at=r"bij|in|van|uit",
        verbs=r"\b(?:hoeveel|wat) (?:verdien(?:t|de|den)?|verdien) (?:je|jij|u|jullie)\b"
        r"|\b(?:hoeveel|wat) (?:heb|heeft) (?:je|jij|u) .{0,40}verdiend\b",
        papers=r"\b(?:salaris|loon)(?:geschiedenis|historie|verleden)\b|\bloonstrook(?:je)?s?\b"
        r"|\bloonstroken\b|\bsalarisstrook\b|\bsalarisspecificaties?\b",
    ),
    "sv": Tongue(
        pay=r"\w*lön|lönen|\w*ersättning|\w*inkomst",
        past=r"nuvarande|aktuella?|tidigare|senaste|förra|föregående|dagens|sista",
        future=r"önskad\w*|förväntad\w*|framtida",
        verbs=r"\b(?:hur mycket|vad) (?:tjänar|tjänade|har) du\b(?: i lön| tjänat)?",
        papers=r"\blönehistori\w*|\blönespecifikation\w*|\blönebesked\w*",
    ),
    "da, no": Tongue(
        pay=r"\w*løn|lønnen|\w*lønn|\w*indkomst|\w*inntekt|\w*vederlag",
        past=r"nuværende|nåværende|aktuelle?|tidligere|seneste|siste|sidste|forrige|dagens",
        future=r"ønsket|ønskede|forvente\w*|fremtidig\w*",
        verbs=r"\b(?:hvor meget|hvor mye|hva|hvad) (?:tjener|tjente) (?:du|de)\b",
        papers=r"\blønn?s?(?:historik|historikk|sed(?:del|ler)|slipp\w*|slip)\b",
    ),
    "pl": Tongue(
        pay=r"wynagrodzeni[ea]|pensj[aięe]|płac[aęey]|zarobk(?:i|ów)|doch[oó]d\w*|pobory",
        past=r"obecn\w+|aktualn\w+|poprzedni\w+|ostatni\w+|dotychczasow\w+|wcześniejsz\w+",
        future=r"oczekiwan\w*|pożądan\w*|przyszł\w*",
        not_pay=r"oczekiwan\w*|pożądan\w*",
        at=r"w|we|u|z",
        verbs=r"\bile (?:pan |pani )?(?:obecnie |teraz |aktualnie )?zarabia(?:sz|łeś|łaś|ł|ła)?\b",
        papers=r"\bhistori[aię] (?:wynagrodzeń|zarobków|płac)\b"
        r"|\bpas(?:ek|ki) (?:płacow|wypłat)\w*",
        follows=True,
    ),
    "ja": Tongue(
        pay=r"年収|年俸|給与|給料|月給|月収|時給|報酬|賃金|収入|基本給",
        past=r"現在|現職|前職|前々職|直近|直前|昨年|前年|過去|今まで|これまで|現|前",
        future=r"希望|期待|想定|予定",
        papers=r"給与明細|源泉徴収票|(?:年収|給与|収入)(?:の)?(?:履歴|推移|証明)",
        is_spaced=False,
    ),
    "zh": Tongue(
        pay=r"薪资|薪水|薪酬|工资|年薪|月薪|收入|待遇|薪資|工資",
        past=r"目前|当前|當前|现在|現在|上一份|之前|以前|过去|過去|最近|现有|原",
        future=r"期望|期待|希望|预期|要求",
        papers=r"工资条|工资单|薪资证明|收入证明|薪资流水|工資單",
        is_spaced=False,
    ),
}


def close_script(tongue: Tongue) -> list[str]:
    """Without spaces: the time, at most eight characters that wish for nothing, the pay."""
    between = rf"(?:(?!{tongue.future}|[。、？?！!]).){{0,8}}"
    behind = rf"(?:{tongue.pay})\s*[(（\[:：/・]\s*(?:{tongue.past})"
    both = rf"(?:{tongue.past})(?:と|及び|および|並びに|[・/和与及跟]).{{0,6}}(?:{tongue.pay})"
    return [rf"(?:{tongue.past}){between}(?:{tongue.pay})", both, behind, tongue.papers]


COMPILED = [
    (re.compile(pattern), re.compile(rf"\b(?:{tongue.future})" if tongue.is_spaced else "(?!)"))
    for tongue in TONGUES.values()
    for pattern in (tongue.patterns() if tongue.is_spaced else close_script(tongue))
]


def asks_for_pay_history(text: str) -> str:
    """The words that ask for it, as a reader would point at them; "" where nothing does."""
    words = plain(text)
    for pattern, wish in COMPILED:
        for found in pattern.finditer(words):
            if not wish.search(found[0]) or BOTH.match(found[0]):
                return found[0].strip()
    return ""


def plain(text: str) -> str:
    """One case, one kind of space, and nothing invisible between the letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).replace("_", " ").split())
