"""What stands between the parts of a posting, in the posting's language where it is known here."""

FALLBACK = "en"
PARTS = (
    "summary",
    "highlights",
    "responsibilities",
    "required",
    "preferred",
    "benefits",
    "guidance",
    "faq",
    "topics",
    "apply",
)
TEXTS = {
    "en": (
        "About the role",
        "In short",
        "What you will do",
        "What you need",
        "What helps",
        "What we offer",
        "How to get hired",
        "Questions and answers",
        "Topics",
        "Apply for this role",
    ),
    "de": (
        "Über die Stelle",
        "Auf einen Blick",
        "Ihre Aufgaben",
        "Das bringen Sie mit",
        "Das hilft außerdem",
        "Das bieten wir",
        "So läuft die Bewerbung",
        "Fragen und Antworten",
        "Themen",
        "Auf diese Stelle bewerben",
    ),
    "fr": (
        "À propos du poste",
        "En bref",
        "Vos missions",
        "Votre profil",
        "Vos atouts",
        "Ce que nous offrons",
        "Le processus de recrutement",
        "Questions et réponses",
        "Thèmes",
        "Postuler à cette offre",
    ),
    "es": (
        "Sobre el puesto",
        "En resumen",
        "Qué harás",
        "Qué necesitas",
        "Qué suma",
        "Qué ofrecemos",
        "Cómo es el proceso",
        "Preguntas y respuestas",
        "Temas",
        "Solicitar este puesto",
    ),
    "nl": (
        "Over de functie",
        "In het kort",
        "Wat je gaat doen",
        "Wat je meebrengt",
        "Wat een pluspunt is",
        "Wat wij bieden",
        "Zo verloopt de procedure",
        "Vragen en antwoorden",
        "Onderwerpen",
        "Solliciteer op deze functie",
    ),
    "ja": (
        "職務について",
        "概要",
        "仕事内容",
        "応募資格",
        "歓迎する経験",
        "待遇・福利厚生",
        "選考の流れ",
        "よくある質問",
        "トピック",
        "この職務に応募する",
    ),
}


def language_of(tag: str) -> str:
    """The language of the headings of a posting in `tag`: its own, or English."""
    language = tag.partition("-")[0]
    return language if language in TEXTS else FALLBACK


def headings(tag: str) -> dict[str, str]:
    return dict(zip(PARTS, TEXTS[language_of(tag)], strict=True))
