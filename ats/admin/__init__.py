from ats.admin import windows
from ats.admin.absences import DelegationAdmin
from ats.admin.custom_fields import CustomFieldAdmin
from ats.admin.jobs import JobAdmin
from ats.admin.windows import BLOCKS
from ats.approvals.models import Delegation
from ats.custom_fields.models import CustomField
from ats.jobs.models import Job

SCREENS = {
    **windows.SCREENS,
    CustomField: CustomFieldAdmin,
    Delegation: DelegationAdmin,
    Job: JobAdmin,
}

__all__ = ["BLOCKS", "SCREENS"]
