"""Why something cannot be done with one application, in words: asked for the preview of
thousands, whose rows come with what is asked here, and again at the time of the item."""

from ats.errors import Blocked, DomainError
from candidates.actions.application import check_active, check_fits
from candidates.actions.letters import before_writing
from candidates.enums import APPLICATION
from candidates.models import Application, Tag
from candidates.queries.applications import blockers
from requisitions.models import Stage


def check_move(application: Application, stage: Stage) -> None:
    check_active(application)
    check_fits(application, stage)
    if application.stage_id == stage.pk:
        raise DomainError(f"It is in {stage} already.")


def check_reject(application: Application) -> None:
    APPLICATION.next(application.status, "reject")
    refuse(blockers(application, "reject"))


def check_letter(application: Application) -> None:
    refuse(before_writing(application))


def check_tag(application: Application, tag: Tag, *, wanted: bool) -> None:
    """`wanted`: to be given; otherwise to be taken off."""
    check_held(application.candidate.tagged.filter(tag=tag).exists(), tag, wanted=wanted)


def check_held(is_held: bool, tag: Tag, *, wanted: bool) -> None:
    if is_held == wanted:
        already = f"They have the tag {tag} already."
        raise DomainError(already if wanted else f"They do not have the tag {tag}.")


def refuse(found: list[str]) -> None:
    if found:
        raise Blocked(found)
