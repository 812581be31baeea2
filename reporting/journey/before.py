"""Part 1: is anybody in danger, who is telling us, and does the person know."""

from django.utils.translation import gettext_lazy as _

from reporting.journey.at_centre import TOLD
from reporting.journey.choices import from_codes
from reporting.journey.question import (
    COMMUNITY,
    Answers,
    Kind,
    Option,
    Page,
    Question,
    Wording,
    always,
    has,
    unless,
    who_tells,
)

YES_NO = (Option("yes", _("Yes")), Option("no", _("No")))
AGREED = "agrees"
# The choice of somebody who signs in and records it elsewhere: not for paper, and not for an officer.
LEADS_ELSEWHERE = ("Q02", "centre")

DANGER = Page(
    name="danger",
    code="a3",
    part=1,
    topic=_("before you start"),
    title=_("Is anyone in danger now?"),
    is_stored=False,
    questions=(
        Question(
            "Q01",
            Kind.ONE,
            Wording(
                _("Is anyone in danger now, or is it still happening?"),
                centre=_("Ask first: is anyone in danger now, or is it still happening?"),
            ),
            hint=_(
                "This form is not read straight away. If you need help now, we will show you who to call."
            ),
            options=(
                Option("yes", _("Yes, someone is in danger or it is still happening")),
                Option("no", _("No, not now")),
            ),
            required=always,
            missing=_("Choose yes or no, so that we can show you the right help"),
        ),
    ),
)

WHO = Page(
    name="who",
    code="f6",
    part=1,
    topic=_("who it is about"),
    title=Wording(_("Who are you telling us about?"), centre=_("Who you are with")),
    questions=(
        Question(
            "Q02",
            Kind.ONE,
            Wording(_("Who are you telling us about?"), centre=_("Who is with you?")),
            options=(
                Option("victim", _("It happened to me"), who="VWO"),
                Option("witness", _("I saw or heard it"), who="VWO"),
                Option("on_behalf", _("I am telling you for someone else"), who="VWO"),
                Option(
                    COMMUNITY,
                    _("It happened to a community or a building"),
                    _("For example a mosque, a club, or words on a wall about a group of people"),
                    who="VWO",
                ),
                Option(
                    "centre",
                    _("I work or volunteer at a reporting centre or a partner"),
                    _("You will sign in and record it there"),
                    who="VWO",
                ),
                Option("victim", _("The person it happened to"), who="C"),
                Option("witness", _("Someone who saw or heard it"), who="C"),
                Option("on_behalf", _("Someone who is telling us for the person"), who="C"),
                Option(COMMUNITY, _("Someone telling us about a community or a building"), who="C"),
            ),
            required=always,
            missing=Wording(_("Choose who you are telling us about"), centre=_("Choose who is with you")),
        ),
        Question(
            "Q02a",
            Kind.MANY,
            _("What was it?"),
            hint=_("Choose all that fit."),
            under=("Q02", (COMMUNITY,)),
            options=from_codes("targets"),
        ),
        Question(
            "Q02a_name",
            Kind.LINE,
            _("What is it called?"),
            hint=_("You can leave this out."),
            under=("Q02", (COMMUNITY,)),
            limit=200,
        ),
        *TOLD,
    ),
)


def is_about_another(answers: Answers) -> bool:
    """Whether the teller is not the person it happened to."""
    return answers.get("Q02") in ("witness", "on_behalf")


def named_only_with_agreement(answers: Answers) -> bool:
    """Whether the person's name should be left out: they are not the teller and did not agree."""
    if not is_about_another(answers):
        return False
    if who_tells(answers) == "W" and answers.get("W02") != "yes":
        return False
    return answers.get("Q03") != AGREED


_KNOWS = Wording(
    _("Does the person it happened to know that you are telling us?"),
    centre=_("Does the person it happened to know that you are both telling us?"),
)
_KNOWS_OPTIONS = (
    Option(AGREED, _("Yes, and they agree")),
    Option("no_details", _("Yes, but they do not want their details shared")),
    Option("no", _("No, they do not know")),
    Option(
        "not_possible",
        _("It is not possible to ask them"),
        _("If a child, or an adult who needs care, may not be safe, say so on the next page"),
    ),
)

AGREEMENT = Page(
    name="agreement",
    code="h2",
    part=1,
    topic=_("the person it happened to"),
    title=_("The person it happened to"),
    lead=_("You can tell us without their name. We ask so that we can respect what they want."),
    applies=is_about_another,
    questions=(
        Question(
            "W02",
            Kind.ONE,
            _("Do you know the person it happened to?"),
            who="W",
            options=YES_NO,
        ),
        Question("Q03", Kind.ONE, _KNOWS, who="W", options=_KNOWS_OPTIONS, under=("W02", ("yes",))),
        Question(
            "Q03",
            Kind.ONE,
            _KNOWS,
            who="OC",
            options=_KNOWS_OPTIONS,
            required=always,
            missing=_("Choose whether the person knows that you are telling us"),
        ),
        Question(
            "Q04",
            Kind.ONE,
            Wording(_("How do you know them?"), centre=_("How does the person with you know them?")),
            hint=_("You can leave this out."),
            who="OC",
            applies=unless(has("Q02", "witness")),
            options=(
                Option("parent", _("Parent or guardian")),
                Option("carer", _("Carer")),
                Option("family_or_friend", _("Family or friend")),
                Option("education", _("School or college")),
                Option("housing", _("Landlord or housing")),
                Option("employer", _("Employer")),
                Option("community", _("Faith or community group")),
                Option("professional", _("I know them through my work")),
                Option("other", _("Something else")),
            ),
        ),
    ),
)
