"""What comes in and what goes out are different serializers; neither saves."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, NoReturn, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

Rows = Callable[[Any], QuerySet[Any]] | type[Model]


class In(serializers.Serializer[Any]):
    """Input. A field that does not exist is an error with a suggestion, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        errors: dict[str, Any] = {}
        if isinstance(data, Mapping):
            errors = {name: [self.unknown(name)] for name in data if name not in self.fields}
        try:
            value = self.read(data)
        except serializers.ValidationError as found:
            raise serializers.ValidationError(
                {**cast("dict[str, Any]", found.detail), **errors}
            ) from None
        if errors:
            raise serializers.ValidationError(errors)
        return value

    def read(self, data: Any) -> Any:
        """PATCH may leave out fields of the row; what it gives in them is whole."""
        is_nested_in_patch = self.parent is not None and getattr(self.root, "partial", False)
        if not is_nested_in_patch:
            return super().to_internal_value(data)
        root = cast("In", self.root)
        root.partial = False
        try:
            return super().to_internal_value(data)
        finally:
            root.partial = True

    def unknown(self, name: str) -> ErrorDetail:
        near = get_close_matches(str(name), list(self.fields), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return ErrorDetail(f"There is no such field.{hint}", "unknown_field")


class PublicId(serializers.SlugRelatedField[Any]):
    """How a representation names a related row: by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="public_id", **kwargs)

    def to_representation(self, obj: Any) -> str:
        return str(obj.public_id)


class Out(serializers.ModelSerializer[Any]):
    """Output. `id` is the public id, related rows are public ids, nothing can be saved.

    `status: str` columns and the like come from `Meta.fields`; add plain fields as in DRF.
    """

    serializer_related_field = PublicId
    id = serializers.UUIDField(source="public_id", read_only=True)

    def save(self, **kwargs: Any) -> NoReturn:
        raise TypeError("an Out serializer never saves: call an action")


class Ref(serializers.Field[Any, str, str, Any]):
    """A row named by its public id, found among those that the reader may see.

    `Ref(Order)` asks `Order.objects.visible_to(user)`;
    `Ref(lambda user: User.objects.filter(is_active=True))` asks that.
    """

    default_error_messages = {
        "malformed": "This is not an id.",
        "does_not_exist": "This does not exist, or you may not see it.",
    }

    def __init__(self, rows: Rows, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        row = self.readable().filter(public_id=self.uuid(data)).first()
        if row is None:
            self.fail("does_not_exist")
        return row

    def readable(self) -> QuerySet[Any]:
        user = self.context["request"].user
        if isinstance(self.rows, type):
            return self.rows._default_manager.all().visible_to(user)  # type: ignore[attr-defined,no-any-return]
        return self.rows(user)

    def uuid(self, data: Any) -> UUID:
        try:
            return UUID(data)
        except (ValueError, AttributeError, TypeError):
            self.fail("malformed")

    def to_representation(self, value: Any) -> str:
        return str(value.public_id)


class Refs(Ref):
    """A list of such ids, looked up in one query; the rows come back in the order asked."""

    default_error_messages = {"not_a_list": "This is a list of ids."}

    def __init__(self, rows: Rows, *, max_length: int = 100, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(rows, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list) or len(data) > self.max_length:
            self.fail("not_a_list")
        ids, errors = self.read(data)
        found = {row.public_id: row for row in self.readable().filter(public_id__in=ids)}
        missing = ErrorDetail(str(self.error_messages["does_not_exist"]), "does_not_exist")
        errors |= {at: [missing] for at, one in enumerate(ids) if one and one not in found}
        if errors:
            raise serializers.ValidationError(errors)
        return [found[one] for one in ids if one]

    def read(self, data: list[Any]) -> tuple[list[UUID | None], dict[Any, Any]]:
        ids: list[UUID | None] = []
        errors: dict[Any, Any] = {}
        for at, item in enumerate(data):
            try:
                ids.append(self.uuid(item))
            except serializers.ValidationError as problem:
                ids.append(None)
                errors[at] = problem.detail
        return ids, errors
