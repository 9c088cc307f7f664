"""Senior Principal Engineering Manager in Redmond: two seats, one of them taken."""

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
from ats.demo.people import BERLIN, MADRID, WEST

AI, EM, GPU = "AI Infrastructure", "Engineering Management", "GPU Clusters"
LARGE, DIST, CLOUD = "Large-Scale Systems", "Distributed Systems", "Cloud Platforms"
ML, HPC = "Machine Learning", "High-Performance Computing (HPC)"
LEAD, GROWTH = "Technical Leadership", "Team Growth"

PLAN = (
    Slot("Clusters in depth", "technical", 60, (AI, GPU, ML, HPC), ("ines",), 0, "16:00", MADRID),
    Slot(
        "Distributed systems", "technical", 60, (DIST, LARGE, CLOUD, HPC), ("jonas",), 0, "17:15",
        BERLIN,
    ),
    Slot("Leading engineers", "video", 60, (EM, GROWTH, LEAD, AI), ("kavya",), 0, "10:30", WEST),
    Slot(
        "Large programmes", "on_site", 60, (LARGE, DIST, CLOUD, GPU), ("liam",), 1, "09:00", WEST
    ),
    Slot("Team and direction", "on_site", 60, (GROWTH, LEAD, EM, ML), ("mei",), 1, "10:30", WEST),
)  # fmt: skip
ACHIEVEMENTS = (
    "Ran AI Infrastructure for 600 researchers: three sites, 5,200 accelerators, two nines more.",
    "Planned and built GPU Clusters from 256 to 4,096 cards, InfiniBand included.",
    "Engineering Management of four teams and 31 engineers, two of them principal.",
    "Distributed Systems: replaced the job scheduler while 40,000 jobs a day went on.",
    "Large-Scale Systems: cut the cost of storage per petabyte by a third in a year.",
    "Moved training from two Cloud Platforms to our own halls, on the promised day.",
    "Machine Learning: tuned NCCL rings and data loading; models trained in half the time.",
    "High-Performance Computing (HPC): Slurm and Kubernetes side by side on one floor.",
    "Technical Leadership for the network of a national laboratory.",
    "Team Growth from 6 to 22 people, with a first-week plan that others copied.",
    "Wrote the incident practice that the whole company uses now.",
    "Brought a programme of eleven teams to a quiet launch.",
)
SCHOOLS = (
    "MSc Computer Science, University of Lagos",
    "BSc Electrical Engineering, Politecnico di Torino",
    "PhD Parallel Computing, University of Edinburgh",
    "BSc Mathematics, Universidad de Chile",
    "MSc Computer Engineering, IIT Madras",
    "Self-taught; ten years of open source",
)
PACIFIC, EASTERN = "America/Los_Angeles", "America/New_York"
SITE, REFERRED, BOARD = "Careers site", "Referred by a colleague", "Job board: HPC Weekly"
SOURCED = "Sourced by a recruiter"
EXPERIENCE, OTHERS = "Less evidence than others in the competencies", "Another person was chosen"

PEOPLE = (
    Person(
        "Amara Okonkwo", "Seattle, WA", PACIFIC, REFERRED,
        "Director of Research Computing, Tidewater AI", (0, 1, 2),
        Course(
            -40, -38,
            (Loop((-30, -29), level=0),),
            Verdict(-28, "offer", "Every competency was seen twice; the strongest loop so far."),
            Terms("288000", -28, -28, -27, -27, accepted=-25, hired=-24),
            note="Knows our cluster papers and has read them critically.",
        ),
    ),
    Person(
        "Benedikt Aalto", "Portland, OR", PACIFIC, SITE,
        "Engineering Manager, Fjordline Cloud", (4, 5, 9),
        Course(
            -37, -34,
            (Loop((-24, -23), level=2, late={"kavya": 20}),),
            Verdict(-21, "reject", "Good with teams; no cluster work that two of us could find."),
            end=End(-21, "reject", EXPERIENCE, "later", "Would suit the platform team in spring."),
        ),
    ),
    Person(
        "Chitra Venkataraman", "San Jose, CA", PACIFIC, SOURCED,
        "Principal Engineering Manager, Loom Compute", (1, 3, 6),
        Course(
            -30, -28,
            (Loop((-12, -11), level=0, amends="liam"),),
            Verdict(-8, "offer", "Depth and judgment; the two twos were talked through."),
            Terms("294500", -7, -6, -5, -3),
        ),
    ),
    Person(
        "Dimitri Savvides", "Boston, MA", EASTERN, REFERRED,
        "Head of HPC, Beacon Genomics", (7, 0, 10),
        Course(-22, -20, (Loop((-6, -5), level=1, late={"jonas": 16}),)),
    ),
    Person(
        "Eun-ji Baek", "Redmond, WA", PACIFIC, SITE,
        "Senior Engineering Manager, Cascade Robotics", (2, 6, 8),
        Course(-18, -16, (Loop((-3, -2), level=1, owes=("jonas",)),)),
    ),
    Person(
        "Fatoumata Diallo", "Vancouver, BC", PACIFIC, BOARD,
        "Lead, GPU Platform, Northern Weather Service", (1, 4, 11),
        Course(-15, -13, (Loop((-1, 0), level=0, today={3: 0, 4: 75}),)),
    ),
    Person(
        "Gustavo Pinheiro", "Austin, TX", "America/Chicago", SITE,
        "Engineering Director, Riverbed Analytics", (4, 9, 3),
        Course(-14, -12, (Loop((1, 2)),), note="Prefers mornings; travels with a guide dog."),
    ),
    Person(
        "Hana Sedláčková", "Redmond, WA", PACIFIC, REFERRED,
        "Manager of Managers, Orchard Systems", (2, 9, 5),
        Course(-13, -11, (Loop((3, 4)),)),
    ),
    Person(
        "Ibrahim El-Masri", "Chicago, IL", "America/Chicago", SITE,
        "Principal Engineer, Granite Storage", (3, 4, 8),
        Course(
            -20, -18,
            (Loop((-9, -8), level=2, moved={4: 5}, cancelled={3: "Liam is ill this week."}),),
        ),
    ),
    Person(
        "Jolanta Wiśniewska", "New York, NY", EASTERN, SOURCED,
        "VP Infrastructure, Pennant Health", (5, 2, 11),
        Course(
            -26, -24,
            (Loop((-16, -15), no_show=True),),
            end=End(-14, "withdraw", "Took another position"),
        ),
    ),
    Person("Kenji Morimoto", "Seattle, WA", PACIFIC, SITE,
           "Engineering Manager, Harbor Vision", (6, 1, 9),
           screen(-9, "Strong on training; ask about managing managers.")),
    Person("Leilani Kahananui", "Honolulu, HI", "Pacific/Honolulu", BOARD,
           "HPC Operations Lead, Trade Wind Observatory", (7, 8, 10), screen(-8)),
    Person("Mbali Dlamini", "Cape Town, South Africa", "Africa/Johannesburg", REFERRED,
           "Senior Manager, Cape Compute", (0, 5, 9), screen(-7, "Would relocate in autumn.")),
    Person("Niamh Gallagher", "Denver, CO", "America/Denver", SITE,
           "Engineering Manager, Tern Aerospace", (11, 2, 4), screen(-6)),
    Person("Omar Benjelloun", "Redmond, WA", PACIFIC, SITE,
           "Cluster Architect, Saffron Labs", (1, 7, 3), screen(-5)),
    Person("Paloma Ibáñez", "Phoenix, AZ", "America/Phoenix", BOARD,
           "Director, Data Platform, Cactus Freight", (4, 3, 9), new(-4)),
    Person("Quang Tran", "San Francisco, CA", PACIFIC, SITE,
           "Staff Engineer, Kite Maps", (6, 3, 10), new(-3)),
    Person("Rasa Petrauskaitė", "Raleigh, NC", EASTERN, SITE,
           "Manager, Scientific Computing, Loblolly College", (7, 9, 0), new(-3)),
    Person("Solveig Hansen", "Minneapolis, MN", "America/Chicago", REFERRED,
           "Head of Platform, Prairie Grid", (5, 0, 2), new(-2)),
    Person("Tariq Mahmood", "Redmond, WA", PACIFIC, SITE,
           "Senior Engineering Manager, Signal & Loom", (3, 8, 11), new(-2)),
    Person("Uchenna Eze", "Atlanta, GA", EASTERN, BOARD,
           "Infrastructure Manager, Peachtree Imaging", (0, 4, 9), new(-1)),
    Person("Valentina Rossi", "Los Angeles, CA", PACIFIC, SITE,
           "Product Manager, Lumen Studio", (11, 10, 9),
           turned_down(-32, -30, EXPERIENCE, "now")),
    Person("Wei-Ting Hsu", "Bellevue, WA", PACIFIC, SITE,
           "Web Engineer, Teahouse Media", (10, 3, 8),
           turned_down(-25, -23, EXPERIENCE)),
    Person("Ximena Quispe", "Houston, TX", "America/Chicago", BOARD,
           "Project Lead, Andes Seismic", (11, 7, 9), turned_down(-19, -14, OTHERS)),
    Person("Yusuf Karimov", "Redmond, WA", PACIFIC, SITE,
           "System Administrator, Silk Road Logistics", (7, 10, 4),
           turned_down(-4, -1, EXPERIENCE)),
    Person("Zofia Nowak", "Toronto, ON", "America/Toronto", REFERRED,
           "Engineering Manager, Maple Robotics", (2, 6, 9),
           gone(-21, -17, "Place or working hours")),
    Person("Anders Lindahl", "Spokane, WA", PACIFIC, SITE,
           "Manager, Private Cloud, Inland Rail", (5, 4, 2),
           gone(-12, -9, "Took another position")),
    Person("Beatriz Fonseca", "Redmond, WA", PACIFIC, SITE,
           "Lead Engineer, Atlantic Compute", (1, 6, 8),
           Course(-10, -9, end=End(-6, "mistake", OTHERS, note="Mistaken for another person."))),
)  # fmt: skip

PRINCIPAL = RoleData(
    key="principal",
    listing="senior-principal-engineering-manager.txt",
    company="Northlight Research",
    title="Senior Principal Engineering Manager",
    department="Research Computing",
    level="Senior Principal",
    seats=2,
    drafted=-46,
    recruiter="rosa",
    manager="henrik",
    interviewers=("ines", "jonas", "kavya", "liam", "mei"),
    wishes=tuple((name, True) for name in (AI, EM, GPU, LARGE, DIST, CLOUD, ML, HPC, LEAD, GROWTH)),
    plan=PLAN,
    period="year",
    currency="USD",
    achievements=ACHIEVEMENTS,
    schools=SCHOOLS,
    people=PEOPLE,
    returned="Please say that the second seat is a new one, and since when it is budgeted.",
)
