"""A company of any size by set-based SQL, around requisitions that the real actions opened."""

from dataclasses import dataclass

from django.db import connection

from ats.events.actors import Actor
from ats.people.actions import create_token
from candidates.actions.apply import careers_site
from requisitions.enums import TeamRole
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition

OTHERS = 40

PEOPLE = """
WITH person AS (
    INSERT INTO candidates_candidate
        (name, location, timezone, language, links, do_not_contact, created_at)
    SELECT 'Person ' || n, 'Redmond, WA', '', 'en', '{}', false, now() - n * interval '1 minute'
    FROM generate_series(1, %(people)s) AS n
    RETURNING id, name
)
INSERT INTO candidates_emailaddress (candidate_id, address, status, is_primary)
SELECT id, replace(lower(name), ' ', '.') || '@mail.example', 'current', true FROM person
"""

# The first so many people go to the measured requisition, the others go round the rest.
APPLICATIONS = """
WITH stages AS (
    SELECT requisition_id, array_agg(id ORDER BY position) AS ids
    FROM requisitions_stage WHERE retired_at IS NULL GROUP BY requisition_id
), placed AS (
    SELECT c.id AS candidate_id, c.name, c.created_at, n, CASE
        WHEN n <= %(board)s THEN %(measured)s ELSE (%(others)s::bigint[])[1 + n %% %(count)s]
    END AS requisition_id
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM candidates_candidate) AS c
), applied AS (
    INSERT INTO candidates_application (
        candidate_id, requisition_id, posting_id, stage_id, status, source_id, submitted,
        rejection_note, applied_at, needs_attention
    )
    SELECT p.candidate_id, p.requisition_id, j.id, s.ids[1 + p.n %% cardinality(s.ids)], 'active',
        %(source)s, jsonb_build_object('name', p.name, 'answers', '{}'::jsonb), '',
        p.created_at, ''
    FROM placed p JOIN stages s USING (requisition_id)
    JOIN requisitions_jobposting j USING (requisition_id)
    RETURNING id, stage_id, applied_at
)
INSERT INTO candidates_stagevisit (application_id, stage_id, entered_at)
SELECT id, stage_id, applied_at FROM applied
"""


@dataclass(frozen=True)
class Company:
    """One recruiter who works on every requisition, which is the most that a reader can see."""

    role: Role
    token: str


def seed(people: int, board: int) -> Company:
    recruiter = RecruiterFactory()
    roles = [open_requisition(recruiter) for _ in range(1 + OTHERS)]
    measured, *others = [role.requisition.pk for role in roles]
    said = {
        "people": people,
        "board": board,
        "measured": measured,
        "others": others,
        "count": OTHERS,
        "source": careers_site().pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, said)
        cursor.execute(APPLICATIONS, said)
        cursor.execute("VACUUM ANALYZE")
    assert recruiter.hiring_teams.filter(role=TeamRole.RECRUITER).count() == 1 + OTHERS
    return Company(roles[0], create_token(recruiter, name="bench", by=Actor.of(recruiter))[1])
