"""The fields that a line of a listing can belong to; `OTHER` is known to belong to none."""

SUMMARY = "summary"
RESPONSIBILITIES = "responsibilities"
REQUIRED = "qualifications.required"
PREFERRED = "qualifications.preferred"
COMPETENCIES = "competencies"
TOPICS = "topics"
BENEFITS = "benefits"
HIGHLIGHTS = "highlights"
GUIDANCE = "guidance"
FAQ = "faq"
APPLY = "how_to_apply"
TITLE = "title"
COMPANY = "company"
LOCATIONS = "locations"
WORKPLACE = "workplace"
EMPLOYMENT = "employment_type"
PAY = "pay_ranges"
CLOSES = "closes_on"
OTHER = "other"

LISTS = {
    RESPONSIBILITIES, REQUIRED, PREFERRED, COMPETENCIES, TOPICS, BENEFITS, HIGHLIGHTS, GUIDANCE,
}  # fmt: skip
SCALARS = {TITLE, COMPANY, LOCATIONS, WORKPLACE, EMPLOYMENT, PAY, CLOSES}
