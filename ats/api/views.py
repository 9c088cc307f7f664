"""The ground under every endpoint: strict input, one transaction per change, an actor."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from ats.accounts.models import ApiToken, User
from ats.api.idempotency import in_one_transaction
from ats.api.parsers import StrictJSONParser
from ats.api.permissions import HasScope
from ats.api.serializers import In
from ats.events.actors import Actor


class ApiView(APIView):
    """An unsafe method is one transaction, and a POST takes an `Idempotency-Key`."""

    parser_classes = [StrictJSONParser]
    permission_classes = [IsAuthenticated, HasScope]
    metadata_class = None
    # False where an answer holds a secret: a repeated request then says that it was carried out.
    keeps_answers = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        name = str(request.method).lower()
        if request.method not in SAFE_METHODS and (handler := getattr(self, name, None)):
            # A body that cannot be read is refused even where none is needed.
            _ = request.data
            setattr(self, name, in_one_transaction(self, handler))

    @property
    def actor(self) -> Actor:
        """By whom: the token, the person who signed in, or the public."""
        if isinstance(self.request.auth, ApiToken):
            return Actor.token(self.request.auth)
        user = self.request.user
        return Actor.of(user) if isinstance(user, User) else Actor.public()

    def parse(
        self,
        In: type[In],  # noqa: N803 - named like the serializers it takes
        *,
        partial: bool = False,
        **context: Any,
    ) -> dict[str, Any]:
        """The body as the keyword arguments of an action. Raises a 400 that names each field."""
        serializer = In(
            data=self.request.data,
            partial=partial,
            context={"request": self.request, "view": self, **context},
        )
        serializer.is_valid(raise_exception=True)
        parsed: dict[str, Any] = serializer.validated_data
        return parsed


class PublicView(ApiView):
    """An address for strangers: nobody is signed in here, whatever cookie or token comes."""

    authentication_classes = []
    permission_classes = [AllowAny]
