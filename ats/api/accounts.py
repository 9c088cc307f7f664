"""Me, my colleagues, and my tokens."""

import django_filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import ApiToken, User
from ats.api.filters import Filters
from ats.api.serializers import In, Out
from ats.api.views import ApiView
from ats.api.viewsets import ScopedViewSet, creation, removal, verb
from ats.people.actions import create_token, deactivate_user, invite_user, revoke_token
from ats.people.enums import SCOPES


class UserOut(Out):
    class Meta:
        model = User
        fields = ["id", "name", "email", "timezone", "is_active"]


class MeOut(Out):
    class Meta:
        model = User
        fields = [
            "id",
            "name",
            "email",
            "timezone",
            "language",
            "manager",
            "is_site_admin",
            "created_at",
        ]


class InviteIn(In):
    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(max_length=200)
    timezone = serializers.CharField(max_length=64, required=False)


class TokenOut(Out):
    class Meta:
        model = ApiToken
        fields = [
            "id",
            "name",
            "prefix",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        ]


class NewTokenOut(TokenOut):
    secret = serializers.CharField(help_text="Shown this once.")

    class Meta(TokenOut.Meta):
        fields = [*TokenOut.Meta.fields, "secret"]


class TokenIn(In):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPES), allow_empty=False, required=False
    )
    expires_at = serializers.DateTimeField(required=False)


class UserFilter(Filters):
    q = django_filters.CharFilter(method="matching", label="In the name or the e-mail address.")

    class Meta:
        model = User
        fields = ["is_active"]

    def matching(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return rows.filter(Q(name__icontains=value) | Q(email__icontains=value))


class MeView(ApiView):
    tag = "people"

    @extend_schema(operation_id="me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who is signed in, or whose token this is."""
        return Response(MeOut(request.user, context={"request": request}).data)


class UserViewSet(ScopedViewSet):
    """The people of the company, for everyone who works here."""

    queryset = User.objects.all()
    Out = UserOut
    filterset_class = UserFilter
    sorts = {"name": ("name",), "-name": ("-name",)}
    tag = "people"

    create = creation(invite_user, In=InviteIn)
    deactivate = verb(deactivate_user)

    def visible_to(self, user: User) -> QuerySet[User]:
        return User.objects.all()


class TokenViewSet(ScopedViewSet):
    """My own tokens. A token cannot make another: that takes signing in."""

    queryset = ApiToken.objects.all()
    Out = TokenOut
    keeps_answers = False
    tag = "people"

    destroy = removal(revoke_token)

    def visible_to(self, user: User) -> QuerySet[ApiToken]:
        return ApiToken.objects.filter(user=user)

    @extend_schema(operation_id="create_token", request=TokenIn, responses={201: NewTokenOut})
    def create(self, request: Request) -> Response:
        """A new token of mine, with its secret: shown this once, kept only as a hash."""
        if isinstance(request.auth, ApiToken):
            raise PermissionDenied("A token cannot make tokens. Sign in and make one there.")
        assert isinstance(request.user, User)
        token, secret = create_token(request.user, **self.parse(TokenIn), by=self.actor)
        data = {**self.data_of(token), "secret": secret}
        return Response(data, 201, headers={"Location": f"{request.path}/{token.public_id}"})
