"""The plan's owner may say something else than the rule: with a reason, beside it, and until it is no longer needed."""

from datetime import timedelta

import pytest

from actionplans.models import Action, ActionPlan, NothingToOverride, NotThePlansOwner, ReasonMissing
from actionplans.rag import RagRating
from audit.models import AuditEvent
from partners.models import User
from tests.actionplans.world import plans_as_of
from tests.people import NOW, farah, member, ngozi, organisation

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def odile() -> User:
    """Odile of the county council owns a plan."""
    return member("Odile Marsh", organisation("lcc"), "plan_owner")


@pytest.fixture
def slipping() -> Action:
    """C3 is slipping: 27% done in a third of its time."""
    plans_as_of()
    action = Action.objects.select_related("plan").get(ref="C3")
    assert action.rating(today=TODAY).rag is RagRating.AMBER
    return action


def test_the_owners_word_stands_beside_the_rules_with_its_reason(slipping):
    made = slipping.override_rating(
        RagRating.GREEN, " Two thousand licences arrive on Monday. ", by=odile(), now=NOW
    )
    assert slipping.override(today=TODAY) == made
    assert (made.reason, made.rule_said) == ("Two thousand licences arrive on Monday.", RagRating.AMBER)
    assert slipping.rating(today=TODAY).rag is RagRating.AMBER, "the rule's rating is what counts"
    assert slipping in Action.objects.rated(TODAY).exceptions()
    event = AuditEvent.objects.get(act="action.rating_overridden")
    assert event.facts == {"rag": "green", "computed": "amber"}, "and not the reason"


def test_it_stops_by_itself_when_the_rule_is_as_good(slipping):
    slipping.override_rating(RagRating.GREEN, "Licences arrive.", by=odile(), now=NOW)
    slipping.record_update(
        percent_done=40, what_changed="They came.", by=ngozi(), organisation=slipping.lead, now=NOW
    )
    slipping.refresh_from_db()
    slipping.measure.value_now = 40
    assert slipping.rating(today=TODAY).rag is RagRating.GREEN
    assert slipping.override(today=TODAY) is None
    assert slipping.overrides.count() == 1, "what was said is kept"


def test_a_new_word_takes_the_place_of_the_earlier_one_and_ending_it_leaves_the_rule(slipping):
    slipping.override_rating(RagRating.GREEN, "Licences arrive.", by=odile(), now=NOW)
    later = NOW + timedelta(hours=1)
    slipping.override_rating(RagRating.RED, "They do not.", by=odile(), now=later)
    assert slipping.override(today=TODAY).rating is RagRating.RED
    slipping.end_override(by=odile(), now=later)
    assert slipping.override(today=TODAY) is None
    assert [each.ended_at for each in slipping.overrides.all()] == [later, later]
    with pytest.raises(NothingToOverride):
        slipping.end_override(by=odile(), now=later)


@pytest.mark.parametrize(
    "said", [RagRating.AMBER, RagRating.COMPLETE, RagRating.NOT_STARTED, RagRating.OVERDUE, RagRating.ENDED]
)
def test_nobody_says_what_the_rule_says_anyway_or_what_is_no_opinion(slipping, said):
    with pytest.raises(NothingToOverride, match="The rule says “Slipping”"):
        slipping.override_rating(said, "Because.", by=odile(), now=NOW)


def test_what_is_complete_is_not_talked_down(slipping):
    done = Action.objects.get(ref="C1")
    with pytest.raises(NothingToOverride, match="Complete"):
        done.override_rating(RagRating.RED, "Because.", by=odile(), now=NOW)


def test_without_a_reason_there_is_no_other_word(slipping):
    with pytest.raises(ReasonMissing):
        slipping.override_rating(RagRating.GREEN, "  ", by=odile(), now=NOW)
    assert not slipping.overrides.exists()


def test_only_the_plans_owner_says_it(slipping):
    for somebody in (ngozi(), farah()):
        with pytest.raises(NotThePlansOwner):
            slipping.override_rating(RagRating.GREEN, "Because.", by=somebody, now=NOW)
    pia = member("Pia Lund", organisation("police"), "plan_owner")
    ActionPlan.objects.filter(code="appendix-c").update(owner=pia)
    slipping = Action.objects.select_related("plan").get(ref="C3")
    with pytest.raises(NotThePlansOwner):
        slipping.override_rating(RagRating.GREEN, "Because.", by=odile(), now=NOW)
    slipping.override_rating(RagRating.GREEN, "Because.", by=pia, now=NOW)
    with pytest.raises(NotThePlansOwner):
        slipping.end_override(by=odile(), now=NOW)
