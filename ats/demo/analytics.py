"""Analytics Engineer in Berlin: on hold since the budget was moved, in the middle of it all."""

from ats.demo.courses import (
    Course,
    End,
    Loop,
    Person,
    RoleData,
    Slot,
    Terms,
    Verdict,
    gone,
    new,
    screen,
    turned_down,
)
from ats.demo.people import BERLIN, MADRID

SQL, QUALITY, PYTHON = "SQL and Data Modelling", "Data Quality", "Python"
SPEAKING, THINKING = "Communication", "Analytical Thinking"

PLAN = (
    Slot(
        "Modelling exercise", "technical", 90, (SQL, QUALITY, PYTHON), ("farid",), 0, "10:00",
        BERLIN,
    ),
    Slot(
        "Questions and answers", "video", 45, (SPEAKING, THINKING), ("ines",), 0, "12:00", MADRID
    ),
    Slot("A broken feed", "technical", 60, (QUALITY, PYTHON, SQL), ("jonas",), 0, "14:00", BERLIN),
    Slot(
        "Working together", "on_site", 45, (SPEAKING, THINKING), ("annika",), 0, "15:15", BERLIN
    ),
)  # fmt: skip
ACHIEVEMENTS = (
    "SQL and Data Modelling for twelve utilities; dbt with 340 models and no orphan.",
    "Data Quality: freshness tests that page the sender, not the reader.",
    "Python: a small library for meter readings, used by three teams.",
    "Time series at scale: four billion readings a month on two machines.",
    "Communication: a weekly hour in which product teams bring their numbers.",
    "Analytical Thinking: found the leak in the district heating of a small town.",
    "Cut the nightly run from six hours to forty minutes.",
    "Wrote the dictionary of metrics that the company agreed on.",
    "Thesis on the load curves of heat pumps.",
)
SCHOOLS = (
    "MSc Statistics, Humboldt-Universität zu Berlin",
    "BSc Computer Science, University of Warsaw",
    "MSc Energy Systems, TU Delft",
    "BSc Economics, University of Zagreb",
)
SITE, REFERRED, BOARD = "Careers site", "Referred by a colleague", "Job board: Green Data Jobs"
OTHERS, EXPERIENCE = "Another person was chosen", "Less evidence than others in the competencies"
IN_BERLIN = "Berlin, Germany"
HOLD = "The requisition is on hold."

PEOPLE = (
    Person(
        "Aylin Demirtaş", IN_BERLIN, BERLIN, REFERRED, "Analytics Engineer, Spree Netz",
        (0, 1, 4),
        Course(
            -24, -22, (Loop((-9, -9), level=0),),
            Verdict(-7, "offer", "Model and tests stood up to every question."),
            Terms("79000", -6),
            note="The offer waits for the budget; told her so by phone.",
        ),
    ),
    Person(
        "Bruno Kovačević", "Zagreb, Croatia", "Europe/Zagreb", BOARD,
        "Data Engineer, Adria Charging", (3, 6, 2),
        Course(
            -30, -28, (Loop((-18, -18), level=2),),
            Verdict(-16, "reject", "Fast, and tests come last: for this role they come first."),
            end=End(-16, "reject", OTHERS),
        ),
    ),
    Person(
        "Clémence Aubert", IN_BERLIN, BERLIN, SITE, "Data Analyst, Lumière Énergie", (5, 7, 8),
        Course(
            -15, -13,
            (Loop((1, 1), booked=-7, cancelled=dict.fromkeys(range(4), HOLD)),),
            note="Wants to hear from us as soon as the role goes on.",
        ),
    ),
    Person("Dmytro Shevchenko", IN_BERLIN, BERLIN, SITE, "Data Engineer, Mitte Mobility",
           (2, 3, 1), screen(-12)),
    Person("Elif Arslan", "Leipzig, Germany", BERLIN, REFERRED, "BI Developer, Saale Energie",
           (0, 4, 7), screen(-11)),
    Person("Finn Petersen", "Hamburg, Germany", BERLIN, SITE, "Analytics Engineer, Hafenlicht",
           (1, 6, 0), screen(-10, "Two days a week in Berlin are fine.")),
    Person("Gabriela Popescu", IN_BERLIN, BERLIN, BOARD, "Data Analyst, Carpat Retail", (4, 5, 7),
           new(-9)),
    Person("Hannes Vogt", "Potsdam, Germany", BERLIN, SITE, "Physicist, Havel Observatory",
           (8, 5, 2), new(-8)),
    Person("Ilse van der Meer", "Utrecht, Netherlands", "Europe/Amsterdam", BOARD,
           "Analytics Engineer, Polder Power", (0, 3, 8), new(-7)),
    Person("Jakub Horák", IN_BERLIN, BERLIN, SITE, "Backend Engineer, Vltava Pay", (2, 6, 1),
           new(-6)),
    Person("Karoliina Mäkinen", "Tampere, Finland", "Europe/Helsinki", SITE,
           "Marketing Analyst, Kuusi Home", (4, 7, 5), turned_down(-27, -24, EXPERIENCE)),
    Person("Luca Bernasconi", IN_BERLIN, BERLIN, SITE, "Data Intern, Alpenstrom", (8, 2, 5),
           turned_down(-20, -18, EXPERIENCE, "now")),
    Person("Małgorzata Lis", "Poznań, Poland", "Europe/Warsaw", BOARD, "Data Engineer, Warta Grid",
           (3, 1, 6), turned_down(-17, -11, OTHERS)),
    Person("Nuno Carvalho", "Lisbon, Portugal", "Europe/Lisbon", REFERRED,
           "Analytics Engineer, Tejo Solar", (0, 6, 4),
           gone(-14, -9, "Took another position")),
)  # fmt: skip

ANALYTICS = RoleData(
    key="analytics",
    listing="analytics-engineer-berlin.txt",
    company="Wattmeister Energie",
    title="Analytics Engineer",
    department="Energy Data",
    level="Senior",
    seats=1,
    drafted=-44,
    recruiter="rosa",
    manager="annika",
    interviewers=("farid", "ines", "jonas", "annika"),
    wishes=((SQL, True), (QUALITY, True), (PYTHON, True), (SPEAKING, True), (THINKING, False)),
    plan=PLAN,
    period="year",
    currency="EUR",
    achievements=ACHIEVEMENTS,
    schools=SCHOOLS,
    people=PEOPLE,
    held=-3,
)
