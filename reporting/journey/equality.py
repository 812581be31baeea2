"""Questions about who the person is. They help to see who does not tell us, are kept apart from the report and can be
skipped all at once. The questions follow the harmonised ones of the Office for National Statistics."""

from django.utils.translation import gettext_lazy as _

from reporting.journey.choices import from_codes
from reporting.journey.question import (
    Kept,
    Kind,
    Option,
    Page,
    Question,
    Wording,
    Words,
    is_about_a_community,
    unless,
)

PREFER_NOT = Option("prefer_not", _("Prefer not to say"))


def _asked(name: str, kind: Kind, label: Words | Wording, *options: Option, table: str = "") -> Question:
    choices = from_codes(table, more=(PREFER_NOT,)) if table else (*options, PREFER_NOT)
    return Question(f"Q30_{name}", kind, label, who="VOC", options=choices, kept=Kept.EQUALITY)


EQUALITY = Page(
    name="equality",
    code="u2",
    part=5,
    topic=_("questions about equality"),
    title=_("Questions about equality"),
    lead=Wording(
        _(
            "The answers show us whether we help everyone. They are about the person it happened to. We keep them "
            "apart: nobody who works on this report sees them. You can skip them all."
        ),
        victim=_(
            "Your answers show us whether we help everyone. We keep them apart: nobody who works on your report sees "
            "them. You can skip them all."
        ),
    ),
    applies=unless(is_about_a_community),
    is_more=True,
    may_skip=True,
    questions=(
        _asked(
            "sex",
            Kind.ONE,
            Wording(_("What is their sex?"), victim=_("What is your sex?")),
            Option("female", _("Female")),
            Option("male", _("Male")),
        ),
        _asked(
            "gender",
            Kind.ONE,
            Wording(
                _("Is their gender the same as the sex they were given at birth?"),
                victim=_("Is your gender the same as the sex you were given at birth?"),
            ),
            Option("same", _("Yes")),
            Option("other", _("No")),
        ),
        _asked(
            "ethnicity",
            Kind.CHOSEN,
            Wording(_("What is their ethnic group?"), victim=_("What is your ethnic group?")),
            table="ethnic_groups",
        ),
        _asked(
            "religion",
            Kind.ONE,
            Wording(_("What is their religion?"), victim=_("What is your religion?")),
            table="own_religions",
        ),
        _asked(
            "disability",
            Kind.ONE,
            Wording(
                _("Do they have a disability, or an illness that lasts a year or more?"),
                victim=_("Do you have a disability, or an illness that lasts a year or more?"),
            ),
            Option("limits_a_lot", _("Yes, and it makes daily life a lot harder")),
            Option("limits_a_little", _("Yes, and it makes daily life a little harder")),
            Option("does_not_limit", _("Yes, but it does not make daily life harder")),
            Option("no", _("No")),
        ),
        _asked(
            "sexuality",
            Kind.ONE,
            Wording(_("What is their sexual orientation?"), victim=_("What is your sexual orientation?")),
            Option("straight", _("Straight or heterosexual")),
            Option("gay_or_lesbian", _("Gay or lesbian")),
            Option("bisexual", _("Bisexual")),
            Option("other", _("Something else")),
        ),
    ),
)
