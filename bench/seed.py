"""A company of any size by set-based SQL, around requisitions that the real actions opened."""

from dataclasses import dataclass

from django.db import connection

from ats.events.actors import Actor
from ats.people.actions import create_token
from candidates.actions.tag import add_tag
from candidates.models import Tag
from candidates.queries.origins import CAREERS_SITE, source_named
from requisitions.enums import TeamRole
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition

OTHERS = 40

# Some thirty thousand names, as unevenly shared as real ones are.
PEOPLE = """
WITH person AS (
    INSERT INTO candidates_candidate
        (name, location, timezone, language, links, do_not_contact, created_at)
    SELECT initcap(part(n, 7) || part(n, 3)) || ' '
            || initcap(part(n, 1) || part(n, 5) || part(n, 2)),
        'Redmond, WA', '', 'en', '{}', false, now() - n * interval '1 minute'
    FROM generate_series(1, %(people)s) AS n
    RETURNING id
)
INSERT INTO candidates_emailaddress (candidate_id, address, status, is_primary)
SELECT id, 'person.' || id || '@mail.example', 'current', true FROM person
"""
PARTS = """
CREATE FUNCTION pg_temp.part(n bigint, salt int) RETURNS text IMMUTABLE LANGUAGE sql RETURN
    ('{an,be,cor,di,el,fa,gri,ho,in,ju,kal,lo,mi,no,or,pa}'::text[])
        [1 + abs(hashint8(n * 31 + salt)) % 16]
"""
# A thousand resumes of a hundred words, some frequent and most not, are shared out to all.
TEXTS = """
CREATE TEMP TABLE written AS
SELECT n, text, resume_words(text) AS words FROM (
    SELECT n, string_agg('skill' || floor(5000 * power(random(), 4)), ' ')
        || CASE WHEN n %% 10 < 6 THEN ' experienced engineer' ELSE '' END
        || CASE WHEN n %% 20 = 0 THEN ' kubernetes' ELSE '' END
        || CASE WHEN n = 500 THEN ' obscure' ELSE '' END AS text
    FROM generate_series(0, 999) AS n, generate_series(1, 100) GROUP BY n
) AS texts
"""
RESUMES = """
WITH resume AS (
    INSERT INTO candidates_resume (candidate_id, application_id, original_name, content_type,
        size, sha256, uploaded_at, file, status, text, problem, language, suggested, attempts)
    SELECT a.candidate_id, a.id, 'cv.txt', 'text/plain', 1, '', a.applied_at, '',
        'read', t.text, '', 'en', '{}', 0
    FROM candidates_application a JOIN pg_temp.written t ON t.n = a.id %% 1000
    RETURNING id, candidate_id, application_id
)
INSERT INTO candidates_searchwords (candidate_id, resume_id, application_id, words)
SELECT c.id, r.id, r.application_id, profile_words(c.name, c.location) || t.words
FROM resume r JOIN candidates_candidate c ON c.id = r.candidate_id
JOIN pg_temp.written t ON t.n = r.application_id %% 1000
"""
PROFILES = """
INSERT INTO candidates_searchwords (candidate_id, words)
SELECT id, profile_words(name, location) FROM candidates_candidate
"""
TAGS = """
INSERT INTO candidates_candidatetag (candidate_id, tag_id, tagged_at)
SELECT id, %(tag)s, now() FROM candidates_candidate WHERE id %% 1000 = 7
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
    tag: Tag
    token: str


def seed(people: int, board: int) -> Company:
    recruiter = RecruiterFactory()
    roles = [open_requisition(recruiter) for _ in range(1 + OTHERS)]
    tag = add_tag(name="Speaks at conferences", by=Actor.of(recruiter))
    measured, *others = [role.requisition.pk for role in roles]
    said = {
        "people": people,
        "board": board,
        "measured": measured,
        "others": others,
        "count": OTHERS,
        "source": source_named(CAREERS_SITE).pk,
        "tag": tag.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        cursor.execute(TEXTS, said)
        # What the triggers would write, row by row, is written for all at once.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PEOPLE.replace("part(", "pg_temp.part("), said)
        cursor.execute(PROFILES)
        cursor.execute(APPLICATIONS, said)
        cursor.execute(RESUMES, said)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(TAGS, said)
        cursor.execute("VACUUM ANALYZE")
    assert recruiter.hiring_teams.filter(role=TeamRole.RECRUITER).count() == 1 + OTHERS
    return Company(roles[0], tag, create_token(recruiter, name="bench", by=Actor.of(recruiter))[1])
