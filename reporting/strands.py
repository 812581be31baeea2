"""What hostility was about, as the partnership monitors it: five strands of the national five, and a sixth."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Strand(models.TextChoices):
    """The order is the same on every page, chart and table."""

    DISABILITY = "disability", _("Disability")
    RACE = "race", _("Race")
    RELIGION = "religion", _("Religion or belief")
    SEXUAL_ORIENTATION = "sexual_orientation", _("Sexual orientation")
    TRANSGENDER = "transgender", _("Transgender identity")
    OTHER = "other", _("Any other perceived difference")


class ReporterRole(models.TextChoices):
    """Who is telling us."""

    VICTIM = "victim", _("the person it happened to")
    WITNESS = "witness", _("somebody who saw or heard it")
    ON_BEHALF = "on_behalf", _("somebody reporting for the person")
    COMMUNITY = "community", _("somebody reporting for a community or about a building")
    CENTRE = "centre", _("a reporting centre, with the person")


class Channel(models.TextChoices):
    """The way a report came."""

    ONLINE = "online", _("online")
    CENTRE = "centre", _("through a reporting centre")
    # To an officer, who wrote it down.
    PHONE = "phone", "by phone"
    COUNTER = "counter", "at a counter"
    HISTORIC = "historic", _("from earlier records")


class Whereabouts(models.TextChoices):
    """What is known of the area."""

    DISTRICT = "district", _("in one of the nine districts")
    ONLINE = "online", _("online")
    OUTSIDE = "outside", _("outside Leicester, Leicestershire and Rutland")
    NOT_SURE = "not_sure", _("not sure")


class PublicStatus(models.TextChoices):
    """What a reporter sees of progress: only what a caseworker chose to tell them. The sentences that stand under
    each are the partnership's (`wording/status.toml`), by the same codes."""

    RECEIVED = "received", _("We have your report")
    READ = "read", _("Someone has read it")
    BEING_LOOKED_AT = "being_looked_at", _("Someone is working on it")
    WAITING_FOR_YOU = "waiting_for_you", _("We need to hear from you")
    WITH_PARTNER = "with_partner", _("Another organisation is helping")
    ACTION_TAKEN = "action_taken", _("Something has been done")
    RECORDED_ONLY = "recorded_only", _("We have recorded it, as you asked")
    FINISHED = "closed", _("We have finished")
    WITHDRAWN = "withdrawn", _("You took back your permission")
