"""What the portal writes to staff. The address and the link are looked up when it is sent, never kept in the outbox."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partners.models import AccessReview, Invitation, SecondFactorReset, User


def send_invitation(invitation: Invitation) -> None:
    """The link by which one person comes in."""
    link = full_address(reverse("invitation", args=[invitation.token]))
    _send("invitation", invitation.email, {"invitation": invitation, "link": link})


def send_password_reset(user: User) -> None:
    """The link by which somebody chooses a new password."""
    _send("password_reset", user.email, {"user": user, "link": _password_link(user)})


def _password_link(user: User) -> str:
    token = default_token_generator.make_token(user)
    return full_address(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), token]))


def send_reset_asked(reset: SecondFactorReset, to: User) -> None:
    """To the other administrators: one of them has to agree."""
    link = full_address(reverse("partners:decide_reset", args=[reset.pk]))
    _send("reset_asked", to.email, {"reset": reset, "user": to, "link": link})


def send_second_factor_reset(user: User) -> None:
    """To the person: what was taken away, and the link by which they choose a new password."""
    _send("second_factor_reset", user.email, {"user": user, "link": _password_link(user)})


def send_reset_at_the_machine(person: User, to: User) -> None:
    """To an administrator: somebody at the server took a second step away."""
    _send("reset_at_the_machine", to.email, {"person": person, "user": to})


def send_access_review(review: AccessReview, what: str, to: User) -> None:
    """To somebody who answers for an organisation: its review was "opened", "warned" or "closed"."""
    link = full_address(reverse("partners:access_review", args=[review.pk]))
    _send(f"access_review_{what}", to.email, {"review": review, "user": to, "link": link})


def full_address(path: str) -> str:
    """The address of a page as it stands in a letter."""
    return urljoin(settings.BASE_URL, path)


def _send(name: str, to: str, context: dict[str, object]) -> None:
    subject, _, text = render_to_string(f"partners/mails/{name}.txt", context).partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to])
