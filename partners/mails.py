"""What the portal writes to staff. The address and the link are looked up when it is sent, never kept in the outbox."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partners.models import Invitation, User


def send_invitation(invitation: Invitation) -> None:
    """The link by which one person comes in."""
    link = full_address(reverse("invitation", args=[invitation.token]))
    _send("invitation", invitation.email, {"invitation": invitation, "link": link})


def send_password_reset(user: User) -> None:
    """The link by which somebody chooses a new password."""
    link = full_address(
        reverse(
            "account_reset_password_from_key",
            args=[user_pk_to_url_str(user), default_token_generator.make_token(user)],
        )
    )
    _send("password_reset", user.email, {"user": user, "link": link})


def full_address(path: str) -> str:
    """The address of a page as it stands in a letter."""
    return urljoin(settings.BASE_URL, path)


def _send(name: str, to: str, context: dict[str, object]) -> None:
    subject, _, text = render_to_string(f"partners/mails/{name}.txt", context).partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to])
