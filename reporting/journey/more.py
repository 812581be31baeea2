"""What nobody has to answer: more about what happened, and the help that is needed to talk to us.

Each page stands for itself. It is offered before sending, once all else is finished, and again afterwards.
"""

from django.utils.translation import gettext_lazy as _

from reporting.journey.barring import LEAVE_ONE, bars_everybody
from reporting.journey.before import YES_NO
from reporting.journey.choices import from_codes, organisations
from reporting.journey.equality import EQUALITY
from reporting.journey.question import (
    Answers,
    Kept,
    Kind,
    Option,
    Page,
    Question,
    Rule,
    Wording,
    chosen,
    has,
    is_about_a_community,
    unless,
)

NOT_SURE = Option("not_sure", _("Not sure"))
YES_NO_NOT_SURE = (*YES_NO, NOT_SURE)
PREFER_NOT = Option("prefer_not", _("I would rather not say"))
WORDS_LIMIT = 2000
LEAVE_OUT = _("You can leave any of these out.")

happened_before = has("Q12", "once", "two_or_three", "four_or_more", "all_the_time")

BEFORE_THIS = Page(
    name="before_this",
    code="c4",
    part=5,
    topic=_("what happened before"),
    title=_("What happened before?"),
    lead=LEAVE_OUT,
    applies=happened_before,
    is_more=True,
    questions=(
        Question(
            "Q12_same",
            Kind.ONE,
            _("Was it the same person as before?"),
            options=(
                Option("yes", _("Yes, always")),
                Option("sometimes", _("Sometimes")),
                Option("no", _("No")),
                NOT_SURE,
            ),
        ),
        Question(
            "Q12_told",
            Kind.ONE,
            _("Did anyone report it before?"),
            options=YES_NO_NOT_SURE,
        ),
        Question(
            "Q12_told_whom",
            Kind.MANY,
            _("Who was told?"),
            hint=_("Choose all that fit."),
            under=("Q12_told", ("yes",)),
            options=from_codes("told_before"),
        ),
    ),
)

WHY_MORE = Page(
    name="why_more",
    code="d7",
    part=5,
    topic=_("why you think so"),
    title=_("Why do you think so?"),
    lead=LEAVE_OUT,
    is_more=True,
    questions=(
        Question(
            "Q10",
            Kind.WORDS,
            _("What was said, done or shown that made you think this?"),
            hint=_("For example the words they used, a sign or what they picked on."),
            limit=WORDS_LIMIT,
            rows=5,
        ),
        Question(
            "Q09",
            Kind.ONE,
            Wording(
                _("Is the person really part of the group that was picked on?"),
                victim=_("Are you really part of the group that was picked on?"),
            ),
            hint=_("It counts either way."),
            applies=unless(is_about_a_community),
            options=(
                Option("yes", _("Yes")),
                Option("assumed", _("No, they only thought so")),
                Option("with_someone", _("No, it was because of someone else, such as a friend")),
                PREFER_NOT,
            ),
        ),
    ),
)

HARM = Page(
    name="harm",
    code="e2",
    part=5,
    topic=_("hurt or damage"),
    title=_("Hurt or damage"),
    lead=LEAVE_OUT,
    is_more=True,
    questions=(
        Question(
            "Q15",
            Kind.ONE,
            Wording(_("Was anyone hurt?"), victim=_("Were you or was anyone else hurt?")),
            options=(
                Option("no", _("No")),
                Option("yes", _("Yes, but no doctor or nurse was needed")),
                Option("treated", _("Yes, and a doctor or nurse was needed")),
                PREFER_NOT,
            ),
        ),
        Question("Q17", Kind.ONE, _("Was anything stolen or damaged?"), options=YES_NO_NOT_SURE),
        Question(
            "Q17_what",
            Kind.LINE,
            _("What was it?"),
            under=("Q17", ("yes",)),
            limit=300,
        ),
    ),
)


def _staff_is_named_by_nothing(answers: Answers) -> bool:
    return answers.get("Q18_org_bar") == "yes" and not chosen(answers, "Q18_org")


WHO_DID_IT = Page(
    name="who_did_it",
    code="g9",
    part=5,
    topic=_("who did it"),
    title=_("Who did it?"),
    lead=_("Say only what you know. Please do not put yourself in danger to find out."),
    is_more=True,
    questions=(
        Question("Q18", Kind.ONE, _("Do you know who did it?"), options=from_codes("known_or_not")),
        Question(
            "Q18a_name",
            Kind.LINE,
            _("What is their name?"),
            hint=_("We keep it locked away from the rest. Only those who need it can open it."),
            under=("Q18", ("name",)),
            limit=300,
            kept=Kept.SUSPECT,
        ),
        Question(
            "Q18a_how",
            Kind.CHOSEN,
            Wording(_("How does the person know them?"), victim=_("How do you know them?")),
            under=("Q18", ("name",)),
            options=from_codes("knows_them"),
            kept=Kept.SUSPECT,
        ),
        Question(
            "Q18b",
            Kind.WORDS,
            _("What did they look like?"),
            hint=_("How many, about how old, what they wore, what car they had. Do not write a name here."),
            limit=WORDS_LIMIT,
            rows=4,
        ),
        Question(
            "Q18_staff",
            Kind.ONE,
            _("Was it someone doing their job, such as a police officer or someone from the council?"),
            options=YES_NO_NOT_SURE,
        ),
        Question(
            "Q18_org",
            Kind.MANY,
            _("Who do they work for?"),
            hint=_("Choose all that fit."),
            under=("Q18_staff", ("yes",)),
            options=organisations,
        ),
        Question(
            "Q18_org_other",
            Kind.LINE,
            _("If it is not in the list, who do they work for?"),
            under=("Q18_staff", ("yes",)),
            limit=200,
        ),
        Question(
            "Q18_org_bar",
            Kind.ONE,
            _("Shall we keep this from the organisation that you chose?"),
            hint=_("If you say yes, nobody there can read it, from the start."),
            under=("Q18_staff", ("yes",)),
            options=YES_NO,
            kept=Kept.BAR,
        ),
    ),
    rules=(
        Rule("Q18_org", _staff_is_named_by_nothing, _("Choose which organisation to keep it from")),
        Rule("Q18_org", bars_everybody, LEAVE_ONE),
    ),
)

WITNESSES = Page(
    name="witnesses",
    code="j6",
    part=5,
    topic=_("who saw it"),
    title=_("Who saw it?"),
    lead=LEAVE_OUT,
    is_more=True,
    questions=(
        Question(
            "W01",
            Kind.ONE,
            _("Would you talk to the police about what you saw?"),
            hint=_("You can change your mind later."),
            who="W",
            options=(
                Option("yes", _("Yes")),
                Option("maybe", _("Maybe. Ask me first")),
                Option("no", _("No")),
            ),
        ),
        Question(
            "Q20",
            Kind.ONE,
            Wording(_("Did anyone else see or hear it?"), centre=_("Did anyone see or hear it?")),
            options=YES_NO_NOT_SURE,
        ),
        Question(
            "Q20_who",
            Kind.WORDS,
            _("Who was it?"),
            hint=_("Give their name or number only if they said that you may."),
            under=("Q20", ("yes",)),
            limit=500,
            rows=3,
        ),
    ),
)

EVIDENCE = Page(
    name="evidence",
    code="l3",
    part=5,
    topic=_("photos, messages or video"),
    title=_("Do you have photos, messages or video?"),
    is_more=True,
    aside="reporting/asides/evidence.html",
    questions=(
        Question(
            "Q21",
            Kind.ONE,
            _("Do you have photos, messages or video?"),
            hint=_("You do not need any. If you have some, keep them as they are, also on your phone."),
            options=(
                Option("yes", _("Yes")),
                Option("cctv", _("No, but a camera nearby may have seen it")),
                Option("no", _("No")),
            ),
        ),
        Question(
            "Q21_camera",
            Kind.LINE,
            _("Where is the camera?"),
            hint=_("Films are often deleted after some days, so tell us soon."),
            under=("Q21", ("cctv",)),
            limit=300,
        ),
    ),
)

POLICE = Page(
    name="police",
    code="q8",
    part=5,
    topic=_("the police"),
    title=Wording(_("Have you told the police?"), centre=_("Have the police been told?")),
    is_more=True,
    questions=(
        Question(
            "Q22",
            Kind.ONE,
            Wording(_("Have you told the police?"), centre=_("Have the police been told?")),
            hint=_("You do not have to."),
            options=(
                Option("yes_number", _("Yes, and I have a number for it")),
                Option("yes", _("Yes, but I have no number")),
                Option("no", _("No")),
                NOT_SURE,
            ),
        ),
        Question(
            "Q22_number",
            Kind.LINE,
            _("What is the number?"),
            under=("Q22", ("yes_number",)),
            limit=60,
            width=20,
        ),
        Question(
            "Q22a",
            Kind.MANY,
            Wording(_("What stopped you telling the police?"), centre=_("What stopped them?")),
            hint=_("Choose all that fit. It helps us to put things right."),
            who="VOC",
            under=("Q22", ("no",)),
            options=from_codes("barriers"),
            exclusive="prefer_not",
        ),
    ),
)

HELP = Page(
    name="help",
    code="s5",
    part=5,
    topic=_("help to talk to us"),
    title=_("Help to talk to us"),
    lead=LEAVE_OUT,
    is_more=True,
    questions=(
        Question(
            "Q27",
            Kind.MANY,
            Wording(
                _("Do you need any help to talk to us?"), centre=_("Does the person need help to talk to us?")
            ),
            hint=_("Choose all that fit."),
            options=from_codes("needs"),
            exclusive="none",
        ),
        Question(
            "Q27_language",
            Kind.LINE,
            _("Which language?"),
            under=("Q27", ("interpreter",)),
            limit=60,
            width=20,
        ),
        Question(
            "Q29",
            Kind.ONE,
            Wording(
                _("Does the person need care or support in daily life?"),
                victim=_("Do you need care or support in daily life?"),
            ),
            hint=_("For example because of age, illness or a disability."),
            applies=unless(is_about_a_community),
            options=YES_NO_NOT_SURE,
        ),
    ),
)

SERVICE = Page(
    name="service",
    code="b3",
    part=5,
    topic=_("how you found us"),
    title=_("How you found us"),
    lead=LEAVE_OUT,
    is_more=True,
    questions=(
        Question(
            "Q31",
            Kind.ONE,
            _("How did you hear about us?"),
            options=from_codes("heard_from"),
        ),
        Question(
            "Q31_code",
            Kind.LINE,
            _("Was there a code on the poster or in the link?"),
            limit=40,
            width=20,
        ),
        Question(
            "Q32",
            Kind.ONE,
            _("Can we ask you later how we did?"),
            hint=_("We ask when you come back with your code, or in the safe way you chose."),
            options=YES_NO,
        ),
    ),
)

MORE: tuple[Page, ...] = (
    BEFORE_THIS,
    WHY_MORE,
    HARM,
    WHO_DID_IT,
    WITNESSES,
    EVIDENCE,
    POLICE,
    HELP,
    EQUALITY,
    SERVICE,
)
