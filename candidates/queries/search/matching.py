"""A tree of words as a condition on the vectors of profile and resumes."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

from candidates.queries.search.words import All, Node, Term


def matching(node: Node) -> Func:
    """Of rows of `SearchWords`."""
    return Matches(F("words"), query(node))


class Matches(Func):
    template, arg_joiner = "(%(expressions)s)", " @@ "
    output_field = BooleanField()


def query(node: Node) -> RawSQL:
    sql, texts = sql_of(node)
    return RawSQL(sql, texts, SearchQueryField())  # noqa: S611 - every text is a parameter


def sql_of(node: Node) -> tuple[str, list[str]]:
    if isinstance(node, Term):
        return ("search_prefix(%s)" if node.is_beginning else "search_phrase(%s)"), [node.text]
    parts = [sql_of(part) for part in node.parts]
    joined = (" && " if isinstance(node, All) else " || ").join(sql for sql, _ in parts)
    return f"({joined})", [text for _, texts in parts for text in texts]
