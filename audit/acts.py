"""What each act in the trail is called in plain words, and what kind of act it is.

A new act needs its line here: `tests/audit/test_acts.py` compares this table with the code, both ways.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an auditor looks for; the value stands in addresses."""

    READ = "read"
    SEARCH = "search"
    EXPORT = "export"
    SIGN_IN = "sign-in"
    PERMISSION = "permission"
    KEY = "key"
    KEEPING = "keeping"
    WORK = "work"


KINDS = {
    Kind.READ: "Reads of what people told us, and of figures",
    Kind.SEARCH: "Searches",
    Kind.EXPORT: "Exports",
    Kind.SIGN_IN: "Signing in and second steps",
    Kind.PERMISSION: "Changes of who may do or see what",
    Kind.KEY: "Keys",
    Kind.KEEPING: "How long records are kept, and the trail itself",
    Kind.WORK: "Work on reports, cases, plans and lists",
}


@dataclass(frozen=True)
class Act:
    """One act: its kind, and its words after the name of whoever did it."""

    kind: Kind
    words: str


def _of(kind: Kind, **acts: str) -> dict[str, Act]:
    """Acts of one kind; `__` stands for the dot."""
    return {code.replace("__", "."): Act(kind, words) for code, words in acts.items()}


ACTS: dict[str, Act] = {
    **_of(
        Kind.READ,
        report__read="read what somebody told us",
        report__contact_read="read how to reach somebody",
        tell_us__read="read what a school or landlord told us",
        report__suspect_read="opened who is said to have done it",
        report__evidence_seen="looked at pictures of what somebody sent",
        jag_meeting__names_read="read whom a Joint Action Group’s agenda is about",
        figures__read="looked at figures",
    ),
    **_of(
        Kind.SEARCH,
        record__looked_up="looked up a record by its reference",
        queue__searched="filtered the list of new reports",
        cases__searched="filtered the list of cases",
        people__searched="looked for what somebody rang up about",
        trail__searched="looked into the audit trail",
    ),
    **_of(
        Kind.EXPORT,
        figures__exported="took figures out as a file",
        report__evidence_taken="took out a file that somebody sent, as it came",
        plan__exported="took a plan out as a file",
        case__pack_taken="opened a pack of a case, or a hand-off to the police",
        trail__exported="took part of the audit trail out as a file",
        jag_meeting__exported="took the pack of a Joint Action Group’s meeting out as a file",
        meeting__exported="took the paper or minutes of a meeting out as a file",
        action_log__exported="took an action log out as a file",
        centres__list_taken_out="took the list of reporting centres out as a file",
    ),
    **_of(
        Kind.SIGN_IN,
        person__signed_in="signed in",
        person__signed_out="signed out",
        person__sign_in_failed="was refused at signing in",
        person__sessions_ended="ended sessions",
        person__password_changed="changed a password",
        person__second_step_added="added a second step",
        person__second_step_removed="removed a second step",
        person__second_step_failed="gave a wrong second step",
        person__recovery_codes_made="made recovery codes",
        person__codes_printed="printed one-time codes for somebody",
        second_factor__reset_asked="asked for somebody’s second step to be reset",
        second_factor__reset="reset somebody’s second step",
        second_factor__reset_refused="refused to reset somebody’s second step",
        second_factor__reset_at_the_machine="reset somebody’s second step at the machine",
        organisation__sign_in_set_up="set up an organisation’s own sign-in",
        organisation__sign_in_taken_down="took down an organisation’s own sign-in",
    ),
    **_of(
        Kind.PERMISSION,
        person__invited="invited somebody",
        person__invited_again="sent an invitation again",
        invitation__accepted="accepted an invitation",
        invitation__taken_back="took an invitation back",
        person__suspended="ended somebody’s access",
        person__restored="gave somebody’s access back",
        membership__roles_changed="changed somebody’s roles",
        membership__moved="moved somebody to another organisation or team",
        membership__ended="noted that somebody left",
        membership__confirmed="confirmed that somebody still belongs",
        membership__not_confirmed="said that somebody no longer belongs",
        access_review__opened="asked an organisation who still belongs",
        access_review__closed="closed an access review",
        access_review__left_last_administrator="left the last administrator in, unconfirmed",
        absence__noted="noted somebody’s absence and deputy",
        absence__taken_back="took an absence back",
        team__made="made a team",
        report__granted="let an organisation see a report",
        report__withdrawn="took an organisation’s sight of a report away",
        report__handed_on="handed a report of a closing centre on to another organisation",
        report__sharing_taken_back="took permission to share back",
        report__sharing_given="gave permission to share afterwards",
        report__barred="named who must not see their report",
        report__conflict_barred="kept somebody from a report because of a conflict",
        report__conflict_lifted="let somebody see a report again after a conflict",
    ),
    **_of(
        Kind.KEY,
        key__added="added a key",
        key__rotated="sealed values anew under a newer key",
        key__retired="took a key out of the key file",
    ),
    **_of(
        Kind.KEEPING,
        record__held="put a legal hold on a record",
        record__hold_lifted="lifted a legal hold",
        record__kept_longer="kept a record for longer",
        report__erased="erased a report",
        report__suspect_let_go="let what was written down of who did it go, because nobody gave a ground",
        retention__applied="applied the schedule of keeping",
        trail__restored="brought the database back from a backup",
    ),
    **_of(
        Kind.WORK,
        report__received="sent or recorded a report",
        report__evidence_added="sent a file with a report",
        report__evidence_refused="found that a file with a report can’t be opened",
        report__surveyed="asked somebody how we did",
        report__reporter_told="wrote to the person who reported",
        report__reporter_wrote="wrote to those who work on their report",
        report__added_to="said more after sending",
        report__contact_changed="changed how to reach them",
        report__asked="asked for something about their report",
        report__request_answered="answered what a person asked about their report",
        report__set_aside="set a report aside as doubtful",
        report__put_back="put a report that was set aside back in the queue",
        report__kept_set_aside="agreed that a report stays set aside",
        report__word_sent="let the person who reported know that there is something to read",
        report__word_failed="could not let the person who reported know",
        report__word_brought="told the person who reported in person",
        reports__loaded="loaded reports from earlier records",
        case__opened="opened a case",
        case__triaged="triaged a case",
        case__assigned="assigned a case",
        case__reporter_told="told the person who reported",
        case__shared="shared a case",
        case__sharing_stopped="stopped sharing a case",
        case__share_ran_out="ended a share whose time was over",
        case__referred="asked another organisation to act on a case",
        case__referral_answered="answered a referral",
        case__referral_withdrawn="withdrew a referral",
        case__override_proposed="proposed to share a case with somebody whom the person did not choose",
        case__override_decided="decided about sharing a case with somebody whom the person did not choose",
        case__pack_made="made a pack of a case for another organisation",
        case__pack_withdrawn="withdrew a pack of a case",
        case__handed_to_police="handed a case to the police",
        case__police_answered="wrote down what the police said of a case",
        case__noted="wrote a note on a case",
        case__person_written_down="wrote down to whom it happened",
        case__people_compared="said whether the people of two cases are one",
        case__put_on_hold="put a case on hold",
        case__taken_up_again="took a case up again",
        case__released="gave up a case",
        case__support_recorded="wrote down how support ended on a case",
        case__risk_assessed="answered the risk questions of a case",
        case__risk_action_done="did what the risk of a case asks for",
        case__risk_reviewed="looked at the risk of a case again",
        case__contact_logged="wrote down that they tried to reach somebody",
        case__task_set="set a task on a case",
        case__task_finished="finished a task on a case",
        case__suspect_written_down="wrote down who is said to have done it",
        case__suspect_kept="said why what is written down of who did it is kept",
        case__suspect_erased="erased what was written down of who did it",
        case__somebody_barred="kept somebody from a case because of a conflict",
        case__bar_lifted="let somebody see a case again after a conflict",
        case__recorded_as="said what a case is, or should be, recorded as",
        case__report_joined="put a report into a case",
        case__report_taken_out="took a report out of a case",
        case__transferred="passed a case to another police force",
        case__closed="closed a case",
        case__reopened="opened a case again",
        case__places_compared="said whether two cases are of one place",
        case__decided_by_jag="wrote a Joint Action Group’s decision on a case",
        case__case_review_kept="wrote about an ASB Case Review",
        jag_item__listed="listed something for a Joint Action Group",
        jag_item__grew="added to what a Joint Action Group looks at",
        jag_item__taken_off="took something off a Joint Action Group’s agenda",
        jag_item__decided="decided for a Joint Action Group",
        jag_item__action_given="gave somebody something to do for a Joint Action Group",
        jag_item__action_done="did something for a Joint Action Group",
        jag_meeting__planned="planned a meeting of a Joint Action Group",
        jag_meeting__agenda_made="put things on a Joint Action Group’s agenda",
        jag_meeting__held="closed a meeting of a Joint Action Group",
        case__historic_added="added cases from earlier records",
        action__updated="updated an action of a plan",
        action__rating_overridden="said something else than the rule about how an action stands",
        action__override_ended="let the rule alone say again how an action stands",
        change__asked="asked for a change of an action",
        change__approved="made or approved a change of an action",
        change__refused="refused a change of an action",
        change__withdrawn="took back a change that they asked for",
        action__edited="edited an action of a plan",
        action__measure_edited="edited the measure of an action",
        action__milestone_added="added a milestone to an action",
        action__milestone_changed="changed a milestone of an action",
        action__evidence_added="added evidence to an action",
        action__added="added an action to a plan in the making",
        action__removed="removed an action from a plan in the making",
        action__rolled="rolled an action into another plan",
        plan__written="began to write a plan",
        plan__built="built a plan from the one before it",
        plan__changed="changed the title, period or owner of a plan",
        plan__priority_added="added a priority to a plan",
        plan__started="started a plan",
        plan__discarded="threw a plan in the making away",
        plan__publishing_changed="changed what the public sees of a plan",
        plan__loaded="loaded a plan",
        plan__imported="brought a plan in from a file",
        session__recorded="recorded a training session",
        session__taken_back="took a training session back",
        campaign__planned="put a campaign into the calendar",
        campaign__changed="changed a campaign",
        campaign__cancelled="cancelled a campaign",
        campaign__event_added="added an event to a campaign",
        campaign__event_told="said how many people an event reached",
        campaign__event_cancelled="cancelled an event of a campaign",
        campaign__reach_entered="entered how many people a campaign reached",
        material__added="added to the library of materials",
        material__retired="took something out of the library of materials",
        contact__named="named a partner’s communications contact",
        contact__ended="ended a partner’s communications contact",
        meeting__planned="planned a meeting",
        meeting__changed="changed the day or place of a meeting",
        meeting__called_off="called a meeting off",
        meeting__agenda_changed="changed the agenda of a meeting",
        meeting__attendance_noted="noted who was at a meeting",
        meeting__opened="opened a meeting",
        meeting__noted="wrote in the minutes of a meeting",
        meeting__closed="closed a meeting and its minutes",
        log_entry__added="added an entry to an action log",
        log_entry__done="marked an entry of an action log as done",
        log_entry__dropped="dropped an entry of an action log",
        log_entry__due_moved="moved the due date of an entry of an action log",
        log_entry__reopened="opened an entry of an action log again",
        centre__proposed="proposed a reporting centre",
        centre__verified="found a reporting centre’s listing true",
        centre__edited="changed a reporting centre’s listing",
        centre__listed="listed a reporting centre",
        centre__suspended="suspended a reporting centre",
        centre__lifted="lifted the suspension of a reporting centre",
        centre__closed="closed a reporting centre for good",
        centre__fitness_reviewed="went through the checklist with a reporting centre",
        centre__champion_named="named a champion of a reporting centre",
        centre__champion_stood_down="noted that a champion of a reporting centre stood down",
        centre__champions_trained="recorded a course that champions of a reporting centre took",
        centre__agreement_signed="recorded that a reporting centre signed its agreement",
        centre__visit_recorded="recorded a mystery visit to a reporting centre",
        centre__visit_told="told a reporting centre what a mystery visitor noticed",
        centre__brought_in="brought a reporting centre in from a list",
        tell_us_link__made="made a link by which a school or landlord tells us",
        tell_us_link__renewed="made another link for a school or landlord",
        tell_us_link__ended="ended a school’s or landlord’s link",
        tell_us__told="told us by a link what they noticed",
        centres__list_brought_in="brought a list of reporting centres in from a file",
        reference__changed="changed the partnership’s lists or wording",
        phrase__checked="checked words of a translation",
        practice__finished="finished practising on an invented story",
    ),
}


def words_of(code: str) -> str:
    """The act in plain words; the code itself for one that an earlier version wrote."""
    return ACTS[code].words if code in ACTS else code


def codes_of(kind: str) -> list[str]:
    """The acts of one kind."""
    return [code for code, act in ACTS.items() if act.kind == kind]
