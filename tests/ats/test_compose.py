"""What can be known of the containers without an engine."""

from typing import Any

import pytest
import yaml

from ats.stack import BASE_DIR

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_the_whole_product_is_there() -> None:
    expected = {"postgres", "valkey", "migrate", "web", "worker", "beat", "mailpit"}
    assert set(SERVICES) == expected


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_published_on_loopback_alone(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_no_secret_has_a_default(name: str) -> None:
    value = SERVICES["web"]["environment"][name]
    assert ":?" in value
    assert ":-" not in value


def test_what_is_waited_for_can_answer() -> None:
    for service in SERVICES.values():
        for name, wish in service.get("depends_on", {}).items():
            if wish["condition"] == "service_healthy":
                assert "test" in SERVICES[name]["healthcheck"]


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (BASE_DIR / "Dockerfile").read_text().splitlines()
    last_user = [line for line in lines if line.startswith("USER ")][-1]
    assert last_user == "USER evenhand"
