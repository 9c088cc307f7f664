"""The application form of a requisition, for those who make it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.viewsets import Scoped, change, creation, verb
from requisitions.actions.form import add_question, edit_question, move_question, retire_question
from requisitions.api import filters, inputs
from requisitions.api.serializers import QuestionOut
from requisitions.api.views import OfRequisition
from requisitions.models import Question, Requisition
from requisitions.queries.form import STANDARD


class QuestionViewSet(OfRequisition):
    queryset = Question.objects.select_related("requisition")
    Out = QuestionOut
    filterset_class = filters.QuestionFilter
    sorts = {"position": ("position", "pk")}

    create = creation(add_question, In=inputs.QuestionIn, on="requisition")
    partial_update = change(edit_question, In=inputs.QuestionEditIn)
    move = verb(move_question, In=inputs.MoveQuestionIn)
    retire = verb(retire_question)


class StandardFieldOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_required = serializers.BooleanField()


class FormOut(serializers.Serializer[Any]):
    """What an applicant is asked: on every form, and on this one."""

    standard = StandardFieldOut(many=True)
    questions = QuestionOut(many=True)


class FormView(Scoped):
    queryset = Requisition.objects.all()
    Out = FormOut
    tag = "requisitions"

    @extend_schema(operation_id="preview_form", responses=FormOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """The application form as somebody who applies now is asked to fill it in."""
        questions = self.get_object().questions.asked()
        return self.represent({"standard": STANDARD, "questions": questions})
