"""Nothing here is about a person from outside: what we hire for, and which colleagues decide."""

from ats.privacy.registry import holds_nothing
from requisitions import models as tables

holds_nothing(
    tables.ApprovalFlow,
    tables.CompanyRole,
    tables.Department,
    tables.HiringTeamMember,
    tables.Office,
    because="how the company is organised",
)
holds_nothing(
    tables.Competency,
    tables.EarlierCompetency,
    tables.PayRule,
    tables.PipelineTemplate,
    tables.RequisitionCompetency,
    tables.RequisitionTemplate,
    tables.RubricVersion,
    tables.Stage,
    tables.StageName,
    because="how the company hires, in its own words",
)
holds_nothing(
    tables.JobPosting,
    tables.PayRange,
    tables.PostingVersion,
    tables.Qualification,
    tables.Question,
    tables.Requisition,
    tables.RequisitionChange,
    tables.RequisitionValue,
    because="what is hired for, before anybody applied",
)
holds_nothing(tables.Opening, because="a seat; the application that filled it is an id")
