"""The language of a text, as its BCP 47 tag. Pure."""

import re
import unicodedata
from collections import Counter

import chardet

# Scripts that tell the language by themselves, or nearly so.
SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "HEBREW": "he", "GREEK": "el",
    "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "ARABIC": "ar", "CYRILLIC": "ru", "KHMER": "km",
    "LAO": "lo", "MYANMAR": "my", "ETHIOPIC": "am", "LATIN": "",
}  # fmt: skip
# Letters that one language of a script has and its most common one has not.
TELLING = {
    "ARABIC": (("ur", "ٹڈڑں"), ("fa", "پچژگ")),
    "CYRILLIC": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћџ"), ("mk", "ѓќѕ"), ("kk", "әғқңөұү")),
}
WORDS = {
    "en": "the and of to in for with on by from as at my is was have an using which experience"
    " education skills work summary years team led managed university present",
    "de": "und der die das mit für von im bei als ein eine zu den auf zur sowie des dem am"
    " erfahrung kenntnisse ausbildung sprachen berufserfahrung jahre heute seit",
    "fr": "et de la le les des du en pour avec dans une un au sur aux par chez"
    " expérience formation compétences langues ans depuis",
    "es": "y de la el en los con para las por del un una como al años"
    " experiencia formación educación habilidades idiomas desde",
    "it": "e di il la per con del in della dei un una nel al presso delle gli"
    " esperienza istruzione formazione competenze lingue anni",
    "pt": "e de da do em para com os das dos um uma na no ao por"
    " experiência formação educação competências idiomas anos",
    "nl": "en de het van een met voor in op bij als te aan door naar"
    " werkervaring opleiding vaardigheden talen jaar ervaring",
    "sv": "och att för med av en ett som på till inom den",
    "da": "og at for med af en et som på til inden den ved",
    "nb": "og å for med av en et som på til innen ved jeg",
    "fi": "ja on sekä että myös vuoden kanssa kuin oli",
    "pl": "i w z na do oraz dla się od przez ze jest",
    "cs": "a v na s pro se do ze od jako při která",
    "sk": "a v na s pre sa do zo od ako pri ktorá",
    "hu": "és a az egy hogy nem mint vagy illetve által",
    "ro": "și de la în cu pentru din pe o un ale care",
    "tr": "ve bir ile için olarak olan bu da de en",
    "id": "dan di yang untuk dengan dari pada sebagai dalam",
    "vi": "và của các cho với trong là có được tại",
}
LISTS = {language: frozenset(words.split()) for language, words in WORDS.items()}
SAMPLE = 20_000
ENOUGH = 5
# Fewer signs tell nothing.
SHORT = 40


def language_of(text: str) -> str:
    """ "" where there is nothing to tell it by."""
    text = text[:SAMPLE]
    scripts = Counter(script for script in map(script_of, text) if script in SCRIPTS)
    if not scripts:
        return ""
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.05 * (scripts["CJK"] + kana) and kana + scripts["CJK"] > 0.4 * scripts["LATIN"]:
        return "ja"
    # A sign of Chinese says as much as several letters.
    scripts["CJK"] *= 3
    scripts["HANGUL"] *= 2
    scripts["LATIN"] = int(scripts["LATIN"] * 0.6)
    script = max(scripts, key=lambda each: scripts[each])
    for language, letters in TELLING.get(script, ()):
        if sum(text.casefold().count(letter) for letter in letters) > 0.004 * len(text):
            return language
    return SCRIPTS[script] or of_latin(text)


def script_of(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""


def of_latin(text: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    heard = {lang: sum(words[word] for word in known) for lang, known in LISTS.items()}
    ranked = sorted(heard, key=lambda each: -heard[each])
    first, second = ranked[0], ranked[1]
    if heard[first] >= ENOUGH and heard[first] > 1.15 * heard[second]:
        return first
    guess = str(chardet.detect(text.encode())["language"] or "")
    if heard[first] and (guess not in LISTS or heard[first] >= 2 * heard[guess]):
        return first
    return guess if len(text) > SHORT and (guess in LISTS or not text.isascii()) else ""
