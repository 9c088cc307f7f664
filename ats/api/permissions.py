"""What a token may do at all; what a person may do on a row is each app's `rules.py`."""

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ats.accounts.models import ApiToken
from ats.accounts.rules import is_site_admin


class HasScope(BasePermission):
    """A token acts within its scopes: `read` for safe methods, `write` for the others."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = "read" if request.method in SAFE_METHODS else "write"
        if isinstance(request.auth, ApiToken) and needed not in request.auth.scopes:
            held = " and ".join(request.auth.scopes) or "nothing"
            raise PermissionDenied(
                f"This token may {held}; this request needs the scope {needed!r}."
            )
        return True


class IsSiteAdmin(BasePermission):
    message = "Only a site admin may do this."

    def has_permission(self, request: Request, view: Any) -> bool:
        return is_site_admin(request.user)
