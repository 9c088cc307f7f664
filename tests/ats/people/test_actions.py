from datetime import timedelta

import pytest

from ats import clock
from ats.accounts.models import ApiToken, User, digest
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from ats.people.actions import create_token, deactivate_user, invite_user, revoke_token
from tests.factories.ats import ApiTokenFactory, UserFactory

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_an_invited_colleague_has_no_password_yet() -> None:
    by = Actor.of(UserFactory())
    user = invite_user(email=" bo@X.example ", name="Bo", by=by)
    assert (user.email, user.has_usable_password()) == ("bo@x.example", False)
    assert verbs() == ["user.invited"]


def test_an_address_has_one_account_whatever_its_case() -> None:
    UserFactory(email="bo@x.example")
    with pytest.raises(Invalid) as refusal:
        invite_user(email="BO@x.example", name="Bo", by=Actor.of(UserFactory()))
    assert refusal.value.field == "email"


def test_deactivation_ends_every_token_and_says_how_many() -> None:
    user = UserFactory()
    tokens = [ApiTokenFactory(user=user), ApiTokenFactory(user=user, revoked_at=clock.now())]
    other = ApiTokenFactory()
    gone = deactivate_user(user, by=Actor.of(UserFactory()))
    assert (gone.is_active, gone.has_usable_password()) == (False, False)
    live = ApiToken.objects.filter(revoked_at=None)
    assert list(live) == [other]
    assert Event.objects.get().ids == {"tokens": 1}
    assert not any(ApiToken.objects.get(pk=token.pk).is_usable(clock.now()) for token in tokens)


def test_nobody_is_deactivated_twice_or_by_themselves() -> None:
    user, by = UserFactory(), Actor.of(UserFactory())
    with pytest.raises(DomainError, match="yourself"):
        deactivate_user(user, by=Actor.of(user))
    deactivate_user(user, by=by)
    with pytest.raises(DomainError, match="already"):
        deactivate_user(user, by=by)
    assert verbs() == ["user.deactivated"]


def test_a_token_is_kept_as_a_hash_and_lasts_90_days() -> None:
    user = UserFactory()
    token, secret = create_token(user, name="CI", by=Actor.of(user))
    assert secret.startswith("evh_")
    assert token.digest == digest(secret)
    assert secret not in str(ApiToken.objects.values().get())
    assert token.scopes == ["read", "write"]
    lifetime = token.expires_at - clock.now()
    assert timedelta(days=89) < lifetime <= timedelta(days=90)
    assert Event.objects.get().subject("apitoken") == token.public_id


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(days=366, seconds=9)])
def test_a_token_ends_in_the_future_and_within_366_days(lifetime: timedelta) -> None:
    user = UserFactory()
    with pytest.raises(Invalid):
        create_token(user, name="CI", expires_at=clock.now() + lifetime, by=Actor.of(user))


def test_revoking_twice_is_one_fact() -> None:
    token = ApiTokenFactory()
    by = Actor.of(token.user)
    first = revoke_token(token, by=by)
    assert revoke_token(token, by=by).revoked_at == first.revoked_at
    assert verbs() == ["token.revoked"]


def test_a_time_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        invite_user(
            email="bo@x.example", name="Bo", timezone="Mars/Phobos", by=Actor.of(UserFactory())
        )
    assert refusal.value.field == "timezone"
    assert not User.objects.filter(email="bo@x.example").exists()
