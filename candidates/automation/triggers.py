"""What a stage rule may wait for, in the words of whoever writes one."""

LEFT, ENTERED, OVERSTAYED = "application.left_stage", "application.moved", "application.overstayed"

# Each is an event with an application among its subjects, but `LEFT`: that is `ENTERED` seen
# from the stage before. Those two and `OVERSTAYED` name their stage; the others fire the rules
# of the stage in which the application is.
TRIGGERS = {
    "application.submitted": "somebody applies",
    ENTERED: "an application enters the stage",
    LEFT: "an application is moved out of the stage",
    OVERSTAYED: "an application stays longer than the stage's target days",
    "application.added": "somebody is added by hand, transferred here or taken in as a prospect",
    "application.reactivated": "an application is reactivated",
    "resume.read": "a resume was read",
    "note.added": "a note is added",
    "availability.given": "the candidate says when they can come",
    "loop.booked": "a loop is booked",
    "interview.completed": "an interview is completed",
    "debrief.opened": "all scorecards are in, and the debrief opens",
    "decision.recorded": "a decision is recorded",
    "offer.drafted": "an offer is drafted",
    "offer.approved": "an offer is approved",
    "offer.sent": "an offer is sent",
    "offer.accepted": "an offer is accepted",
    "offer.declined": "an offer is declined",
    "offer.rescinded": "an offer is rescinded",
    "offer.expired": "an offer expires",
}
VERBS = tuple(sorted(TRIGGERS.keys() - {LEFT}))
