from ats.admin import windows
from ats.admin.custom_fields import CustomFieldAdmin
from ats.admin.windows import BLOCKS
from ats.custom_fields.models import CustomField

SCREENS = {**windows.SCREENS, CustomField: CustomFieldAdmin}

__all__ = ["BLOCKS", "SCREENS"]
