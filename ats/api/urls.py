"""The kernel's own endpoints under `/api/v1/`."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerView
from rest_framework.routers import SimpleRouter

from ats.api import accounts, approvals, custom_fields, deliveries, history, jobs, privacy, sign_in

router = SimpleRouter(trailing_slash=False)
router.register("users", accounts.UserViewSet, "user")
router.register("tokens", accounts.TokenViewSet, "token")
router.register("custom-fields", custom_fields.CustomFieldViewSet, "custom-field")
router.register("approvals", approvals.ApprovalViewSet, "approval")
router.register("delegations", approvals.DelegationViewSet, "delegation")
router.register("deliveries", deliveries.DeliveryViewSet, "delivery")
router.register("jobs", jobs.JobViewSet, "job")
router.register("erasures", privacy.ErasureViewSet, "erasure")
router.register("exports", privacy.ExportViewSet, "export")

urlpatterns = [
    path("exports/<str:id>/file", privacy.ExportFileView.as_view({"get": "retrieve"})),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("session", sign_in.SessionView.as_view(), name="session"),
    path("me", accounts.MeView.as_view(), name="me"),
    path("history/<str:id>", history.HistoryView.as_view(), name="history"),
    path("jobs/<str:id>/items", jobs.JobItemViewSet.as_view({"get": "list"})),
    *router.urls,
]
