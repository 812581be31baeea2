"""Parts 4 and 5: how the person is, how to reach them safely, what they would like, and who may see it."""

from django.utils.translation import gettext_lazy as _

from reporting.journey.at_centre import AGREED, FEEDBACK, NO_ONE, WITHOUT_AGREEMENT
from reporting.journey.barring import LEAVE_ONE, bars_everybody
from reporting.journey.before import YES_NO
from reporting.journey.choices import (
    from_codes,
    must_not_see_words,
    organisations,
    recipients,
    sharing_words,
)
from reporting.journey.happened import would_rather_tell
from reporting.journey.question import (
    Answers,
    Kept,
    Kind,
    Option,
    Page,
    Question,
    Rule,
    Wording,
    always,
    both,
    chosen,
    has,
    is_about_a_community,
    unless,
)

SAFETY = Page(
    name="safety",
    code="t8",
    part=4,
    topic=_("staying safe"),
    title=Wording(
        _("How are they now?"), victim=_("How are you now?"), community=_("Could it happen again soon?")
    ),
    lead=_("You can leave any of these out. They help us to see how quickly we need to act."),
    applies=lambda answers: answers.get("Q02") != "witness" or answers.get("channel") == "centre",
    questions=(
        Question(
            "Q16",
            Kind.MANY,
            Wording(
                _("How has it affected the person it happened to?"), victim=_("How has it affected you?")
            ),
            hint=_("Choose all that fit."),
            who="VOC",
            applies=unless(is_about_a_community),
            options=from_codes("effects", to_victim={"changed": _("Changed what I do or wear")}),
            exclusive="prefer_not",
        ),
        Question(
            "Q19",
            Kind.ONE,
            _("Could it happen again soon?"),
            who="VOC",
            options=(
                Option("yes", _("Yes, I think they will come back")),
                Option("maybe", _("Maybe")),
                Option("no", _("No")),
                Option("not_known", _("Not sure")),
            ),
        ),
        Question(
            "Q28",
            Kind.ONE,
            Wording(_("How old is the person it happened to?"), victim=_("How old are you?")),
            hint=_("We ask because children have a right to extra help."),
            who="VOC",
            applies=unless(is_about_a_community),
            options=from_codes("age_bands"),
        ),
    ),
)

NAME = Page(
    name="name",
    code="v3",
    part=4,
    topic=_("your name"),
    title=_("Do you want to give your name?"),
    questions=(
        Question(
            "Q25",
            Kind.ONE,
            Wording(
                _("Do you want to give your name?"), centre=_("Does the person want to give their name?")
            ),
            hint=_(
                "You do not have to. If you stay anonymous, you can still come back here with a code, see what has "
                "happened and read what we write to you."
            ),
            options=(
                Option("yes", _("Yes")),
                Option("contact_only", _("No, but here is a safe way to contact me"), who="VWO"),
                Option("contact_only", _("No, but there is a safe way to contact them"), who="C"),
                Option("no", _("No, stay anonymous")),
            ),
            required=always,
            missing=_("Choose whether to give a name. You can stay anonymous"),
        ),
    ),
    rules=(
        Rule(
            "Q25",
            both(would_rather_tell, has("Q25", "no")),
            _(
                "You said you would rather tell a person. Choose a way to contact you, or go back and write it"
            ),
        ),
    ),
)


def _has_numbers(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= 6


def _looks_like_email(text: str) -> bool:
    before, at, after = text.strip().rpartition("@")
    return bool(before and at and "." in after.strip(".") and " " not in text.strip())


CONTACT = Page(
    name="contact",
    code="y9",
    part=4,
    topic=_("contacting you safely"),
    title=Wording(_("How can we contact you safely?"), centre=_("How can the person be contacted safely?")),
    lead=_("We never say what it is about until we know that we are speaking to the right person."),
    applies=has("Q25", "yes", "contact_only"),
    questions=(
        Question(
            "Q26_name",
            Kind.LINE,
            Wording(_("What should we call you?"), centre=_("What should we call them?")),
            hint=_("Any name that you like to be called."),
            required=has("Q25", "yes"),
            missing=_("Enter a name, or go back and choose to stay anonymous"),
            limit=200,
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_how",
            Kind.ONE,
            _("What is the safest way?"),
            options=(
                Option("phone", _("Phone call")),
                Option("text", _("Text message")),
                Option("email", _("Email")),
                Option("letter", _("Letter"), _("Only if it is safe for a letter to come there")),
                Option("centre", _("Through this reporting centre"), who="C"),
            ),
            required=always,
            missing=_("Choose the safest way to contact you"),
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_phone",
            Kind.LINE,
            _("Phone number"),
            under=("Q26_how", ("phone",)),
            required=has("Q26_how", "phone"),
            missing=_("Enter the phone number"),
            check=(_has_numbers, _("Enter a phone number with all its digits, like 01632 960 001")),
            limit=40,
            width=20,
            inputmode="tel",
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_message",
            Kind.ONE,
            _("Is it safe to leave a message?"),
            hint=_("If you do not choose, we will not leave one."),
            under=("Q26_how", ("phone",)),
            options=YES_NO,
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_mobile",
            Kind.LINE,
            _("Mobile number"),
            under=("Q26_how", ("text",)),
            required=has("Q26_how", "text"),
            missing=_("Enter the mobile number"),
            check=(_has_numbers, _("Enter a mobile number with all its digits, like 07700 900 001")),
            limit=40,
            width=20,
            inputmode="tel",
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_email",
            Kind.LINE,
            _("Email address"),
            under=("Q26_how", ("email",)),
            required=has("Q26_how", "email"),
            missing=_("Enter the email address"),
            check=(_looks_like_email, _("Enter an email address like name@example.org")),
            limit=254,
            inputmode="email",
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_address",
            Kind.WORDS,
            _("Address"),
            under=("Q26_how", ("letter",)),
            required=has("Q26_how", "letter"),
            missing=_("Enter the address"),
            limit=500,
            rows=4,
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_times",
            Kind.LINE,
            _("When is it safe?"),
            hint=_("For example, “weekdays from 10 to 2”. You can leave this out."),
            limit=200,
            kept=Kept.CONTACT,
        ),
        Question(
            "Q26_care",
            Kind.WORDS,
            _("Is there anything we must be careful about?"),
            hint=_("For example, who else may answer, or what we must not say. You can leave this out."),
            limit=500,
            rows=3,
            kept=Kept.CONTACT,
        ),
    ),
)


def _bar_names_nobody(answers: Answers) -> bool:
    named = chosen(answers, "Q24_bar_org") or answers.get("Q24_bar_person")
    return answers.get("Q24_bar") == "yes" and not named


WISHES = Page(
    name="wishes",
    code="x6",
    part=5,
    topic=_("what happens next"),
    title=Wording(
        _("What would you like to happen?"),
        witness=_("Is there someone who must not see this?"),
        centre=_("What would the person like to happen?"),
    ),
    aside="reporting/asides/wishes.html",
    questions=(
        Question(
            "Q23",
            Kind.MANY,
            Wording(
                _("What would help?"),
                on_behalf=_("What would help them?"),
                centre=_("What would help them?"),
                community=_("What would help?"),
            ),
            hint=_(
                "Choose all that fit. We cannot promise all of it, but we will always tell you what happened."
            ),
            who="VOC",
            options=from_codes("wishes"),
            exclusive="not_sure",
            required=always,
            missing=_("Choose what you would like, or “Not sure”"),
        ),
        Question(
            "Q24_bar",
            Kind.ONE,
            must_not_see_words("question"),
            hint=must_not_see_words("hint"),
            options=YES_NO,
            kept=Kept.BAR,
        ),
        Question(
            "Q24_bar_org",
            Kind.MANY,
            _("Which organisations must not see it?"),
            under=("Q24_bar", ("yes",)),
            options=organisations,
            kept=Kept.BAR,
        ),
        Question(
            "Q24_bar_person",
            Kind.WORDS,
            _("Which person must not see it?"),
            hint=_("A name, or how you know them and where they work."),
            under=("Q24_bar", ("yes",)),
            limit=500,
            rows=3,
            kept=Kept.BAR,
        ),
        Question(
            "Q24",
            Kind.MANY,
            sharing_words("question"),
            hint=sharing_words("intro"),
            who="VOC",
            applies=has("Q25", "yes"),
            options=recipients,
            exclusive=NO_ONE,
            required=always,
            missing=_("Choose who can see it, or “No one with my name on it”"),
        ),
        Question(
            "Q24",
            Kind.MANY,
            sharing_words("question_without_name"),
            hint=sharing_words("intro"),
            who="VOC",
            applies=unless(has("Q25", "yes")),
            options=recipients,
            exclusive=NO_ONE,
            required=always,
            missing=_("Choose who can see it, or “No one with my name on it”"),
        ),
        AGREED,
        FEEDBACK,
    ),
    rules=(
        Rule(
            "Q24_bar_org",
            _bar_names_nobody,
            _("Choose an organisation, or write which person must not see it"),
        ),
        Rule("Q24_bar_org", bars_everybody, LEAVE_ONE),
        *WITHOUT_AGREEMENT,
    ),
)
