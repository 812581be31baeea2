"""Roles are code: what each may do is read and reviewed here; the database keeps only the short code."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do; each view asks for one."""

    RECORD_REPORT = "report.record"
    RUN_CENTRE = "centre.run"
    SEE_CENTRES = "centre.see"
    OVERSEE_CENTRES = "centre.oversee"
    SEE_QUEUE = "queue.see"
    WORK_CASES = "case.work"
    SEE_SUSPECTS = "suspect.see"
    CHAIR_JAG = "jag.chair"
    SCRUTINISE = "case.scrutinise"
    SEE_PLANS = "plan.see"
    UPDATE_PLANS = "plan.update"
    OWN_PLANS = "plan.own"
    RUN_MEETINGS = "meeting.run"
    SEE_DASHBOARD = "dashboard.see"
    INVITE_PEOPLE = "people.invite"
    INVITE_OWN_PEOPLE = "people.invite_own"
    CONFIRM_PEOPLE = "people.confirm"
    MANAGE_TEAM = "team.manage"
    KEEP_REFERENCE_DATA = "reference.keep"
    KEEP_RECORDS = "record.keep"
    ANSWER_RIGHTS = "request.answer"
    SEE_AUDIT = "audit.see"
    CHECK_TRANSLATIONS = "translation.check"


# What each permission allows, as the auditor reads it: "People in this role may …".
ALLOWS = {
    Permission.RECORD_REPORT: "record reports for people at their centre, and see how those stand",
    Permission.RUN_CENTRE: "confirm their centre's listing, and keep its champions",
    Permission.SEE_CENTRES: "see the reporting centres and how each stands",
    Permission.OVERSEE_CENTRES: "check, list, suspend and close reporting centres",
    Permission.SEE_QUEUE: "read reports and cases that their organisation may see",
    Permission.WORK_CASES: "act on cases that their organisation may see",
    Permission.SEE_SUSPECTS: "open the names of those who are said to have done it, each time on record",
    Permission.CHAIR_JAG: "run the Joint Action Group's list: what it looks at, its meetings and decisions",
    Permission.SCRUTINISE: "read closed cases that were drawn by lot and retold without anybody's details",
    Permission.SEE_PLANS: "see plans and what was done about them",
    Permission.UPDATE_PLANS: "update the actions of their organisation",
    Permission.OWN_PLANS: "change plans, and decide what others ask to change in them",
    Permission.RUN_MEETINGS: "prepare meetings, write their minutes and keep the action log",
    Permission.SEE_DASHBOARD: "see the partnership's figures and its report",
    Permission.INVITE_PEOPLE: "let people of every organisation in and out",
    Permission.INVITE_OWN_PEOPLE: "let people of their own organisation in and out",
    Permission.CONFIRM_PEOPLE: "confirm who still belongs to their organisation",
    Permission.MANAGE_TEAM: "name deputies and hand work on",
    Permission.KEEP_REFERENCE_DATA: "change the partnership's lists, standards and wording",
    Permission.KEEP_RECORDS: "hold, keep and erase records, whosever they are, without reading them",
    Permission.ANSWER_RIGHTS: "answer what people ask about their data, reading what each request is about, on record",
    Permission.SEE_AUDIT: "read the audit trail, and who may open what",
    Permission.CHECK_TRANSLATIONS: "check the public's words in other languages, and give better ones",
}


@dataclass(frozen=True)
class Role:
    """A role, with the sentence that the person who grants it reads."""

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]


def _role(code: str, name: str, description: str, *permissions: Permission) -> Role:
    return Role(code, name, description, frozenset(permissions))


CENTRE_VOLUNTEER = _role(
    "centre_volunteer",
    "Centre volunteer",
    "Records reports for people at one reporting centre and sees how those reports stand.",
    Permission.RECORD_REPORT,
)
CENTRE_MANAGER = _role(
    "centre_manager",
    "Centre manager",
    "Runs one reporting centre: records reports, keeps its listing true, invites its volunteers and confirms who "
    "still belongs to it.",
    Permission.RECORD_REPORT,
    Permission.RUN_CENTRE,
    Permission.INVITE_OWN_PEOPLE,
    Permission.CONFIRM_PEOPLE,
)
OFFICER = _role(
    "officer",
    "Officer",
    "Reads and acts on reports that their organisation may see, and updates its actions.",
    Permission.SEE_QUEUE,
    Permission.WORK_CASES,
    Permission.SEE_SUSPECTS,
    Permission.SEE_CENTRES,
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
)
TEAM_MANAGER = _role(
    "team_manager",
    "Team manager",
    "Does what an officer does, names deputies, hands work on when somebody is away or leaves, and confirms who "
    "still belongs to the organisation.",
    *OFFICER.permissions,
    Permission.MANAGE_TEAM,
    Permission.INVITE_OWN_PEOPLE,
    Permission.CONFIRM_PEOPLE,
)
PLAN_CONTRIBUTOR = _role(
    "plan_contributor",
    "Plan contributor",
    "Updates the actions that their organisation leads or supports; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
)
PLAN_OWNER = _role(
    "plan_owner",
    "Plan owner",
    "Answers for a plan: writes it, decides on changes, updates its actions and sees all figures; reads no person's "
    "report.",
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
    Permission.OWN_PLANS,
    Permission.RUN_MEETINGS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
DELIVERY_GROUP = _role(
    "delivery_group",
    "Delivery group member",
    "Steers the plans in the Hate and Prevent Delivery Group: runs its meetings, and sees all figures.",
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
    Permission.RUN_MEETINGS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
JAG_CHAIR = _role(
    "jag_chair",
    "Joint Action Group chair",
    "Chairs a district's Joint Action Group: runs its list of repeat victims, which names nobody, and its meetings; "
    "sees plans and figures; reads no person's report.",
    Permission.CHAIR_JAG,
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
CSP_CHAIR = _role(
    "csp_chair",
    "Community Safety Partnership chair",
    "Chairs a Community Safety Partnership and sees plans and figures; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
SOG_MEMBER = _role(
    "sog_member",
    "Senior Officer Group member",
    "Sees plans, figures and performance reports; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
ANALYST = _role(
    "analyst",
    "Analyst",
    "Works with the partnership's figures; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)
CENTRE_LEAD = _role(
    "centre_lead",
    "Centre lead",
    "Looks after reporting centres: checks that they are open and fit for purpose, lists, suspends and closes them; "
    "reads no person's report.",
    Permission.SEE_CENTRES,
    Permission.OVERSEE_CENTRES,
    Permission.SEE_PLANS,
)
TRANSLATOR = _role(
    "translator",
    "Translator",
    "Checks the public's pages in other languages, phrase by phrase; reads no person's report.",
    Permission.CHECK_TRANSLATIONS,
)
RIGHTS_DESK = _role(
    "rights_desk",
    "Rights desk",
    "Answers for how long records are kept, and what people ask about their data; reads no person's report but those "
    "that somebody asks about, on record and in their sight.",
    Permission.KEEP_RECORDS,
    Permission.ANSWER_RIGHTS,
)
SCRUTINY_PANEL = _role(
    "scrutiny_panel",
    "Scrutiny panel member",
    "Looks at the partnership's work from outside: sees its plans, and reads closed cases that were drawn by lot and "
    "retold without anybody's details; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.SCRUTINISE,
)
AUDITOR = _role(
    "auditor",
    "Auditor",
    "Reads the audit trail and who may see what; reads no person's report.",
    Permission.SEE_AUDIT,
)
ADMINISTRATOR = _role(
    "administrator",
    "Administrator",
    "Invites people, gives them roles and keeps the partnership's lists and wording; reads no person's report.",
    Permission.INVITE_PEOPLE,
    Permission.KEEP_REFERENCE_DATA,
    Permission.OVERSEE_CENTRES,
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
    Permission.SEE_CENTRES,
)

ROLES = {
    role.code: role
    for role in (
        CENTRE_VOLUNTEER,
        CENTRE_MANAGER,
        OFFICER,
        TEAM_MANAGER,
        PLAN_CONTRIBUTOR,
        PLAN_OWNER,
        DELIVERY_GROUP,
        JAG_CHAIR,
        CSP_CHAIR,
        SOG_MEMBER,
        ANALYST,
        CENTRE_LEAD,
        TRANSLATOR,
        RIGHTS_DESK,
        SCRUTINY_PANEL,
        AUDITOR,
        ADMINISTRATOR,
    )
}
