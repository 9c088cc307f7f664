"""Which field a heading heads, and which field a label names.

Two tables: phrases that are headings on their own, wherever they stand, and
patterns for a line that already looks like a heading. `OTHER` is known to head
nothing that a listing has a field for.
"""

import re
from functools import lru_cache

SUMMARY = "summary"
RESPONSIBILITIES = "responsibilities"
REQUIRED = "qualifications.required"
PREFERRED = "qualifications.preferred"
COMPETENCIES = "competencies"
TOPICS = "topics"
BENEFITS = "benefits"
HIGHLIGHTS = "highlights"
GUIDANCE = "guidance"
FAQ = "faq"
APPLY = "how_to_apply"
TITLE = "title"
COMPANY = "company"
LOCATIONS = "locations"
WORKPLACE = "workplace"
EMPLOYMENT = "employment_type"
PAY = "pay_ranges"
CLOSES = "closes_on"
OTHER = "other"

LISTS = {
    RESPONSIBILITIES, REQUIRED, PREFERRED, COMPETENCIES, TOPICS, BENEFITS, HIGHLIGHTS, GUIDANCE,
}  # fmt: skip
SCALARS = {TITLE, COMPANY, LOCATIONS, WORKPLACE, EMPLOYMENT, PAY, CLOSES}

_PHRASES = {
    HIGHLIGHTS: "job highlights|highlights|at a glance|key facts|role highlights|in brief"
    "|auf einen blick|en bref|points forts",
    SUMMARY: "about the role|about this role|about the job|about this job|about the position"
    "|about the opportunity|about the team|about our team|about us|about the company"
    "|about our company|who we are|our company|our mission|our story|our team|the team"
    "|meet the team"
    "|the role|the opportunity|the position|the job|role summary|role overview|job summary"
    "|job overview|position summary|position overview|job description|role description"
    "|position description|job purpose|role purpose|purpose of the role|purpose of the position"
    "|purpose|summary|overview|description|introduction|opportunity|opportunity overview"
    "|general summary|executive summary|full job description|company overview|company description"
    "|company profile"
    "|about the department|background|the company|mission|what we do|who are we|about the project"
    "|über uns|über die stelle|über die rolle|wer wir sind|das sind wir|das unternehmen"
    "|stellenbeschreibung|unternehmensbeschreibung|einleitung"
    "|à propos|à propos de nous|qui sommes-nous|description du poste|le poste|présentation"
    "|l'entreprise|contexte|descriptif du poste|à propos du poste"
    "|sobre nosotros|quiénes somos|descripción|descripción del puesto|la empresa|acerca de nosotros"
    "|sobre nós|quem somos|descrição|descrição da vaga|sobre a vaga|chi siamo|descrizione"
    "|l'azienda|over ons|wie zijn wij|functieomschrijving|om oss|om rollen|om jobbet|om tjänsten"
    "|om os|o nas|o firmie|kim jesteśmy|会社概要|仕事概要|公司介绍|职位描述",
    RESPONSIBILITIES: "responsibilities|key responsibilities|main responsibilities"
    "|primary responsibilities|core responsibilities|job responsibilities"
    "|roles and responsibilities"
    "|role and responsibilities|your responsibilities|duties|key duties|main duties|job duties"
    "|duties and responsibilities|responsibilities and duties|essential duties"
    "|essential duties and responsibilities|essential functions|essential job functions"
    "|key accountabilities|accountabilities|main accountabilities|principal accountabilities"
    "|what you will do|what you will be doing|what will you do|what will you be doing"
    "|what will i be doing|what you'll be working on|what you will work on|what you will own"
    "|your role|your mission|your tasks|your job|your impact|your work|your day-to-day|the work"
    "|in this role you will|in this role, you will|in this position you will|you will|you'll"
    "|as a member of our team you will|day to day|day-to-day|a day in the life|a typical day"
    "|key objectives|key tasks|main tasks|tasks|job functions|how you will contribute"
    "|how you will make an impact|the impact you will have|the impact you will make|scope of work"
    "|specifically, this position|main duties of the job|main duties of the role"
    "|what the job involves|what the role involves"
    "|major responsibilities"
    "|key result areas|your opportunity|what you'll get to do|what you will get to do"
    "|aufgaben|deine aufgaben|ihre aufgaben|dein aufgabengebiet|ihr aufgabengebiet|aufgabengebiet"
    "|das erwartet dich|das erwartet sie|was dich erwartet|was sie erwartet|deine rolle"
    "|tätigkeiten|deine tätigkeiten|ihre tätigkeiten|das machst du|dein job|deine mission"
    "|aufgaben und verantwortlichkeiten|verantwortlichkeiten|deine verantwortung"
    "|missions|vos missions|tes missions|tes responsabilités|vos responsabilités|responsabilités"
    "|missions principales|principales missions|responsabilidades|funciones|tus funciones"
    "|tareas|qué harás|atribuições|atividades|o que você vai fazer|principais atividades"
    "|responsabilità|mansioni|attività|le tue responsabilità|cosa farai|di cosa ti occuperai"
    "|verantwoordelijkheden|taken|jouw taken|wat ga je doen|wat je gaat doen|je taken"
    "|arbetsuppgifter|dina arbetsuppgifter|ansvarsområden|arbejdsopgaver|arbeidsoppgaver"
    "|zakres obowiązków|obowiązki|twoje zadania|仕事内容|業務内容|岗位职责|工作职责",
    REQUIRED: "requirements|job requirements|key requirements|minimum requirements"
    "|basic requirements|role requirements|position requirements|essential requirements"
    "|required|essential|essentials|qualifications|required qualifications|minimum qualifications"
    "|basic qualifications|your qualifications|key qualifications|essential criteria"
    "|selection criteria|required skills|required skills and experience|required experience"
    "|required knowledge|essential skills|essential skills and experience|essential experience"
    "|skills|skills required|skills and experience|skills & experience|experience and skills"
    "|skills and qualifications|qualifications and skills|qualifications and experience"
    "|experience and qualifications|experience|education|education and experience"
    "|education & experience|experience and education|education and training"
    "|knowledge, skills and abilities|knowledge, skills, and abilities"
    "|skills, knowledge and experience"
    "|knowledge and skills|knowledge and experience|technical skills|your skills"
    "|your skills and experience|your experience|your profile|profile|your background|about you"
    "|who you are|who are you|you are|you have|you bring|you must have|must have|must haves"
    "|must-have|must-haves|must have skills|what you bring|what you will bring"
    "|what you'll bring to the team|what you bring to the table|what you need|what you will need"
    "|what you have|what you should have|what we need|what we need from you|what we expect"
    "|what we require|what we are looking for|what are we looking for|what we look for"
    "|who we are looking for|who are we looking for|we are looking for|ideally you will have"
    "|ideally you will have/be|ideally you have|you will have|you should have|you will need"
    "|the ideal candidate|ideal candidate|candidate profile|the candidate|candidate requirements"
    "|ideal candidate profile|person specification|eligibility|eligibility requirements"
    "|conditions of employment"
    "|what it takes|what you will need to succeed|to be successful in this role"
    "|to be successful in this role you will have|to succeed in this role|to be considered"
    "|licenses and certifications|licensure|certifications|required certifications"
    "|education requirements|educational requirements|experience requirements"
    "|language skills|required education|your expertise|what makes you a great fit"
    "|anforderungen|deine anforderungen|dein profil|ihr profil|profil|anforderungsprofil"
    "|das bringst du mit|das bringen sie mit|was du mitbringst|was sie mitbringen|du bringst mit"
    "|qualifikationen|deine qualifikationen|ihre qualifikationen|deine skills|voraussetzungen"
    "|das solltest du mitbringen|das zeichnet dich aus|kenntnisse|muss-kriterien"
    "|profil recherché|votre profil|ton profil|compétences requises|prérequis|compétences"
    "|qualifications requises|requisitos|requisitos mínimos|perfil|tu perfil|perfil buscado"
    "|qué buscamos|requisitos obrigatórios|qualificações|requisiti|requisiti richiesti"
    "|profilo|il tuo profilo|cosa cerchiamo|vereisten|functie-eisen|functie eisen|profiel"
    "|jouw profiel"
    "|wat vragen wij|wie ben jij|wat breng je mee|kvalifikationer|krav|din profil|vem är du"
    "|dine kvalifikationer|kvalifikasjoner|wymagania|nasze wymagania|oczekujemy"
    "|応募資格|必須スキル|任职要求|职位要求",
    PREFERRED: "preferred|preferred qualifications|preferred requirements|preferred skills"
    "|preferred experience|preferred skills and experience|preferred education"
    "|preferred/bonus skills|preferred / bonus skills|desired|desirable|desirables"
    "|desired qualifications|desired skills|desired experience|desirable skills"
    "|desirable criteria|desirable experience|desirable requirements|nice to have|nice to haves"
    "|nice-to-have|nice-to-haves|good to have|great to have|bonus|bonus points|bonus skills"
    "|assets|asset|strong candidates may also have|bonus points if you have|bonus qualifications"
    "|extra credit|pluses|a plus|plus|big plus"
    "|it's a plus if you have|it is a plus if you have|additional qualifications|would be a plus"
    "|what will set you apart|what sets you apart|what would set you apart|ways to stand out"
    "|optional|optional skills|additional knowledge and/or experience desired|preferences"
    "|what would be nice to have|even better if you have|even better|icing on the cake"
    "|wünschenswert|von vorteil|nice-to-have-kriterien|pluspunkte|kann-kriterien"
    "|atouts|un plus|souhaité|les plus|deseable|se valora|se valorará|valorable|diferenciais"
    "|desejável|costituisce titolo preferenziale|titoli preferenziali|gradito|pré|pluspunten"
    "|meriterande|mile widziane|歓迎スキル|优先考虑",
    COMPETENCIES: "key skills/competency|key skills/competencies|competencies|key competencies"
    "|core competencies|required competencies|competency|key skills|core skills|skills/competencies"
    "|kompetenzen|kernkompetenzen|compétences clés|competencias|competências|competenze",
    TOPICS: "skills & topics|skills and topics|topics|tags|keywords|technologies|tech stack"
    "|our tech stack|our stack|the stack|schlagwörter|technologien|mots-clés|palabras clave",
    BENEFITS: "benefits|our benefits|key benefits|employee benefits|job benefits|company benefits"
    "|perks|our perks|perks and benefits|perks & benefits|benefits and perks|benefits & perks"
    "|benefits/perks|what we offer|what we offer you|what we can offer|what we can offer you"
    "|what we're offering|we offer|we offer you|what's on offer|our offer|the package|the offer"
    "|what's in it for you|what is in it for you|what you will get|what you get|what you'll receive"
    "|what you will receive|what do we offer|why join us|why join|why you will love working here"
    "|why you will love it here|why you should join us|why work with us|why work for us|why us"
    "|total rewards|rewards|compensation and benefits|compensation & benefits|pay and benefits"
    "|salary and benefits|benefits and compensation|rewards and benefits|in return|what's in it"
    "|das bieten wir|das bieten wir dir|das bieten wir ihnen|was wir bieten|was wir dir bieten"
    "|was wir ihnen bieten|wir bieten|wir bieten dir|wir bieten ihnen|unser angebot|deine vorteile"
    "|deine benefits|unsere benefits|ihre vorteile|vorteile|leistungen|unsere leistungen"
    "|avantages|nous offrons|ce que nous offrons|ce que nous proposons|nos avantages|on vous offre"
    "|beneficios|ofrecemos|qué ofrecemos|te ofrecemos|benefícios|oferecemos|o que oferecemos"
    "|benefit|cosa offriamo|offriamo|wat bieden wij|wij bieden|wat wij bieden|arbeidsvoorwaarden"
    "|vi erbjuder|förmåner|vi tilbyder|vi tilbyr|oferujemy|co oferujemy|待遇|福利厚生|福利待遇",
    APPLY: "how to apply|apply|apply now|to apply|application process|application instructions"
    "|applying|application|the application process|interview process|our interview process"
    "|the interview process|hiring process|our hiring process|the hiring process"
    "|recruitment process|the recruitment process|selection process|next steps|how to join us"
    "|what happens next|interested|ready to apply|application procedure|contact|contact us"
    "|bewerbung|so bewirbst du dich|jetzt bewerben|bewerbungsprozess|kontakt|interessiert"
    "|comment postuler|candidature|postuler|processus de recrutement|cómo aplicar|postúlate"
    "|como se candidatar|come candidarsi|solliciteren|solliciteer|ansökan|jak aplikować|応募方法",
    GUIDANCE: "how to get hired|interview tips|tips|application tips|tips for applicants"
    "|technical preparation|behavioral questions|behavioural questions|interview preparation"
    "|preparation|how to prepare|preparing for the interview|how to stand out|tips for applying"
    "|resume tips|advice for applicants|technical questions|interview questions|hiring tips",
    FAQ: "faq|faqs|frequently asked questions|questions and answers|questions & answers|q&a"
    "|common questions|häufige fragen|häufig gestellte fragen|foire aux questions"
    "|preguntas frecuentes|perguntas frequentes|domande frequenti|veelgestelde vragen",
    TITLE: "job title|title|jobtitle|position title|role title|vacancy title|position|role|job"
    "|vacancy|post|post title|working title|stellenbezeichnung|stelle|poste|intitulé du poste"
    "|puesto|cargo|vaga|posizione|functie|functietitel|stanowisko|tjänst|職種|职位",
    COMPANY: "company|employer|company name|employer name|organization|organisation|hiring company"
    "|organization name|organisation name|hiring organization|hiring organisation|agency"
    "|institution|firma|unternehmen|arbeitgeber|entreprise|société|employeur|empresa|azienda"
    "|bedrijf|werkgever|företag|arbetsgivare|pracodawca|会社名|公司",
    LOCATIONS: "location|locations|job location|job locations|work location|work locations|place"
    "|place of work|office|office location|office locations|offices|city|based in|based|where"
    "|duty station|primary location|location(s)|duty location|site|workplace location"
    "|position location"
    "|standort|standorte|arbeitsort|einsatzort|ort|lieu|lieu de travail|localisation|ubicación"
    "|lugar|lugar de trabajo|localização|local|local de trabalho|sede|sede di lavoro|luogo"
    "|luogo di lavoro|locatie|standplaats|plats|ort/plats|lokalizacja|miejsce pracy"
    "|勤務地|工作地点",
    WORKPLACE: "workplace|work arrangement|workplace type|remote job|work mode|working arrangement"
    "|working arrangements|working model|work model|work style|location type|remote|remote work"
    "|work remotely|remote status|remote type|remote option|on-site/remote|remote/hybrid"
    "|remote or onsite|work setting|work type|homeoffice|télétravail|teletrabajo|modalidad",
    EMPLOYMENT: "employment type|employment types|job type|job types|type of employment|contract"
    "|contract type|type of contract|type|employment|duration|work schedule|schedule|hours"
    "|working hours|work hours|full/part time|full time/part time|full-time/part-time|position type"
    "|appointment type|time type|employment status|job status|working pattern|tenure|role type"
    "|contract length|contract duration|position status|engagement|worker type|commitment"
    "|vertragsart|arbeitszeit|anstellungsart|beschäftigungsart|art der anstellung"
    "|type de contrat|contrat|tipo de contrato|tipo de empleo|jornada|contratto|tipo di contratto"
    "|tipo de emprego|dienstverband|contracttype|anställningsform|rodzaj umowy|雇用形態",
    PAY: "salary|pay|compensation|pay range|salary range|wage|wages|rate|payrate|pay rate"
    "|hourly rate|day rate|daily rate|base salary|base pay|annual salary|remuneration|package"
    "|compensation range|base salary range|base pay range|salary package|rate of pay|pay scale"
    "|hourly pay|hourly wage|starting salary|starting pay|annual compensation|total compensation"
    "|target salary|pay details|pay information|salary information|compensation details|pay grade"
    "|pay transparency|salary/rate|hiring range|hiring salary range|expected salary"
    "|advertised salary"
    "|pay band|salary band|annual base salary|us salary range|expected compensation|salary details"
    "|gehalt|gehaltsrahmen|gehaltsspanne|vergütung|jahresgehalt|lohn|verdienst|entgelt"
    "|salaire|rémunération|salario|retribución|salário|remuneração|retribuzione|stipendio|ral"
    "|salaris|lön|løn|lønn|wynagrodzenie|給与|薪资|min payrange|max payrange|minimum pay"
    "|maximum pay|min salary|max salary|minimum salary|maximum salary|salary min|salary max",
    CLOSES: "closing date|open & closing dates|application deadline|deadline|closes|closes on"
            "|apply by|valid through"
    "|valid until|applications close|application closing date|closing|last date to apply"
    "|deadline to apply|deadline for applications|closing on|expires|expiry date|expiration date"
    "|bewerbungsfrist|bewerbungsschluss|date limite|date limite de candidature|fecha límite"
    "|data limite|scadenza|sluitingsdatum|sista ansökningsdag|ansøgningsfrist|søknadsfrist"
    "|valid thru|posting end date|posting close date|close date|applications due"
    "|application due date",
    OTHER: "url|link|date posted|posted|posted on|date|job number|job id|job code|reference"
    "|reference number|ref|requisition|requisition id|req id|requisition number|department|team"
    "|division|group|function|start date|starting time|start|reports to|reporting to|opening date"
    "|opens|travel|travel requirement|travel required|security clearance|visa sponsorship|seniority"
    "|seniority level|level|grade|industry|industries|category|job category|vacancies|openings"
    "|number of openings|supervisory status|job family|equal opportunity|eeo|eeo statement"
    "|equal opportunity employer|equal opportunities|equal employment opportunity|diversity"
    "|diversity and inclusion|diversity, equity and inclusion|diversity & inclusion|inclusion"
    "|accommodation|accommodations|privacy|privacy notice|data protection|similar jobs"
    "|similar roles|related jobs|more jobs|share|share this job|disclaimer|disclosures|our values"
    "|values"
    "|our culture|culture|additional information|other information|other|legal|note|notes|notice"
    "|physical demands|physical requirements|working conditions|work environment|basic information"
    "|background check|background checks|our commitment|commitment to diversity"
    "|we want the best people"
    "|beginn|eintrittsdatum|referenznummer|référence|referencia|startdatum|ansprechpartner"
    "|salary type|employer details|contact details|shift and schedule|job details",
}  # fmt: skip

# For lines that look like headings; the first field that fits counts.
_PATTERNS = (
    (FAQ, r"\b(faqs?|frequently asked|questions (and|&) answers)\b"),
    (
        OTHER,
        (
            r"\b(equal (employment )?opportunit|eeo|diversity|inclusion|accommodations?\b|privacy"
            r"|data protection|(similar|related|more|other) (jobs|roles|openings|positions)"
            r"|share this"
            r"|physical (demands|requirements)|working conditions|work(ing)? environment|disclaimer"
            r"|background (check|investigation)|our values|core values|recruitment (agencies|fraud)"
            r"|agencies|clearance|travel|visa|sponsorship|reasonable adjust|who may apply"
            r"|additional information)"
        ),
    ),
    (
        PREFERRED,
        (
            r"\b(nice[- ]to[- ]ha(ve|ves)|(good|great)[- ]to[- ]have|preferred|desired|desirable"
            r"|preferable|set(s)? you apart|makes? you stand out|pluses|(is|are|be|as|big"
            r"|huge) (a )?plus"
            r"|extra credit|bonus (points|skills|if|qualifications|experience)|brownie points"
            r"|advantageous|an (advantage|asset)|(may|might|could) also|even better|not required"
            r"|optional"
            r"|von vorteil|wünschenswert|souhaité|deseable|desejável)\b"
        ),
    ),
    (
        APPLY,
        (
            r"\b(how (to|do i|can i|you) apply|to apply|application process|applying|bewirb"
            r"|(interview|hiring|recruitment|selection|application) (process|stages|steps"
            r"|procedure))\b"
        ),
    ),
    (GUIDANCE, r"\b(get hired|interview tips|how to prepare|tips for|preparation)\b"),
    (HIGHLIGHTS, r"\bhighlights\b"),
    (
        BENEFITS,
        (
            r"\b(benefits?|perks|we (can )?offer|in it for you|in return|on offer"
            r"|what you( will)? get"
            r"|what you will receive|why (you will love|you should|join|work)|rewards"
            r"|bieten|vorteile|avantages|ofrecemos|beneficios|oferecemos|benefícios|erbjuder"
            r"|offriamo)\b"
        ),
    ),
    (PAY, r"\b(salary|pay|compensation|remuneration|wages?|gehalt|vergütung|salaire)\b"),
    (
        RESPONSIBILITIES,
        (
            r"\b(responsibilit(y|ies)|responsible for|duties|accountabilit(y|ies)|deliverables"
            r"|what you( will|'ll)( be)?( do| doing| own| build| work| tackle| achieve| accomplish)"
            r"|what will (you|i) (do|be doing)|day[- ]to[- ]day|you will$|you will be$|you'll$"
            r"|essential functions|key objectives|objectives for|this position$|scope of"
            r"|your (role|mission|tasks|impact|day|work)|(role|position|job"
            r"|work) (will )?(involves?"
            r"|includes?|entails?)"
            r"|how you will|impact you will|a (typical )?(day|week)|tasks (include|are)|your focus"
            r"|aufgaben|erwartet|verantwortlich|missions|responsabilités|funciones"
            r"|responsabilidades"
            r"|verantwoordelijkheden|arbetsuppgifter|mansioni|obowiązki)"
        ),
    ),
    (
        REQUIRED,
        (
            r"\b(requirements?|required|qualifications?|must[- ]haves?|you must|eligib|essential"
            r"|minimum"
            r"|what (you|we)( will)? need|needs? (from|to have)|what you( will)?( bring| have)"
            r"|(what|who) (we are|are we|we're) (looking|searching|after|seeking)|what we look"
            r"|looking for|who you are|about you|(ideal|successful|right|strong|best) (candidate"
            r"|applicant|person)"
            r"|your (profile|background|skills|experience|qualifications|expertise|strengths)"
            r"|you (have|bring|possess|are|should|might|may|could|need|will have|will need"
            r"|will bring"
            r"|will be a)"
            r"|skills|experience|education|knowledge|abilities|person specification"
            r"|candidates? (who"
            r"|that|will|should)"
            r"|to (be successful|succeed|thrive|qualify)|criteria|great fit|good fit|proficien"
            r"|expertise|certifications?"
            r"|licen[cs]es?|profil|mitbring|bringst|bringen sie|anforderungen|voraussetzungen"
            r"|compétences|requisitos|perfil"
            r"|requisiti|vereisten|functie-?eisen|kvalifikation|wymagania)"
        ),
    ),
    (LOCATIONS, r"\b(locations?|where you will (be|work))\b"),
    (
        SUMMARY,
        (
            r"\b(about (the|this|our|us|working)|overview|summary|who we are|description"
            r"|introduction"
            r"|the (role|team|opportunity|company|challenge|mission|product|project)|our (company"
            r"|team|mission|story|client))\b"
        ),
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
_ABOUT = re.compile(r"(?:about|über|à propos de|sobre|over|om) (?:[\w&.'-]+ ?){1,5}")
_EDGES = re.compile(r"^[\W_]+|[^\w)]+$")
_LABEL = re.compile(r"([^\s:：][^:：]{0,48}?)\s*[:：](?!//)\s*(?=\S)(.*)", re.DOTALL)
_DASHED = re.compile(r"(\w[\w /]{2,28}?)\s+[–—-]\s+(\S.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A heading's words, without case, decoration or contractions."""
    words = text.casefold().replace("’", "'").replace("&", " & ").replace("'ll", " will")
    words = words.replace("'re", " are").replace("'ve", " have")
    words = _EDGES.sub("", _EDGES.sub("", words))
    return " ".join(words.split())


# One word of these may also be an item of a list, or a button on a page.
_AMBIGUOUS_WORDS = (
    "education|experience|skills|certifications|licensure|bonus|plus|optional|culture|travel"
    "|background|level|team|tasks|date|note|notes|other|function|type|rate|hours|schedule"
    "|package|essentials|profile|mission|rewards|tips|preparation|technologies|tags|competency"
    "|values|inclusion|diversity|purpose|assets|asset|perfil|profil|benefit|compétences"
)
_BUTTON_WORDS = (
    "apply|apply now|share|share this job|save|contact|contact us|interested|application"
    "|jetzt bewerben|postuler|solliciteer|link|posted|remote"
)
AMBIGUOUS = frozenset(map(normal, _AMBIGUOUS_WORDS.split("|")))
BUTTONS = frozenset(map(normal, _BUTTON_WORDS.split("|")))
_EXACT = {
    normal(phrase): field for field, phrases in _PHRASES.items() for phrase in phrases.split("|")
}


@lru_cache(maxsize=4096)
def exact(text: str) -> str | None:
    """The field of a phrase that is a heading wherever it stands."""
    if len(text) > 80:
        return None
    words = normal(text)
    return _EXACT.get(words) or _EXACT.get(words.removeprefix("the ").removeprefix("our "))


@lru_cache(maxsize=4096)
def likely(text: str) -> str | None:
    """The field of a line that looks like a heading, by its words."""
    if len(text) > 160:
        return None
    found = exact(text)
    if found:
        return found
    words = normal(text)
    for field, pattern in _COMPILED:
        if pattern.search(words):
            return field
    return SUMMARY if _ABOUT.fullmatch(words) else None


def label(text: str) -> tuple[str, str] | None:
    """("locations", "Berlin") for "Location: Berlin"; None where no known label leads."""
    found = _LABEL.fullmatch(text)
    field = exact(found[1]) if found else None
    if found and field:
        return field, found[2]
    dashed = _DASHED.fullmatch(text)
    field = exact(dashed[1]) if dashed else None
    known = dashed is not None and field in SCALARS and normal(dashed[1]) not in BUTTONS
    return (field or OTHER, dashed[2]) if dashed and known else None


def unknown_label(text: str) -> bool:
    """Whether the line reads "Some label: a value" with a short label."""
    found = _LABEL.fullmatch(text)
    return found is not None and len(found[1].split()) <= 4
