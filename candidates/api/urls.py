"""Addresses under `/api/v1/`."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from candidates.api import (
    activity,
    after_fill,
    apply,
    bulk,
    candidates,
    exports,
    hires,
    imports,
    merging,
    privacy,
    rules,
    searches,
    sourcing,
    tags,
    views,
)
from candidates.api.resumes import ResumeViewSet

router = SimpleRouter(trailing_slash=False)
router.register("agencies", sourcing.AgencyViewSet, "agency")
router.register("agency-submissions", sourcing.AgencySubmissionViewSet, "agency-submission")
router.register("referrals", sourcing.ReferralViewSet, "referral")
router.register("tracking-links", sourcing.TrackingLinkViewSet, "tracking-link")
router.register("applications", views.ApplicationViewSet, "application")
router.register("candidates", candidates.CandidateViewSet, "candidate")
router.register("duplicates", merging.DuplicateViewSet, "duplicate")
router.register("merges", merging.MergeViewSet, "merge")
router.register("follow-ups", views.FollowUpViewSet, "follow-up")
router.register("notes", views.NoteViewSet, "note")
router.register("offer-templates", views.OfferTemplateViewSet, "offer-template")
router.register("offers", views.OfferViewSet, "offer")
router.register("rejection-reasons", views.RejectionReasonViewSet, "rejection-reason")
router.register("resumes", ResumeViewSet, "resume")
router.register("saved-searches", searches.SavedSearchViewSet, "saved-search")
router.register("search-records", searches.SearchRecordViewSet, "search-record")
router.register("sources", views.SourceViewSet, "source")
router.register("tags", tags.TagViewSet, "tag")
router.register("talent-pools", tags.TalentPoolViewSet, "talent-pool")
router.register("people-imports", imports.PeopleImportViewSet, "people-import")
router.register("planned-rejections", rules.PlannedRejectionViewSet, "planned-rejection")
router.register("stage-rules", rules.StageRuleViewSet, "stage-rule")
router.register("erasure-requests", privacy.ErasureRequestViewSet, "erasure-request")
router.register("legal-holds", privacy.LegalHoldViewSet, "legal-hold")
router.register("retention-rules", privacy.RetentionRuleViewSet, "retention-rule")
router.register("consent-texts", privacy.ConsentTextViewSet, "consent-text")
router.register("consents", privacy.ConsentViewSet, "consent")

urlpatterns = [
    path("requisition-legal-holds", privacy.RequisitionHoldViewSet.as_view({"post": "create"})),
    path("due-for-erasure", privacy.DueView.as_view({"get": "retrieve"})),
    path("hires", hires.HireView.as_view({"get": "list"})),
    path("hires/file", hires.HiresFileView.as_view({"get": "retrieve"})),
    path(
        "requisitions/<str:id>/after-fill",
        after_fill.AfterFillView.as_view({"get": "retrieve", "post": "choose"}),
    ),
    path("bulk/move", bulk.BulkMove.as_view({"post": "create"})),
    path("bulk/reject", bulk.BulkReject.as_view({"post": "create"})),
    path("bulk/tag", bulk.BulkTag.as_view({"post": "create"})),
    path("bulk/untag", bulk.BulkUntag.as_view({"post": "create"})),
    path("bulk/mail", bulk.BulkMail.as_view({"post": "create"})),
    path("candidates/<str:id>/activity", activity.ActivityView.as_view({"get": "list"})),
    path("applications/<str:id>/letters", views.LetterViewSet.as_view({"get": "list"})),
    path("applications/export", exports.ExportView.as_view({"get": "list"})),
    path("people-imports/<str:id>/lines", imports.ImportedLinesView.as_view({"get": "list"})),
    path("stage-rules/<str:id>/runs", rules.StageRuleRunsView.as_view({"get": "list"})),
    path(
        "candidates/<str:id>/duplicates",
        merging.CandidateDuplicatesView.as_view({"get": "list"}),
    ),
    path("offers/<str:id>/approvals", views.OfferRoundsView.as_view({"get": "list"})),
    path("offers/<str:id>/pdf", views.OfferPdfView.as_view({"get": "retrieve"})),
    path(
        "requisitions/<str:id>/reapply-policy",
        sourcing.ReapplyView.as_view({"get": "retrieve", "put": "put"}),
    ),
    path("requisitions/<str:id>/board", views.BoardView.as_view({"get": "retrieve"})),
    path("attachments/<str:id>/file", views.AttachmentFileView.as_view({"get": "retrieve"})),
    path("resumes/<str:id>/file", views.ResumeFileView.as_view({"get": "retrieve"})),
    path("board/postings/<str:id>/applications", apply.ApplyView.as_view()),
    path("internal-postings/<str:id>/applications", apply.ColleagueApplyView.as_view()),
    path("offer-links/<str:token>", apply.OfferLinkView.as_view()),
    path("offer-links/<str:token>/accept", apply.AcceptView.as_view()),
    path("offer-links/<str:token>/decline", apply.DeclineView.as_view()),
    path("offer-links/<str:token>/pdf", apply.OfferLinkPdfView.as_view()),
    *router.urls,
]
