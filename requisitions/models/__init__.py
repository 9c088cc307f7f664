from requisitions.models.approval import ApprovalFlow
from requisitions.models.change import RequisitionChange
from requisitions.models.competency import (
    Competency,
    EarlierCompetency,
    RequisitionCompetency,
    RubricVersion,
)
from requisitions.models.custom import RequisitionValue
from requisitions.models.form import Question
from requisitions.models.organization import Department, Office
from requisitions.models.pay_rule import PayRule
from requisitions.models.pipeline import PipelineTemplate, Stage, StageName
from requisitions.models.posting import JobPosting, PostingVersion
from requisitions.models.requisition import (
    Opening,
    PayRange,
    Qualification,
    Requisition,
    RequisitionCounter,
)
from requisitions.models.team import CompanyRole, HiringTeamMember
from requisitions.models.template import RequisitionTemplate

__all__ = [
    "ApprovalFlow",
    "CompanyRole",
    "Competency",
    "Department",
    "EarlierCompetency",
    "HiringTeamMember",
    "JobPosting",
    "Office",
    "Opening",
    "PayRange",
    "PayRule",
    "PipelineTemplate",
    "PostingVersion",
    "Qualification",
    "Question",
    "Requisition",
    "RequisitionChange",
    "RequisitionCompetency",
    "RequisitionCounter",
    "RequisitionTemplate",
    "RequisitionValue",
    "RubricVersion",
    "Stage",
    "StageName",
]
