"""Staff Nurse, Critical Care in Portland: four seats, one of them taken."""

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
from ats.demo.people import WEST

ASSESS, JUDGE = "Patient assessment", "Clinical judgment"
TEAM, FAMILIES = "Teamwork", "Communication with families"

PLAN = (
    Slot("Patient scenario", "on_site", 60, (ASSESS, JUDGE), ("olu",), 0, "09:00", WEST),
    Slot(
        "Judgment on a short night", "on_site", 45, (JUDGE, TEAM, FAMILIES), ("grace",), 0,
        "10:30", WEST,
    ),
    Slot("Team and families", "video", 45, (ASSESS, TEAM, FAMILIES), ("nadia",), 0, "13:00", WEST),
)  # fmt: skip
ACHIEVEMENTS = (
    "Five years of night shifts in a 20-bed heart surgery unit; charge nurse on weekends.",
    "Patient assessment teacher for newly qualified nurses, eleven preceptorships.",
    "Ventilators, arterial lines, continuous renal replacement therapy.",
    "CCRN since 2019; advanced life support instructor.",
    "Teamwork: built the bedside round that the whole floor uses now.",
    "Communication with families: led the unit's evening hour for relatives.",
    "Clinical judgment: reported and stopped a series of wrong infusion labels.",
    "Speaks Spanish on shift every night.",
    "Speaks Vietnamese at home and, when needed, at the bedside.",
    "Two years of intensive care after an associate degree, then a bachelor's at night.",
)
SCHOOLS = (
    "BSN, Columbia Gorge College; RN, State of Oregon",
    "ADN, Valley Community College; RN, State of Oregon",
    "BSN, University of the Philippines; RN, State of Oregon",
    "BSN, Sonora State; RN, State of Arizona",
)
SITE, REFERRED, BOARD = "Careers site", "Referred by a colleague", "Job board: Nurses Northwest"
LICENSE, EXPERIENCE = (
    "Missing a required qualification",
    "Less evidence than others in the competencies",
)
PORTLAND = "Portland, OR"

PEOPLE = (
    Person(
        "Abigail Thornberry", PORTLAND, WEST, REFERRED, "Charge Nurse, Willamette Heart Center",
        (0, 1, 2),
        Course(
            -38, -36, (Loop((-30, -30), level=0),),
            Verdict(-29, "offer", "Saw what the monitor did not; families trust her."),
            Terms("58.50", -28, -28, -27, -26, accepted=-24, hired=-23),
        ),
    ),
    Person(
        "Bayani Reyes", "Salem, OR", WEST, SITE, "ICU Nurse, Mid-Valley Hospital", (2, 3, 5),
        Course(
            -28, -26, (Loop((-14, -14), level=0, late={"nadia": 30}),),
            Verdict(-12, "offer", "Calm and exact; the scenario was solved in half the time."),
            Terms("56.00", -11, -11, -10, -9, accepted=-1),
        ),
    ),
    Person(
        "Catalina Ospina", PORTLAND, WEST, BOARD, "Staff Nurse, Rose Quarter Clinic", (7, 4, 6),
        Course(
            -33, -31, (Loop((-22, -22), level=1),),
            Verdict(-20, "offer", "Strong with families, ready for a heavier unit."),
            Terms("51.25", -19, -19, -18, -18, declined=-15),
            end=End(-14, "withdraw", "Took another position"),
        ),
    ),
    Person(
        "Daoud Rahimi", "Vancouver, WA", WEST, SITE, "Critical Care Nurse, Fort Plain Medical",
        (3, 6, 1),
        Course(
            -19, -17, (Loop((-6, -6), level=0),),
            Verdict(-4, "offer", "Would make the nights safer from the first week."),
            Terms("57.75", -3, -2),
        ),
    ),
    Person(
        "Ewa Zielińska", PORTLAND, WEST, SITE, "ICU Nurse, St. Bride Hospital", (9, 2, 4),
        Course(
            -21, -19, (Loop((-9, -9), level=1), Loop((3, 3), booked=-2, only=(1,))),
            Verdict(-7, "more_evidence", "Two of us saw different things: one more scenario."),
        ),
    ),
    Person(
        "Femi Balogun", "Eugene, OR", WEST, REFERRED, "Nurse, Cardiac Step-down, Umpqua Regional",
        (0, 6, 5), Course(-11, -9, (Loop((2, 2)),)),
    ),
    Person(
        "Gwendolyn Pike", "Bend, OR", WEST, SITE, "Travel Nurse, High Desert Staffing", (2, 3, 9),
        Course(
            -20, -18, (Loop((-11, -11), no_show=True),),
            end=End(-10, "reject", "Did not come to the interview"),
        ),
    ),
    Person("Hung Pham", PORTLAND, WEST, SITE, "ICU Nurse, East Bank Hospital", (8, 1, 3),
           screen(-8)),
    Person("Isabel Monteiro", "Gresham, OR", WEST, BOARD, "Nurse, Cedar Grove Care", (7, 5, 9),
           screen(-7, "Would start with days and move to nights.")),
    Person("Jamal Whitfield", PORTLAND, WEST, REFERRED, "Charge Nurse, Pearl Street Hospital",
           (0, 4, 6), screen(-6)),
    Person("Katarzyna Bąk", "Hillsboro, OR", WEST, SITE, "ICU Nurse, Tualatin General", (1, 2, 3),
           screen(-5)),
    Person("Lusia Tuilagi", PORTLAND, WEST, SITE, "Nurse, Pacific Islands Health", (5, 4, 9),
           new(-3)),
    Person("Marisol Vega", "Medford, OR", WEST, BOARD, "ICU Nurse, Bear Creek Medical", (7, 2, 0),
           new(-2)),
    Person("Nkechi Obi", PORTLAND, WEST, SITE, "Nurse, Trauma, North Shore Hospital", (6, 3, 1),
           new(-1)),
    Person("Owen Llewellyn", "Astoria, OR", WEST, SITE, "Paramedic, Coast Rescue", (4, 5, 9),
           turned_down(-27, -25, LICENSE)),
    Person("Pilar Castaño", "Tucson, AZ", "America/Phoenix", BOARD, "ICU Nurse, Saguaro Medical",
           (2, 7, 3), turned_down(-16, -13, LICENSE)),
    Person("Rhiannon Boyd", PORTLAND, WEST, SITE, "Nursing Student, Columbia Gorge College",
           (4, 5, 9), turned_down(-3, -1, EXPERIENCE)),
    Person("Siddharth Menon", PORTLAND, WEST, REFERRED, "ICU Nurse, Burnside Hospital", (0, 3, 6),
           gone(-13, -10, "Pay or conditions")),
)  # fmt: skip

NURSE = RoleData(
    key="nurse",
    listing="staff-nurse-critical-care.md",
    company="Harbourview General Hospital",
    title="Staff Nurse, Critical Care",
    department="Clinical Programmes",
    level="Staff",
    seats=4,
    drafted=-45,
    recruiter="tomas",
    manager="nadia",
    interviewers=("olu", "grace", "nadia"),
    wishes=((ASSESS, True), (JUDGE, True), (TEAM, True), (FAMILIES, True)),
    plan=PLAN,
    period="hour",
    currency="USD",
    achievements=ACHIEVEMENTS,
    schools=SCHOOLS,
    people=PEOPLE,
)
