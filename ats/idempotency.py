"""Stored answers: an unsafe request that is sent twice happens once.

The claim, the effect and the answer are one transaction. Answers are personal data: they are
kept for a day, and erasure empties them.
"""

from datetime import timedelta

from django.db import connection, models
from django.utils.crypto import salted_hmac

from ats import clock

KEPT_FOR = timedelta(hours=24)


class IdempotencyRecord(models.Model):
    """Who asked for what under which key, and the answer as it left."""

    principal = models.CharField(max_length=80)
    method = models.CharField(max_length=8)
    route = models.CharField(max_length=200)
    key_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    # None: the answer held a secret, or was erased.
    body = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "method", "route", "key_hash"],
                name="one_answer_per_idempotency_key",
            )
        ]
        # reader: forget_expired_answers
        indexes = [models.Index(fields=["created_at"], name="answers_by_age")]


def keyed_hash(*parts: str) -> str:
    """A hash that nobody without the site's secret can try guesses against."""
    return salted_hmac("idempotency", "\n".join(parts), algorithm="sha256").hexdigest()


def try_lock(*scope: str) -> bool:
    """Whether this transaction is the only one that now carries out this scope's request."""
    number = int(keyed_hash(*scope)[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def claim(scope: tuple[str, str, str, str], fingerprint: str) -> tuple[IdempotencyRecord, bool]:
    """The record of (principal, method, route, key hash), and whether it is new.

    Call it under `try_lock`. An expired record is taken over as new.
    """
    at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ats_idempotencyrecord AS held"
            " (principal, method, route, key_hash, fingerprint, headers, created_at)"
            " VALUES (%s, %s, %s, %s, %s, '{}', %s)"
            " ON CONFLICT (principal, method, route, key_hash) DO UPDATE SET status = NULL,"
            " headers = '{}', body = NULL, fingerprint = excluded.fingerprint,"
            " created_at = excluded.created_at WHERE held.created_at <= %s RETURNING id",
            [*scope, fingerprint, at, at - KEPT_FOR],
        )
        claimed = cursor.fetchone()
    principal, method, route, key_hash = scope
    record = IdempotencyRecord.objects.get(
        principal=principal, method=method, route=route, key_hash=key_hash
    )
    return record, claimed is not None


def forget_expired_answers() -> int:
    """How many stored answers were older than a day, and are gone."""
    expired = IdempotencyRecord.objects.filter(created_at__lte=clock.now() - KEPT_FOR)
    return expired.delete()[0]


def empty_answers() -> int:
    """Erasure: forget what was answered and keep that it was done, so nothing happens twice."""
    return IdempotencyRecord.objects.exclude(body=None).update(body=None, headers={})
