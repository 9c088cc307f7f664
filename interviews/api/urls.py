from django.urls import path
from rest_framework.routers import SimpleRouter

from interviews.api import views

router = SimpleRouter(trailing_slash=False)
router.register("plans", views.PlanViewSet, "plan")
router.register("loops", views.LoopViewSet, "loop")
router.register("interviews", views.InterviewViewSet, "interview")
router.register("scorecards", views.ScorecardViewSet, "scorecard")
router.register("debriefs", views.DebriefViewSet, "debrief")
router.register("decisions", views.DecisionViewSet, "decision")

urlpatterns = [
    path("requisitions/<str:id>/coverage", views.CoverageView.as_view({"get": "retrieve"})),
    *router.urls,
]
