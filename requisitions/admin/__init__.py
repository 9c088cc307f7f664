from requisitions.admin.blocks import BLOCKS
from requisitions.admin.company import DepartmentAdmin, OfficeAdmin
from requisitions.admin.flows import ApprovalFlowAdmin
from requisitions.admin.form import QuestionAdmin
from requisitions.admin.library import CompetencyAdmin
from requisitions.admin.parts import MemberAdmin, OpeningAdmin
from requisitions.admin.pay import PayRuleAdmin
from requisitions.admin.pipeline import PipelineTemplateAdmin, StageAdmin
from requisitions.admin.posting import PostingAdmin
from requisitions.admin.requisition import RequisitionAdmin
from requisitions.admin.templates import RequisitionTemplateAdmin
from requisitions.models import (
    ApprovalFlow,
    Competency,
    Department,
    HiringTeamMember,
    JobPosting,
    Office,
    Opening,
    PayRule,
    PipelineTemplate,
    Question,
    Requisition,
    RequisitionTemplate,
    Stage,
)

SCREENS = {
    RequisitionTemplate: RequisitionTemplateAdmin,
    Requisition: RequisitionAdmin,
    JobPosting: PostingAdmin,
    Question: QuestionAdmin,
    Opening: OpeningAdmin,
    Stage: StageAdmin,
    HiringTeamMember: MemberAdmin,
    Department: DepartmentAdmin,
    Office: OfficeAdmin,
    ApprovalFlow: ApprovalFlowAdmin,
    Competency: CompetencyAdmin,
    PayRule: PayRuleAdmin,
    PipelineTemplate: PipelineTemplateAdmin,
}

__all__ = ["BLOCKS", "SCREENS"]
