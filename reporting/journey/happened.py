"""Parts 2 and 3: what happened, why, when and where."""

from django.utils.translation import gettext_lazy as _

from reporting.journey.choices import STRAND_HINTS, areas, from_codes
from reporting.journey.question import (
    Answers,
    Kept,
    Kind,
    Option,
    Page,
    Question,
    Rule,
    Wording,
    has,
    options,
    unless,
)

EARLIEST_YEAR = 1920
WORDS_LIMIT = 4000

would_rather_tell = has("Q07_person", "yes")
# Somebody who would rather tell a person has nothing more that they must answer about what happened.
tells_here = unless(would_rather_tell)


def _place_is_needed(answers: Answers) -> bool:
    return tells_here(answers) and not has("Q14", "online")(answers)


def _date_is_too_old(answers: Answers) -> bool:
    date = str(answers.get("Q11_date") or "")
    return bool(date) and int(date[:4]) < EARLIEST_YEAR


WHAT = Page(
    name="what",
    code="k9",
    part=2,
    topic=_("what happened"),
    title=Wording(
        _("What happened?"),
        witness=_("What did you see or hear?"),
        on_behalf=_("What happened to them?"),
        centre=_("What happened?"),
        community=_("What happened?"),
    ),
    aside="reporting/asides/what.html",
    questions=(
        Question(
            "Q06",
            Kind.MANY,
            _("What was it?"),
            hint=_("Choose all that fit."),
            options=from_codes("incident_kinds"),
            required=tells_here,
            missing=_("Choose at least one thing that happened. Choose “Something else” if none of them fit"),
        ),
        Question(
            "Q06a",
            Kind.CHOSEN,
            _("Where online was it?"),
            under=("Q06", ("online",)),
            options=options(
                [
                    ("facebook", "Facebook"),
                    ("instagram", "Instagram"),
                    ("x", "X"),
                    ("tiktok", "TikTok"),
                    ("whatsapp", "WhatsApp"),
                    ("youtube", "YouTube"),
                    ("snapchat", "Snapchat"),
                    ("gaming", _("A game")),
                    ("email", _("Email")),
                    ("other", _("Somewhere else")),
                ]
            ),
        ),
        Question(
            "Q06a_link",
            Kind.LINE,
            _("A link to it, if you have one"),
            hint=_("Do not look at it again if it upsets you."),
            under=("Q06", ("online",)),
            limit=1000,
        ),
        Question(
            "Q06a_username",
            Kind.LINE,
            _("The name they used online, if you know it"),
            under=("Q06", ("online",)),
            limit=200,
        ),
        Question(
            "Q07",
            Kind.WORDS,
            Wording(
                _("Tell us what happened, in your own words"),
                witness=_("Tell us what you saw or heard, in your own words"),
                centre=_("What happened, in the person's own words"),
            ),
            hint=Wording(
                _("Write as much or as little as you like. Spelling does not matter. You do not need proof."),
                centre=_("Write what they say, as they say it. Read it back to them."),
            ),
            limit=WORDS_LIMIT,
            required=tells_here,
            missing=_("Write what happened, or tick that you would rather tell a person"),
            kept=Kept.WORDS,
        ),
        Question(
            "Q07_person",
            Kind.TICK,
            Wording(
                _("I would rather tell a person"),
                centre=_("They would rather tell someone else, at another time"),
            ),
            hint=_("You can leave everything else out. We will ask how to contact you safely."),
        ),
    ),
)

_WHY = Wording(
    _("Why do you think it happened?"),
    witness=_("Why do you think the person was picked on?"),
    on_behalf=_("Why do you think they were picked on?"),
    centre=_("Why does the person think it happened?"),
    community=_("Why do you think it happened?"),
)

WHY = Page(
    name="why",
    code="m4",
    part=2,
    topic=_("why it happened"),
    title=_WHY,
    questions=(
        Question(
            "Q08",
            Kind.MANY,
            _WHY,
            hint=_("Choose all that fit. You do not need to be sure. What you think is enough."),
            options=from_codes("strands", hints=STRAND_HINTS, more=(Option("not_sure", _("Not sure")),)),
            exclusive="not_sure",
            required=tells_here,
            missing=_("Choose at least one reason, or “Not sure”"),
        ),
        Question(
            "Q08b",
            Kind.CHOSEN,
            _("Which religion or belief did they mean?"),
            hint=_("The one that they seemed to think of, even if they were wrong."),
            under=("Q08", ("religion",)),
            options=from_codes("religions"),
        ),
        Question(
            "Q08a",
            Kind.MANY,
            _("What was the difference?"),
            under=("Q08", ("other",)),
            options=from_codes("other_differences"),
        ),
        Question(
            "Q08a_text",
            Kind.LINE,
            _("Tell us more about it, if you like"),
            under=("Q08", ("other",)),
            limit=300,
        ),
    ),
)

WHEN = Page(
    name="when",
    code="p7",
    part=3,
    topic=_("when it happened"),
    title=_("When did it happen?"),
    lead=_("About when is good enough."),
    questions=(
        Question(
            "Q11",
            Kind.ONE,
            _("Do you know the date?"),
            options=(
                Option("exact", _("Yes, I know the date")),
                Option("about", _("I know about when")),
                Option("going_on", _("It has been going on for some time")),
                Option("not_sure", _("Not sure")),
            ),
            required=tells_here,
            missing=_("Choose when it happened, or “Not sure”"),
        ),
        Question(
            "Q11_date",
            Kind.DATE,
            _("What was the date?"),
            under=("Q11", ("exact",)),
            required=has("Q11", "exact"),
            missing=_("Enter the date, or choose “I know about when”"),
        ),
        Question(
            "Q11_time",
            Kind.CHOSEN,
            _("What time of day was it?"),
            under=("Q11", ("exact",)),
            options=(
                Option("morning", _("Morning, 6am to midday")),
                Option("afternoon", _("Afternoon, midday to 6pm")),
                Option("evening", _("Evening, 6pm to midnight")),
                Option("night", _("Night, midnight to 6am")),
                Option("not_sure", _("Not sure")),
            ),
        ),
        Question(
            "Q11_about",
            Kind.CHOSEN,
            _("About when was it?"),
            under=("Q11", ("about",)),
            options=(
                Option("week", _("In the last week")),
                Option("month", _("In the last month")),
                Option("half_year", _("In the last 6 months")),
                Option("year", _("In the last year")),
                Option("longer", _("Longer ago")),
            ),
            required=has("Q11", "about"),
            missing=_("Choose about when it happened"),
        ),
        Question(
            "Q11_since",
            Kind.LINE,
            _("When did it start?"),
            hint=_("For example, “last summer” or “when they moved in”."),
            under=("Q11", ("going_on",)),
            limit=200,
        ),
        Question(
            "Q11_often",
            Kind.CHOSEN,
            _("How often does it happen?"),
            under=("Q11", ("going_on",)),
            options=(
                Option("daily", _("Most days")),
                Option("weekly", _("Most weeks")),
                Option("monthly", _("Most months")),
                Option("less", _("Less often")),
                Option("not_sure", _("Not sure")),
            ),
        ),
        Question(
            "Q12",
            Kind.ONE,
            _("Has anything like this happened before?"),
            hint=_("You can leave this out."),
            options=from_codes("repeats"),
        ),
    ),
    rules=(Rule("Q11_date", _date_is_too_old, _("Check the year. It is too long ago")),),
)


def _postcode_says_no_area(answers: Answers) -> bool:
    """The page puts the area of a known postcode in before this is asked (`reporting.places`)."""
    return tells_here(answers) and bool(answers.get("Q14_postcode")) and not answers.get("Q14")


WHERE = Page(
    name="where",
    code="r5",
    part=3,
    topic=_("where it happened"),
    title=_("Where did it happen?"),
    aside="reporting/asides/where.html",
    questions=(
        Question(
            "Q14_postcode",
            Kind.LINE,
            _("Postcode, if you know it"),
            hint=_("We find the area for you. If you only want to give the area, choose it below."),
            limit=20,
            width=10,
        ),
        Question(
            "Q14",
            Kind.ONE,
            _("Which area was it in?"),
            options=areas,
            required=tells_here,
            missing=_("Choose an area, “Online” or “Not sure”"),
        ),
        Question(
            "Q13",
            Kind.ONE,
            _("What kind of place was it?"),
            hint=_("If it was only online, you can leave this out."),
            options=from_codes("places", more=(Option("not_sure", _("Not sure")),)),
            required=_place_is_needed,
            missing=_("Choose the kind of place"),
        ),
        Question(
            "Q13_operator",
            Kind.LINE,
            _("Which train, tram or bus company was it?"),
            hint=_(
                "You can leave this out. On a train or at a station you can also text British Transport Police on "
                "61016."
            ),
            under=("Q13", ("transport",)),
            limit=100,
        ),
        Question(
            "Q13_route",
            Kind.LINE,
            _("Which line or route, and where to?"),
            under=("Q13", ("transport",)),
            limit=200,
        ),
        Question(
            "Q13_school",
            Kind.LINE,
            _("What is the school, college or university called?"),
            hint=_("You can leave this out."),
            under=("Q13", ("education",)),
            limit=200,
        ),
        Question(
            "Q13_employer",
            Kind.CHOSEN,
            _("Whose workplace was it?"),
            under=("Q13", ("work",)),
            options=from_codes("employers"),
        ),
        Question(
            "Q14_address",
            Kind.LINE,
            _("Where exactly?"),
            hint=_("An address, a street, a bus route or the name of a place. You can leave this out."),
            limit=300,
        ),
    ),
    rules=(
        Rule(
            "Q14_postcode",
            _postcode_says_no_area,
            _("We do not know this postcode. Check it, or choose the area below"),
        ),
    ),
)
