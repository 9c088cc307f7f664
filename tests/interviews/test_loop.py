import pytest

from tests.factories.interviews import heard

pytestmark = pytest.mark.django_db


def test_a_loop():
    day = heard()
    assert len(day.interviews) == 2
