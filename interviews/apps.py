from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        from ats.events.histories import history_of
        from ats.events.log import declare
        from interviews import automation, models, personal_data, reactions  # noqa: F401
        from interviews.enums import EVENTS
        from interviews.queries import merging

        merging.register()
        declare(EVENTS)
        history_of("interviewplan", models.InterviewPlan)
        history_of("loop", models.Loop)
        history_of("interview", models.Interview)
        history_of("scorecard", models.Scorecard)
        history_of("debrief", models.Debrief)
        history_of("decisionrecord", models.DecisionRecord)
        history_of("interviewerprofile", models.InterviewerProfile)
        history_of("interviewerpool", models.InterviewerPool)
        history_of("calendarfeed", models.CalendarFeed)
        history_of("busyblock", models.BusyBlock)
        history_of("candidateavailability", models.CandidateAvailability)
