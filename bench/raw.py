"""Bare SQL for the same payload: what the database and its driver take, and nothing else.

Reads fetch the very rows and columns of the answer under the same scope; writes leave the very
same rows, the event and its debts included.
"""

import json
from typing import Any

from django.db import connection, transaction

SCOPE = """(
    a.requisition_id IN (
        SELECT requisition_id FROM requisitions_hiringteammember
        WHERE user_id = %(user)s AND role IN ('recruiter', 'manager', 'coordinator'))
    OR a.id IN (SELECT application_id FROM candidates_applicationaccess WHERE user_id = %(user)s)
)"""

ME = """
SELECT public_id, name, email, timezone, language, manager_id, is_site_admin, created_at
FROM ats_user WHERE id = %(user)s
"""
BOARD = f"""
SELECT public_id, stage_id, candidate, name, applied_at, entered_at, needs_attention, count
FROM (
    SELECT a.stage_id, a.public_id, c.public_id AS candidate, c.name, a.applied_at, v.entered_at,
        a.needs_attention, count(*) OVER (PARTITION BY a.stage_id) AS count,
        row_number() OVER (PARTITION BY a.stage_id ORDER BY a.applied_at, a.id) AS place
    FROM candidates_application a
    JOIN candidates_candidate c ON c.id = a.candidate_id
    JOIN candidates_stagevisit v ON v.application_id = a.id AND v.left_at IS NULL
    WHERE a.requisition_id = %(requisition)s AND a.status = 'active' AND {SCOPE}
) AS cards WHERE place <= 50 ORDER BY stage_id, place
"""  # noqa: S608 - no value is pasted in
STAGES = """
SELECT public_id, name, kind, target_days FROM requisitions_stage
WHERE requisition_id = %(requisition)s ORDER BY position
"""
CANDIDATES = f"""
SELECT public_id, name, location, do_not_contact, created_at FROM candidates_candidate
WHERE id IN (SELECT candidate_id FROM candidates_application a WHERE {SCOPE})
ORDER BY created_at DESC, id DESC LIMIT 51
"""  # noqa: S608
APPLICATIONS = f"""
SELECT a.public_id, c.public_id, c.name, r.public_id, s.public_id, s.name, a.status, a.applied_at,
    a.needs_attention
FROM candidates_application a
JOIN candidates_candidate c ON c.id = a.candidate_id
JOIN requisitions_requisition r ON r.id = a.requisition_id
JOIN requisitions_stage s ON s.id = a.stage_id
WHERE {SCOPE} ORDER BY a.applied_at DESC, a.id DESC LIMIT 51
"""  # noqa: S608
APPLICATION = f"""
SELECT a.public_id, c.public_id, c.name, r.public_id, s.public_id, s.name, a.status, a.applied_at,
    a.needs_attention, j.public_id, f.public_id, f.name, f.kind, a.closed_at, a.submitted,
    a.rejection_note
FROM candidates_application a
JOIN candidates_candidate c ON c.id = a.candidate_id
JOIN requisitions_requisition r ON r.id = a.requisition_id
JOIN requisitions_stage s ON s.id = a.stage_id
LEFT JOIN requisitions_jobposting j ON j.id = a.posting_id
LEFT JOIN candidates_source f ON f.id = a.source_id
WHERE a.id = %(application)s AND {SCOPE}
"""  # noqa: S608
SEARCHED = "SELECT public_id, name, location, do_not_contact, created_at FROM candidates_candidate"
PAGE = "ORDER BY created_at DESC, id DESC LIMIT 51"
SAYING = f"""
    SELECT w.candidate_id FROM candidates_searchwords w
    WHERE w.words @@ to_tsquery('any_language', %(words)s)
    AND (w.resume_id IS NULL OR w.application_id IN (
        SELECT id FROM candidates_application a WHERE {SCOPE}))
"""  # noqa: S608
SEEN = f"SELECT candidate_id FROM candidates_application a WHERE {SCOPE}"  # noqa: S608
SEARCH = f"{SEARCHED} WHERE id IN ({SEEN}) AND id IN ({SAYING}) {PAGE}"
SEARCH_TAGGED = f"""
{SEARCHED} WHERE id IN ({SEEN}) AND id IN ({SAYING})
AND id IN (SELECT candidate_id FROM candidates_candidatetag WHERE tag_id = %(tag)s) {PAGE}
"""  # noqa: S608
SEARCH_STAGE = f"""
{SEARCHED} WHERE id IN ({SEEN} AND a.stage_id = %(stage)s) AND id IN ({SAYING}) {PAGE}
"""
SEARCH_NAME = f"""
{SEARCHED} WHERE id IN ({SEEN})
AND (folded(name) %% folded(%(name)s) OR folded(name) %%> folded(%(name)s)) {PAGE}
"""
VISITS = """
SELECT s.public_id, s.name, v.entered_at, v.left_at, u.public_id FROM candidates_stagevisit v
JOIN requisitions_stage s ON s.id = v.stage_id LEFT JOIN ats_user u ON u.id = v.moved_by_id
WHERE v.application_id = %(application)s ORDER BY v.entered_at, v.id
"""
RESUMES = """
SELECT public_id, original_name, content_type, size, status, uploaded_at FROM candidates_resume
WHERE application_id = %(application)s
"""
OFFERS = """
SELECT o.status, p.status FROM candidates_offer o
JOIN requisitions_opening p ON p.id = o.opening_id WHERE o.application_id = %(application)s
"""
GONE = """
SELECT j.public_id, v.content FROM requisitions_jobposting j
JOIN requisitions_postingversion v ON v.posting_id = j.id AND v.number = j.version
WHERE j.public_id = ANY(%(ids)s::uuid[]) OR j.id = %(posting)s
"""

LOCK = "SELECT stage_id FROM candidates_application WHERE id = %(application)s FOR UPDATE"
LEAVE = """
UPDATE candidates_stagevisit SET left_at = clock_timestamp()
WHERE application_id = %(application)s AND left_at IS NULL
"""
ENTER = """
INSERT INTO candidates_stagevisit (application_id, stage_id, entered_at, moved_by_id)
VALUES (%(application)s, %(stage)s, clock_timestamp(), %(user)s)
"""
MOVE = """
UPDATE candidates_application SET stage_id = %(stage)s, needs_attention = ''
WHERE id = %(application)s
"""
OPEN = "SELECT 1 FROM requisitions_requisition WHERE id = %(requisition)s FOR SHARE"
KNOWN = "SELECT candidate_id FROM candidates_emailaddress WHERE lower(address) = %(email)s"
ADD = """
INSERT INTO candidates_candidate
    (name, location, timezone, language, links, do_not_contact, created_at)
VALUES (%(name)s, '', '', 'en', '{}', false, clock_timestamp()) RETURNING id, public_id
"""
ADDRESS = """
INSERT INTO candidates_emailaddress (candidate_id, address, status, is_primary)
VALUES (%(candidate)s, %(email)s, 'current', true)
"""
APPLY = """
INSERT INTO candidates_application (
    candidate_id, requisition_id, posting_id, stage_id, status, source_id, submitted,
    rejection_note, applied_at, needs_attention
) VALUES (%(candidate)s, %(requisition)s, %(posting)s, %(stage)s, 'active', %(source)s,
    %(submitted)s, '', clock_timestamp(), '') RETURNING id, public_id
"""
EVENT = """
WITH head AS (
    INSERT INTO ats_eventhead AS h (stream, seq, hash) VALUES (%(stream)s, 1, %(hash)s)
    ON CONFLICT (stream) DO UPDATE SET seq = h.seq + 1, hash = excluded.hash RETURNING seq
), event AS (
    INSERT INTO ats_event (verb, stream, seq, at, actor_kind, rule, ids, previous_hash, hash)
    SELECT %(verb)s, %(stream)s, seq, clock_timestamp(), 'user', '', %(ids)s, %(hash)s, %(hash)s
    FROM head RETURNING id
), subject AS (
    INSERT INTO ats_eventsubject (event_id, kind, object_id)
    SELECT event.id, named.kind, named.object_id
    FROM event, unnest(%(kinds)s::text[], %(subjects)s::uuid[]) AS named (kind, object_id)
)
INSERT INTO ats_owed (event_id, reaction, due_at, attempts, last_error)
SELECT event.id, reaction, clock_timestamp(), 0, ''
FROM event, unnest(%(reactions)s::text[]) AS reaction
"""


def read(said: dict[str, Any], *statements: str) -> list[list[Any]]:
    found = []
    with connection.cursor() as cursor:
        for text in statements:
            cursor.execute(text, said)
            found.append(cursor.fetchall())
    return found


@transaction.atomic
def move(said: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for text in (LOCK, LEAVE, ENTER, MOVE):
            cursor.execute(text, said)
        cursor.execute(EVENT, said)


@transaction.atomic
def apply(said: dict[str, Any], added: dict[str, Any], submitted: dict[str, Any]) -> None:
    """`added` and `submitted` are the two events."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, said)
        cursor.execute(KNOWN, said)
        cursor.execute(ADD, said)
        candidate, candidate_id = cursor.fetchone()
        said = {**said, "candidate": candidate}
        cursor.execute(ADDRESS, said)
        cursor.execute(APPLY, said)
        application, application_id = cursor.fetchone()
        cursor.execute(ENTER, {**said, "application": application, "user": None})
        cursor.execute(EVENT, event(added, candidate=candidate_id))
        cursor.execute(EVENT, event(submitted, application=application_id, candidate=candidate_id))


def event(said: dict[str, Any], **subjects: Any) -> dict[str, Any]:
    """What `EVENT` takes: `verb`, `reactions` and what it is about, the stream first."""
    kind, named = next(iter(subjects.items()))
    return {
        **said,
        "stream": f"{kind}:{named}",
        "hash": "0" * 64,
        "ids": json.dumps(said.get("ids", {})),
        "kinds": list(subjects),
        "subjects": list(subjects.values()),
    }
