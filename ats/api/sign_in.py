"""Signing in and out with a session cookie."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.accounts import MeOut
from ats.api.serializers import In
from ats.api.throttling import SignInThrottle
from ats.api.views import ApiView


class SignInIn(In):
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, write_only=True)


class SignedInOut(serializers.Serializer[Any]):
    user = MeOut()
    csrf_token = serializers.CharField()


class SessionView(ApiView):
    """The browser's way in; programs use a token."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [SignInThrottle]
    keeps_answers = False
    tag = "session"

    def get_authenticate_header(self, request: Request) -> str:
        """A wrong password is a 401, and every 401 names a way in."""
        return "Bearer"

    @extend_schema(operation_id="sign_in", request=SignInIn, responses={200: SignedInOut})
    def post(self, request: Request) -> Response:
        """Sign in. The answer is the same for a wrong password and an unknown address."""
        given = self.parse(SignInIn)
        user = authenticate(request._request, username=given["email"], password=given["password"])
        if not isinstance(user, User):
            raise AuthenticationFailed("The e-mail address and the password do not fit.")
        login(request._request, user)
        body = {"user": user, "csrf_token": get_token(request._request)}
        return Response(SignedInOut(body, context={"request": request}).data)

    @extend_schema(operation_id="sign_out", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out; without a session nothing happens."""
        logout(request._request)
        return Response(status=204)
