from django.urls import path
from rest_framework.routers import SimpleRouter

from interviews.api import availability, time_views, views

router = SimpleRouter(trailing_slash=False)
router.register("plans", views.PlanViewSet, "plan")
router.register("loops", views.LoopViewSet, "loop")
router.register("interviews", views.InterviewViewSet, "interview")
router.register("scorecards", views.ScorecardViewSet, "scorecard")
router.register("debriefs", views.DebriefViewSet, "debrief")
router.register("decisions", views.DecisionViewSet, "decision")
router.register("interviewer-profiles", time_views.ProfileViewSet, "interviewer-profile")
router.register("pauses", time_views.PauseViewSet, "pause")
router.register("pools", time_views.PoolViewSet, "pool")
router.register("pool-members", time_views.MemberViewSet, "pool-member")
router.register("calendar-feeds", time_views.FeedViewSet, "calendar-feed")
router.register("availabilities", availability.AvailabilityViewSet, "availability")
router.register("busy-times", time_views.BusyViewSet, "busy-time")

urlpatterns = [
    path("requisitions/<str:id>/coverage", views.CoverageView.as_view({"get": "retrieve"})),
    path("availability-links/<str:token>", availability.AvailabilityLinkView.as_view()),
    path("availability-links/<str:token>/give", availability.GiveView.as_view()),
    *router.urls,
]
