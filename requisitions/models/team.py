"""Roles are per requisition; the only company-wide one is the recruiter who may start them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.base import Row
from requisitions.enums import CompanyRoleKind, TeamRole
from requisitions.models.requisition import Requisition


class HiringTeamMember(Row):
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hiring_teams"
    )
    role = models.CharField(max_length=20, choices=TeamRole.choices)
    is_responsible = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "user", "role"], name="a_role_is_held_once"
            ),
            models.UniqueConstraint(
                fields=["requisition", "role"],
                condition=Q(is_responsible=True),
                name="one_responsible_person_per_role",
            ),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="role_is_known"),
        ]
        triggers = [
            # At the end of the transaction: while responsibility is handed over nobody has it.
            pgtrigger.Trigger(
                name="an_open_requisition_keeps_its_recruiter",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__role="recruiter", old__is_responsible=True),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM requisitions_requisition
                        WHERE id = OLD.requisition_id AND status IN ('open', 'on_hold')
                    ) AND NOT EXISTS (
                        SELECT 1 FROM requisitions_hiringteammember
                        WHERE requisition_id = OLD.requisition_id
                            AND role = 'recruiter' AND is_responsible
                    ) THEN
                        RAISE EXCEPTION 'an_open_requisition_keeps_its_recruiter';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class CompanyRole(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="company_roles"
    )
    role = models.CharField(max_length=20, choices=CompanyRoleKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="a_company_role_is_held_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role}"
