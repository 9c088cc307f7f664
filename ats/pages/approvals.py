"""Approve or return by the link of a letter, without signing in. Only a POST answers: mail
scanners follow every link that they find."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ats import links
from ats.accounts.models import User
from ats.approvals.emails import purpose
from ats.approvals.enums import ApprovalState, Decision
from ats.approvals.matters import approve, matter_of, send_back
from ats.approvals.models import Step
from ats.approvals.waiting import answerable_by
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor

ANSWERS: dict[str, Any] = {Decision.APPROVE: approve, Decision.RETURN: send_back}
LONGEST = 5000


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, step: UUID, token: str) -> HttpResponse:
    try:
        person = links.read(purpose(step), token)
    except links.LinkExpired as problem:
        return sentence(request, f"{problem.sentence} Or sign in.", 410)
    except links.LinkBroken as problem:
        return sentence(request, problem.sentence, 404)
    asked = Step.objects.select_related("approval__requested_by").filter(public_id=step).first()
    user = User.objects.filter(public_id=person).first()
    if asked is None or user is None:
        return sentence(request, "This is not asked any more.", 410)
    if request.method != "POST":
        return show(request, asked, user)
    return take(request, asked, user)


def take(request: HttpRequest, step: Step, user: User) -> HttpResponse:
    comment = request.POST.get("comment", "").replace("\r\n", "\n").replace("\x00", "")
    verb = ANSWERS.get(request.POST.get("decision", ""))
    if verb is None:
        return show(request, step, user, "Choose one of the two answers.", 400)
    if len(comment) > LONGEST:
        return show(request, step, user, "A comment has at most 5000 characters.", 400)
    by = Actor.signed(user, step.public_id)
    try:
        verb(step.approval, comment=comment, asked=step.public_id, by=by)
    except Invalid as problem:
        return show(request, step, user, problem.sentence, 400)
    except DomainError as refusal:
        return show(request, step, user, refusal.sentence, 409)
    return redirect(request.path)


def show(
    request: HttpRequest, step: Step, user: User, problem: str = "", status: int = 200
) -> HttpResponse:
    """What is asked, for whoever can answer; for everybody else only why not."""
    approval = step.approval
    given = step.votes.filter(user=user).first()
    waits = user.is_active and answerable_by(user).filter(step=step).exists()
    found = matter_of(approval) if waits else None
    shown = {
        "company": settings.COMPANY_NAME,
        "user": user,
        "approval": approval,
        "about": found[1] if found else None,
        "given": given,
        "why_not": "" if waits or given else why_not(step, user),
        "comment": request.POST.get("comment", ""),
        "problem": problem,
    }
    return render(request, "approvals/answer.html", shown, status=status)


def why_not(step: Step, user: User) -> str:
    state = step.approval.state
    if not user.is_active:
        return "Your account is deactivated, so you can no longer answer."
    if state == ApprovalState.WITHDRAWN:
        return "This was taken back or has changed. If your answer is needed, you are asked anew."
    if state != ApprovalState.PENDING or step.completed_at:
        return "This was decided without your answer: nothing is left to do."
    return "You are not asked any more: somebody else answers in your place."


def sentence(request: HttpRequest, text: str, status: int) -> HttpResponse:
    shown = {"company": settings.COMPANY_NAME, "why_not": text}
    return render(request, "approvals/answer.html", shown, status=status)
