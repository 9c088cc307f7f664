"""What becomes of the others when a requisition is filled."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.viewsets import Scoped, Verb, described
from candidates.actions.after_fill import choose_after_fill
from candidates.api.inputs import AfterFillIn
from candidates.api.serializers import FillPlanOut
from candidates.models import FillPlan
from requisitions.models import Requisition

CHOOSE = Verb(choose_after_fill, AfterFillIn, FillPlanOut)


class AfterFillView(Scoped):
    """The team's choice, made before; 404 until somebody chose."""

    queryset = Requisition.objects.all()
    Out = FillPlanOut
    tag = "applications"

    @extend_schema(operation_id="after_fill", responses=FillPlanOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        rows = FillPlan.objects.visible_to(request.user).select_related(  # type: ignore[arg-type]
            "requisition", "reason", "pool", "chosen_by", "job"
        )
        plan = rows.filter(requisition=self.get_object()).first()
        if plan is None:
            raise Http404
        return self.represent(plan)

    def choose(self, request: Request, **kwargs: Any) -> Response:
        return self.answer(CHOOSE, self.carry_out(CHOOSE, self.get_subject()))


described(AfterFillView.choose, CHOOSE)
