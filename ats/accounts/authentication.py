"""`Authorization: Bearer evh_...` for the API."""

from datetime import timedelta

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ats import clock
from ats.accounts.models import ApiToken, User

LAST_USED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """One sentence for every bad token: what is wrong with it is nobody's business."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        kind, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() != self.keyword.lower():
            return None
        token = ApiToken.objects.find(secret.strip())
        at = clock.now()
        if token is None or not token.is_usable(at):
            raise AuthenticationFailed("This token is not valid. Make a new one in your account.")
        if token.last_used_at is None or at - token.last_used_at > LAST_USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return self.keyword
