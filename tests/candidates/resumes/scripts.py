"""Resumes in the scripts and encodings of the world."""

import unicodedata
from collections.abc import Iterator

from tests.candidates.resumes.archives import docx, odt, p, rtf
from tests.candidates.resumes.layouts import Case
from tests.candidates.resumes.pdfs import Page, Said, pdf

# Language, then a resume of a few lines.
TEXTS = {
    "ja": "履歴書\n氏名：山田太郎\n東京都渋谷区\n電話 +81 90-1234-5678\nyamada@example.jp\n"
    "株式会社サンプルにてソフトウェア開発を担当しました。分散システムの設計が五年あります。",
    "zh": "个人简历\n姓名：王小明\n电话：+86 139 1234 5678\nwang@example.cn\n"
    "在北京某公司担任软件工程师，负责分布式系统的设计和开发，熟悉机器学习。",
    "ko": "이력서\n이름: 김철수\n전화: +82 10-1234-5678\nkim@example.kr\n"
    "서울의 회사에서 소프트웨어 엔지니어로 일했습니다. Python을 오 년 동안 사용했습니다.",
    "ru": "Резюме\nИванов Иван Петрович\nТелефон: +7 912 345-67-89\nivanov@example.ru\n"
    "Опыт работы: инженер-программист в Москве, разработка и управление командой.",
    "uk": "Резюме\nШевченко Олена\nТелефон: +380 44 123 4567\nolena@example.ua\n"
    "Досвід роботи: інженер-програміст у Києві, розробка розподілених систем і її підтримка.",
    "el": "Βιογραφικό σημείωμα\nΓιώργος Παπαδόπουλος\nΤηλέφωνο: +30 210 1234567\n"
    "giorgos@example.gr\nΕμπειρία στην Αθήνα ως μηχανικός λογισμικού για δέκα χρόνια.",
    "he": "קורות חיים\nדוד כהן\nטלפון: +972 50-234-5678\ndavid@example.co.il\n"
    "מהנדס תוכנה בתל אביב עם ניסיון של עשר שנים (Senior) בפיתוח",
    "ar": "السيرة الذاتية\nمحمد أحمد علي\nهاتف: +20 10 12345678\nmohamed@example.com\n"
    "مهندس برمجيات في القاهرة مع خبرة عشر سنوات في تطوير الأنظمة",
    "fa": "رزومه\nمریم میرزاخانی\nتلفن: +98 21 12345678\nmaryam@example.ir\n"
    "مهندس نرم‌افزار در تهران با ده سال تجربه در پژوهش و گزارش‌نویسی",
    "hi": "बायोडाटा\nप्रिया शर्मा\nफ़ोन: +91 98765 43210\npriya@example.in\n"
    "सॉफ्टवेयर इंजीनियर, दस वर्षों का अनुभव, टीम का नेतृत्व किया",
    "th": "ประวัติย่อ\nสมชาย ใจดี\nโทร +66 81 234 5678\nsomchai@example.th\nวิศวกรซอฟต์แวร์ในกรุงเทพ",
    "de": "Lebenslauf\nJürgen Groß\n10115 Berlin\nTelefon: 030 12345678\njuergen@example.de\n"
    "Erfahrung als Leiter der Entwicklung mit zwölf Jahren und für die Größe des Teams zuständig.",
    "fr": "Curriculum vitae\nÉlodie Lefèvre\nParis, France\nTél. : 01 44 55 66 77\n"
    "elodie@example.fr\nIngénieure avec dix ans d’expérience dans le développement et la gestion.",
    "pl": "Życiorys\nŁukasz Wójcik\nKraków, Polska\ntel. 12 345 67 89\nlukasz@example.pl\n"
    "Inżynier oprogramowania z doświadczeniem w tworzeniu systemów oraz kierowaniu zespołem.",
    "tr": "Özgeçmiş\nAyşe Yılmaz\nTelefon: +90 212 345 67 89\nayse@example.com.tr\n"
    "İstanbul'da yazılım mühendisi olarak çalıştı ve güçlü bir iletişim için ekip kurdu.",
    "vi": "Sơ yếu lý lịch\nNguyễn Văn An\nĐiện thoại: +84 24 3825 1234\nan@example.vn\n"
    "Kỹ sư phần mềm với mười năm kinh nghiệm trong phát triển hệ thống và quản lý các nhóm.",
}
NAMES = {
    "ja": "山田太郎", "zh": "王小明", "ko": "김철수", "ru": "Иванов Иван Петрович",
    "uk": "Шевченко Олена", "el": "Γιώργος Παπαδόπουλος", "he": "דוד כהן", "ar": "محمد أحمد علي",
    "fa": "مریم میرزاخانی", "hi": "प्रिया शर्मा", "th": "สมชาย ใจดี", "de": "Jürgen Groß",
    "fr": "Élodie Lefèvre", "pl": "Łukasz Wójcik", "tr": "Ayşe Yılmaz", "vi": "Nguyễn Văn An",
}  # fmt: skip
PHONES = {
    "ja": "+819012345678", "zh": "+8613912345678", "ko": "+821012345678", "ru": "+79123456789",
    "uk": "+380441234567", "el": "+302101234567", "he": "+972502345678", "ar": "+201012345678",
    "fa": "+982112345678", "hi": "+919876543210", "th": "+66812345678", "de": "+493012345678",
    "fr": "+33144556677", "pl": "+48123456789", "tr": "+902123456789", "vi": "+842438251234",
}  # fmt: skip
ENCODINGS = {
    "ja": ["shift_jis", "euc_jp", "iso2022_jp", "utf-16"],
    "zh": ["gb18030", "utf-16-le"],
    "ko": ["cp949"],
    "ru": ["koi8_r", "cp1251", "cp866", "utf-16-be"],
    "el": ["cp1253"],
    "he": ["cp1255"],
    "ar": ["cp1256"],
    "de": ["cp1252", "utf-8-sig", "utf-32"],
    "fr": ["cp1252"],
    "pl": ["cp1250"],
    "tr": ["cp1254"],
    "th": ["cp874"],
}
WRITERS = {
    "docx": lambda text: docx("".join(p(line) for line in text.split("\n"))),
    "odt": lambda text: odt("".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))),
    "rtf": lambda text: rtf(text.replace("\n", "\\par\n")),
}


def scripts() -> Iterator[Case]:
    for number, (language, text) in enumerate(TEXTS.items()):
        yield case(f"{language} as UTF-8", text.encode(), language)
        kind = list(WRITERS)[number % len(WRITERS)]
        yield case(f"{language} as {kind}", WRITERS[kind](text), language)
        if language not in ("he", "ar", "fa"):
            lines = [
                Said(50, 60 + 20 * n, line, wide=True) for n, line in enumerate(text.split("\n"))
            ]
            yield case(f"{language} as PDF", pdf(Page(lines)), language)
    for language, encodings in ENCODINGS.items():
        for encoding in encodings:
            yield case(f"{language} as {encoding}", TEXTS[language].encode(encoding), language)
    yield from seen()
    yield from odds()


def case(name: str, data: bytes, language: str) -> Case:
    lines = tuple(unicodedata.normalize("NFC", line) for line in TEXTS[language].split("\n"))
    found = {"language": language, "name": NAMES[language], "phones": [PHONES[language]]}
    return Case(name, data, lines, fields=found)


def seen() -> Iterator[Case]:
    """Right-to-left lines as a page shows them: glyphs from left to right."""
    lines = [
        ("דוד כהן", "ןהכ דוד"),
        ("מהנדס תוכנה (Senior) בתל אביב, 2019-2021", "2019-2021 ,ביבא לתב (Senior) הנכות סדנהמ"),
        ("دير محمد david@example.co.il", "david@example.co.il دمحم ريد"),
        ("מהנדס תוכנה ומנהל צוות", "תווצ להנמו הנכות סדנהמ"),
        ("Works in תל אביב and Haifa", "Works in ביבא לת and Haifa"),
    ]
    drawn = [Said(50, 60 + 20 * n, shown, wide=True) for n, (_, shown) in enumerate(lines)]
    yield Case("right-to-left on a page", pdf(Page(drawn)), tuple(line for line, _ in lines))


def odds() -> Iterator[Case]:
    apart = unicodedata.normalize("NFD", "Zoë Müller, Nguyễn")
    yield Case("accents of their own", apart.encode(), ("Zoë Müller, Nguyễn",))
    drawn = pdf(Page([Said(50, 60, apart, wide=True)]))
    yield Case("accents of their own on a page", drawn, ("Zoë Müller, Nguyễn",))
    head = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset128 MS;}{\f2 A;}}"
    mixed = (
        b"{\\rtf1" + head.encode() + rb"\f0 \'c8\'e2\'e0\'ed\f1  \'8e\'52\'93\'63\f2  caf\'e9\par}"
    )
    yield Case("code pages by font", mixed, ("Иван 山田 café",))
    yield Case(
        "full width",
        "Ｊａｎｅ\njane＠example．com".encode(),
        (),
        fields={"emails": ["jane@example.com"]},
    )
    spelled = "Jane Doe\njane [at] example [dot] com, doe(at)example.org; j.d at example dot net"
    found = ["jane@example.com", "doe@example.org", "j.d@example.net"]
    yield Case("spelled addresses", spelled.encode(), (), fields={"emails": found})
    strange = (
        'jörg@müller.de | a+b@sub.example.co.uk, "jane doe"@example.com <x_y@xn--mller-kva.de>'
    )
    found = [
        "jörg@müller.de",
        "a+b@sub.example.co.uk",
        '"jane doe"@example.com',
        "x_y@xn--mller-kva.de",
    ]
    yield Case("strange addresses", strange.encode(), (), fields={"emails": found})
    numbers = (
        "Jane Doe\nLondon, United Kingdom\nTel: 020 7946 0018\nISBN 978-3-16-148410-0\n"
        "01/02/2019 - 31.12.2023\n2012 2019\nPassport no. 123456789\nORCID 0000-0002-1825-0097\n"
        "EUR 1 200 000\n"
    )
    yield Case("dates and numbers are no phones", numbers.encode(), (), fields={
        "phones": ["+442079460018"], "location": "London, United Kingdom"})  # fmt: skip
    places = (
        "Jane Doe\n12 High Street, Austin, TX 78701\n(512) 555-0147\njanedoe.dev | github.com/jd."
    )
    yield Case("an address of the United States", places.encode(), (), fields={
        "phones": ["+15125550147"],
        "links": ["https://janedoe.dev", "https://github.com/jd"]})  # fmt: skip
