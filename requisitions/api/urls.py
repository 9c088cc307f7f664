"""Addresses under `/api/v1/`."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from requisitions.api import (
    approvals,
    board,
    changes,
    company,
    library,
    pay_rules,
    postings,
    questions,
    templates,
    views,
)

router = SimpleRouter(trailing_slash=False)
router.register("requisitions", views.RequisitionViewSet, "requisition")
router.register(
    "requisition-templates", templates.RequisitionTemplateViewSet, "requisition-template"
)
router.register("openings", views.OpeningViewSet, "opening")
router.register("stages", views.StageViewSet, "stage")
router.register("questions", questions.QuestionViewSet, "question")
router.register("postings", postings.PostingViewSet, "posting")
router.register("team-members", views.MemberViewSet, "team-member")
router.register("competencies", library.CompetencyViewSet, "competency")
router.register("rubrics", library.RubricViewSet, "rubric")
router.register("pay-rules", pay_rules.PayRuleViewSet, "pay-rule")
router.register("pipeline-templates", views.PipelineTemplateViewSet, "pipeline-template")
router.register("departments", company.DepartmentViewSet, "department")
router.register("offices", company.OfficeViewSet, "office")
router.register("approval-flows", approvals.ApprovalFlowViewSet, "approval-flow")
router.register("board/postings", board.BoardViewSet, "board-posting")
router.register("internal-postings", board.InternalViewSet, "internal-posting")

urlpatterns = [
    path("requisitions/<str:id>/approvals", approvals.RoundsView.as_view({"get": "list"})),
    path("requisitions/<str:id>/form", questions.FormView.as_view({"get": "retrieve"})),
    path(
        "requisitions/<str:id>/changes",
        changes.ChangeViewSet.as_view({"get": "list"}),
        name="requisition-changes",
    ),
    path(
        "requisitions/<str:id>/pay_transparency",
        pay_rules.PayTransparencyView.as_view({"get": "retrieve"}),
    ),
    path("postings/<str:id>/versions", postings.VersionsView.as_view()),
    *router.urls,
]
