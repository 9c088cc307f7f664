"""An application as another site sends it, with the board's key."""

import base64
import json
from typing import Any

from django.test import Client

from ats.events.actors import Actor
from requisitions.actions.form import add_question
from requisitions.models import Question
from tests.boards.conftest import KEY, ROOT
from tests.factories.requisitions import Role

SAMMY = {"first_name": "Sammy", "last_name": "McSamson", "email": "sammy@example.com"}
SAVED = {"success": "Candidate saved successfully"}


def basic(words: str) -> str:
    return f"Basic {base64.b64encode(words.encode()).decode()}"


def send(role: Role, body: Any, **options: Any) -> Any:
    """As JSON; a str goes as it is, and files make it a multipart form."""
    headers = {"Authorization": basic(f"{KEY}:"), **options.pop("headers", {})}
    path = f"{ROOT}/jobs/{options.pop('id', role.posting.board_number)}"
    kind = options.pop("kind", "application/json")
    client = options.pop("client", None) or Client()
    if kind == "multipart":
        return client.post(path, body, headers=headers)
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, text, content_type=kind, headers=headers)


def ask(role: Role, kind: str, **more: Any) -> Question:
    return add_question(
        role.requisition, kind=kind, label=kind, **more, by=Actor.of(role.recruiter)
    )


def name_of(question: Question) -> str:
    return f"question_{question.board_number}"
