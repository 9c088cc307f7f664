"""What interviewers ask about each competency, and what they heard.

`QUESTIONS`: (question, what good looks like). `HEARD`: the evidence for a high, a middling and a
low rating. `ADDED`: entries of the library beyond those that the product ships with.
"""

from typing import Any

QUESTIONS: dict[str, tuple[str, str]] = {
    "AI Infrastructure": (
        "What limited the last training platform that you ran, and how did you find out?",
        "Names one bottleneck, the measurement that showed it and what it cost to remove.",
    ),
    "Engineering Management": (
        "Tell us about an engineer who struggled. What did you do, week by week?",
        "Speaks of one person, early and honest words, and of what changed.",
    ),
    "GPU Clusters": (
        "A tenth of the cards is idle while jobs wait. Where do you look first?",
        "Asks for placement and fragmentation before asking for more cards.",
    ),
    "Large-Scale Systems": (
        "What broke first when your system became ten times larger?",
        "Knows the order in which things broke, and what was seen beforehand.",
    ),
    "Distributed Systems": (
        "A client retries a request that had succeeded. What happens in your design?",
        "Explains the duplicate, and where exactly it is recognised.",
    ),
    "Cloud Platforms": (
        "When would you not move a workload to the cloud?",
        "Gives figures for both sides, and a case in which they were wrong before.",
    ),
    "Machine Learning": (
        "How do you tell a bad learning rate from a bad network card?",
        "Reads the curves of loss and throughput together.",
    ),
    "High-Performance Computing (HPC)": (
        "Walk us through a parallel program that you made faster.",
        "Says where the time went before and after, and what was left alone.",
    ),
    "Technical Leadership": (
        "Which decision did you let others make although you would have decided otherwise?",
        "Set the frame, stood by the outcome, and says what was learned.",
    ),
    "Team Growth": (
        "Your team doubles in a year. What do you stop doing?",
        "Hands over real decisions and says how newcomers find their feet.",
    ),
    "Patient assessment": (
        "A patient after heart surgery becomes restless. What do you look at, in which order?",
        "Airway, breathing and circulation before any guess, and says when to call.",
    ),
    "Clinical judgment": (
        "When did you disagree with an order, and what did you do?",
        "Spoke up with facts, closed the loop and wrote it down.",
    ),
    "Teamwork": (
        "Describe a night on which there were too few of you.",
        "Shared out by need, asked for help early, looked after the newest colleague.",
    ),
    "Communication with families": (
        "How do you tell a family that you do not know yet?",
        "Plain words, no false comfort, and a time at which they hear more.",
    ),
    "SQL and Data Modelling": (
        "Model meter readings that may arrive twice, late and corrected.",
        "Keeps what was reported apart from what is believed, and can say when.",
    ),
    "Data Quality": (
        "A feed halves overnight. How do you learn of it, and when?",
        "Tests on volume and freshness before the first reader is awake.",
    ),
    "Python": (
        "Show us a script of yours that others run.",
        "Small functions, tests, and words for the person whose input is wrong.",
    ),
    "Communication": (
        "Explain to a product manager why two dashboards disagree.",
        "Starts from the question that the reader has, not from the tables.",
    ),
    "Analytical Thinking": (
        "Did heat pumps raise consumption last winter? How would you find out?",
        "Asks compared with what, and names what the data cannot say.",
    ),
}
HEARD: dict[str, tuple[str, str, str]] = {
    "AI Infrastructure": (
        "Rebuilt the storage path of a 3,000-card cluster; showed us throughput before and after.",
        "Ran a platform for two research groups; knew its limits, had not moved them.",
        "Used a managed platform; could not say what happens when a node is lost.",
    ),
    "Engineering Management": (
        "Brought a failing lead back in five months, with dates and with the words that were used.",
        "Clear goals and regular talks; avoided one conflict longer than was good.",
        "Spoke of tickets only; no example of a person who grew.",
    ),
    "GPU Clusters": (
        "Raised use from 61 to 84 percent by packing jobs by topology; drew the scheduler for us.",
        "Operated 400 cards with a vendor's help; explained failing links well.",
        "Has rented single machines so far.",
    ),
    "Large-Scale Systems": (
        "Took a queue from 2,000 to 90,000 messages a second in three steps, each reversible.",
        "Knew what broke, and learned of it from users.",
        "Would begin again with another database; no numbers.",
    ),
    "Distributed Systems": (
        "Found the lost update in our example in four minutes and proved it on the whiteboard.",
        "Solid on replication; needed a hint for retries.",
        "Expected the network to deliver once.",
    ),
    "Cloud Platforms": (
        "Moved a training fleet back on site and had the figures for both years at hand.",
        "Good knowledge of two providers; cost was somebody else's task.",
        "Names services, not reasons.",
    ),
    "Machine Learning": (
        "Told the slow card from the bad schedule by the shape of the loss curve.",
        "Understands training well enough to talk to researchers.",
        "Could not say what a batch is bound by.",
    ),
    "High-Performance Computing (HPC)": (
        "Cut a stencil code from 41 to 12 minutes; named the two ideas that did not help.",
        "Profiles before changing; network effects were new.",
        "No parallel program of their own.",
    ),
    "Technical Leadership": (
        "Let the storage team choose otherwise, wrote down the test for it, and was proved wrong.",
        "Sets direction well inside one team.",
        "Decides alone and late.",
    ),
    "Team Growth": (
        "From 7 to 19 people in a year with one regretted leave; showed us the first-week plan.",
        "Hired well; newcomers had to find their own way.",
        "Has not hired yet.",
    ),
    "Patient assessment": (
        "Named the tamponade before the monitor did, in our case with the restless patient.",
        "Complete and in order; slow to say when to call.",
        "Went for the pump before looking at the patient.",
    ),
    "Clinical judgment": (
        "Stopped a wrong potassium order, with the value at hand and without a raised voice.",
        "Safe decisions; asks for a second opinion at the right moments.",
        "Would have waited for the morning round.",
    ),
    "Teamwork": (
        "Took the sickest patient on a short night and still sat with the newest nurse at four.",
        "Helps when asked; shares out fairly.",
        "Sees the others' patients as theirs.",
    ),
    "Communication with families": (
        "Said 'we do not know yet, I come back at six' in the role play, and came back at six.",
        "Warm and clear; two abbreviations too many.",
        "Promised an outcome that nobody can promise.",
    ),
    "SQL and Data Modelling": (
        "Kept reported and corrected readings apart and queried any day as it was known then.",
        "Clean model; late corrections were forgotten at first.",
        "Overwrites rows.",
    ),
    "Data Quality": (
        "Has a freshness test per feed and a page that utilities can read themselves.",
        "Good tests, run after the readers are up.",
        "Waits for complaints.",
    ),
    "Python": (
        "Sent us a tool with tests, used by eleven colleagues.",
        "Readable scripts; errors end in a trace.",
        "Notebook only.",
    ),
    "Communication": (
        "Explained the two dashboards in three sentences; our product manager repeated them.",
        "Clear once asked; starts from the tables.",
        "Lost us in column names.",
    ),
    "Analytical Thinking": (
        "Asked for the degree days before the first query.",
        "Good comparison group, no word on what is missing.",
        "Took the first correlation.",
    ),
}


def entry(name: str, category: str, definition: str, *anchors: str) -> dict[str, Any]:
    """`anchors` are the behaviour at 1, 3 and 5."""
    levels = dict(zip("135", anchors, strict=True))
    return {"name": name, "category": category, "definition": definition, "anchors": levels}


ADDED = (
    entry(
        "Patient assessment",
        "Clinical",
        "Sees early and in the right order how a patient is doing, and what changes.",
        "Follows the form; misses what is not on it.",
        "Complete, in order, repeated when something changes.",
        "Sees the change before the monitor does and can say why.",
    ),
    entry(
        "Clinical judgment",
        "Clinical",
        "Decides safely with what is known, and knows when to ask.",
        "Waits for orders, or acts without asking.",
        "Safe decisions; asks at the right moments.",
        "Foresees trouble, speaks up with facts, and closes the loop.",
    ),
    entry(
        "Teamwork",
        "Behavioural",
        "Shares work by need and looks after colleagues.",
        "Does their own part only.",
        "Helps and shares out fairly.",
        "Makes a short night work, the newest colleague included.",
    ),
    entry(
        "Communication with families",
        "Behavioural",
        "Tells patients and families the truth in words that they understand.",
        "Hides behind terms, or promises too much.",
        "Warm and clear.",
        "Says what is not known, and when they hear more; keeps that promise.",
    ),
    entry(
        "SQL and Data Modelling",
        "Technical",
        "Builds models that stay right when data is late, doubled or corrected.",
        "Overwrites; cannot say what was known when.",
        "Clean, tested models with keys that hold.",
        "Keeps what was reported apart from what is believed; fast on billions of rows.",
    ),
    entry(
        "Data Quality",
        "Technical",
        "Knows that a number is wrong before its readers do.",
        "Learns of it from complaints.",
        "Tests on what matters, with an owner for each.",
        "Catches a broken feed before breakfast and shows the sender.",
    ),
    entry(
        "Python",
        "Technical",
        "Writes programs that others run and change.",
        "Notebooks that only their author runs.",
        "Readable, tested scripts.",
        "Tools that colleagues rely on, with words for the person whose input is wrong.",
    ),
    entry(
        "Communication",
        "Behavioural",
        "Says what a number means to those who decide with it.",
        "Speaks of tables.",
        "Clear once asked.",
        "Starts from the reader's question; the reader can repeat the answer.",
    ),
    entry(
        "Analytical Thinking",
        "Technical",
        "Turns a vague question into one that data can answer.",
        "Takes the first correlation.",
        "Compares with a sensible group.",
        "Says what the data cannot tell, and what would.",
    ),
)
