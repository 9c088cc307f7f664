"""One viewset per noun, one line per verb.

    class OrderViewSet(ScopedViewSet):
        queryset = Order.objects.select_related("customer")  # has visible_to(user)
        Out = OrderOut                       # serializers.Out: the one representation of a row
        ListOut = OrderRow                   # slimmer rows for lists; Out when not given
        filterset_class = OrderFilter        # filters.Filters
        sorts = {"-placed_at": ("-placed_at",), "name": ("name",)}  # the first is the default

        create = creation(place_order, In=PlaceIn)                  # POST /orders
        partial_update = change(edit_order, In=EditIn)              # PATCH /orders/{id}
        cancel = verb(cancel_order, In=CancelIn)                    # POST /orders/{id}/cancel
        notes = verb(add_note, In=NoteIn, Out=NoteOut, status=201)  # POST /orders/{id}/notes
        destroy = removal(delete_order)                             # DELETE /orders/{id}

Each line does the same: find the row among those the reader may see (404), ask the app's rules
for the action's own name (403), parse (400), compare `If-Match` under the row's lock (412), call
`cancel_order(order, **parsed, by=actor)`, and represent what it returns with an ETag.
`creation(add_note, In=NoteIn, on="order")` takes the subject from a `Ref` in the body.
Register with `SimpleRouter(trailing_slash=False)`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from rest_framework import serializers
from rest_framework.decorators import action as routed
from rest_framework.exceptions import PermissionDenied
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from ats.api import serializers as house
from ats.api.errors import PreconditionFailed
from ats.api.views import ApiView
from ats.base import Row, lock

Action = Callable[..., Any]
Serializer = type[serializers.BaseSerializer[Any]]
Method = Callable[..., Response]


@dataclass(frozen=True)
class Verb:
    """What a route does; `Schema` reads it to document the route."""

    action: Action
    In: type[house.In] = house.In
    Out: Serializer | None = None
    status: int = 200
    on: str = ""
    partial: bool = field(default=False, kw_only=True)

    @property
    def permission(self) -> str:
        """`"shop.cancel_order"`: the action's app and its own name."""
        app = self.action.__module__.partition(".")[0]
        return f"{app}.{self.action.__name__}"


class Scoped(ApiView, GenericViewSet[Any]):
    """Rows by public id, among those the reader may see. It has no routes of its own."""

    queryset: Any = None
    Out: ClassVar[Serializer]
    ListOut: ClassVar[Serializer | None] = None
    sorts: ClassVar[dict[str, tuple[str, ...]] | None] = None
    # Where what is created here is found, if it is not below this address.
    rows_at: ClassVar[str] = ""
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[^/]+"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, attribute in vars(cls).items():
            if isinstance(getattr(attribute, "verb", None), Verb) and hasattr(attribute, "mapping"):
                give_name(attribute, name)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            nothing: QuerySet[Any] = self.queryset.none()
            return nothing
        return self.visible_to(self.request.user)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        """What this reader may see; the table's own `visible_to` unless a viewset narrows it."""
        rows: QuerySet[Any] = self.queryset.all().visible_to(user)
        return rows

    def get_serializer_class(self) -> Serializer:
        return (self.action == "list" and self.ListOut) or self.Out

    def get_object(self) -> Any:
        return self.find(self.get_queryset())

    def get_subject(self) -> Any:
        """The row of a verb, without the related rows that only its representation needs."""
        return self.find(self.get_queryset().prefetch_related(None))

    def find(self, rows: QuerySet[Any]) -> Any:
        """404 with one body for a malformed id, an invisible row and one that never existed."""
        try:
            public_id = UUID(self.kwargs["id"])
        except ValueError:
            raise Http404 from None
        return get_object_or_404(rows, public_id=public_id)

    def permit(self, verb: str, subject: Model | None) -> None:
        """403 unless granted. `verb` is a name in the subject's app, or `"app.name"`."""
        model = type(subject) if subject is not None else self.queryset.model
        permission = verb if "." in verb else f"{model._meta.app_label}.{verb}"
        if not self.request.user.has_perm(permission, subject):
            said = permission.partition(".")[2].replace("_", " ")
            raise PermissionDenied(
                f"You may see this, but not {said}: your role here does not include it."
            )

    def represent(
        self,
        row: Any,
        Out: Serializer | None = None,  # noqa: N803
        status: int = 200,
    ) -> Response:
        data = self.data_of(row, Out)
        return Response(data, status, headers={"ETag": etag(data)})

    def data_of(self, row: Any, Out: Serializer | None = None) -> Any:  # noqa: N803
        return (Out or self.Out)(row, context=self.get_serializer_context()).data

    def check_unchanged(self, row: Row) -> None:
        """412 unless `If-Match` names what this reader is shown now; the row stays locked."""
        wanted = self.request.headers.get("If-Match", "")
        if not wanted:
            return
        lock(row)
        if wanted != "*" and etag(self.data_of(self.get_object())) not in parse_etags(wanted):
            raise PreconditionFailed

    def carry_out(self, verb: Verb, row: Any) -> Any:
        self.permit(verb.permission, row)
        parsed = self.parse(verb.In, partial=verb.partial, subject=row)
        self.check_unchanged(row)
        return verb.action(row, **parsed, by=self.actor)

    def answer(self, verb: Verb, result: Any) -> Response:
        """What the action returned, as this reader is shown it; 204 if that is nothing any more."""
        if verb.Out is None and isinstance(result, self.queryset.model):
            result = self.get_queryset().filter(pk=result.pk).first()
        if result is None or verb.status == 204:
            return Response(status=204)
        return self.represent(result, verb.Out, verb.status)


class ScopedViewSet(Scoped):
    """Adds the two reads: the list and the row."""

    def list(self, request: Request) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        response = self.represent(self.get_object())
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if {"*", response["ETag"], f"W/{response['ETag']}"} & set(known):
            return Response(status=304, headers={"ETag": response["ETag"]})
        return response


def verb(
    action: Action,
    In: type[house.In] = house.In,  # noqa: N803
    Out: Serializer | None = None,  # noqa: N803
    status: int = 200,
) -> Any:
    """`POST /nouns/{id}/<attribute's name>`; `Out` when the action returns another kind of row."""
    spec = Verb(action, In, Out, status)

    def carry_out(self: Scoped, request: Request, **kwargs: Any) -> Response:
        return self.answer(spec, self.carry_out(spec, self.get_subject()))

    return routed(detail=True, methods=["post"])(described(carry_out, spec))


def creation(
    action: Action,
    In: type[house.In],  # noqa: N803
    Out: Serializer | None = None,  # noqa: N803
    on: str = "",
) -> Any:
    """`POST /nouns`; `on` names the `Ref` in the body that is the action's subject."""
    spec = Verb(action, In, Out, 201, on)

    def create(self: Scoped, request: Request, **kwargs: Any) -> Response:
        if not on:
            self.permit(spec.permission, None)
        parsed = self.parse(In)
        subjects = [parsed.pop(on)] if on else []
        for subject in subjects:
            self.permit(spec.permission, subject)
        response = self.answer(spec, action(*subjects, **parsed, by=self.actor))
        if response.data and "id" in response.data:
            response["Location"] = f"{self.rows_at or request.path}/{response.data['id']}"
        return response

    return described(create, spec)


def change(
    action: Action,
    In: type[house.In],  # noqa: N803
    Out: Serializer | None = None,  # noqa: N803
) -> Any:
    """`PATCH /nouns/{id}`: the fields that are given, as keyword arguments."""
    spec = Verb(action, In, Out, partial=True)

    def partial_update(self: Scoped, request: Request, **kwargs: Any) -> Response:
        return self.answer(spec, self.carry_out(spec, self.get_subject()))

    return described(partial_update, spec)


def removal(action: Action, In: type[house.In] = house.In) -> Any:  # noqa: N803
    """`DELETE /nouns/{id}`."""
    spec = Verb(action, In, status=204)

    def destroy(self: Scoped, request: Request, **kwargs: Any) -> Response:
        return self.answer(spec, self.carry_out(spec, self.get_subject()))

    return described(destroy, spec)


def described(method: Method, spec: Verb) -> Method:
    method.verb = spec  # type: ignore[attr-defined]
    method.__doc__ = spec.action.__doc__
    return method


def give_name(method: Any, name: str) -> None:
    """A verb is called as the class attribute that holds it."""
    method.__name__ = method.url_path = name
    method.url_name = name.replace("_", "-")
    method.mapping["post"] = name


def etag(data: Any) -> str:
    """A hash over the representation this reader is shown, and nothing they are not."""
    return f'"{hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'
