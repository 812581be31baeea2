"""Coming in by an organisation's own sign-in: only people who were invited, only to where they work."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partners.models import SignInProvider, User
from partners.presence import leave


class OrganisationsSignIn(DefaultSocialAccountAdapter):
    """Who may come in by which organisation's sign-in, and what that counts for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The organisation's, from our own table: its secret is sealed there."""
        found = SignInProvider.objects.select_related("organisation").filter(organisation__code=provider)
        return [one.as_app() for one in found if client_id in (None, one.client_id)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lets in who is linked, links who comes for the first time, and refuses everybody else in the same words."""
        provider = SignInProvider.objects.select_related("organisation").get(
            organisation__code=sociallogin.account.provider
        )
        claims: dict[str, Any] = getattr(sociallogin, "claims", {})
        user = sociallogin.user if sociallogin.is_existing else invited(provider, claims)
        if (
            not isinstance(user, User)
            or not user.is_active
            or user.organisation_id != provider.organisation_id
        ):
            raise ImmediateHttpResponse(refused(request))
        if request.user.is_authenticated:
            # Before anything is noted of the new session: later the library would end the old one, and that with it.
            leave(request)
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        if provider.saw_a_second_factor(claims):
            # Only now, when nothing can be refused any more.
            record_authentication(request, user, "mfa", type="organisation", reauthenticated=True)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Given up on the other side, or something went wrong on the way: one page for all, with what to do."""
        raise ImmediateHttpResponse(no_answer(request))


def invited(provider: SignInProvider, claims: dict[str, Any]) -> User | None:
    """The person at this organisation whose work address the provider vouches for, and whom it has not named yet: an
    address may be given to somebody else later, the provider's own name for a person is not."""
    email = str(claims.get("preferred_username" if provider.owns_its_addresses else "email") or "")
    is_proven = claims.get("email_verified") is True or provider.owns_its_addresses
    if not is_proven or not provider.vouches_for(email):
        return None
    here = User.objects.filter(
        email__iexact=email,
        memberships__organisation=provider.organisation,
        memberships__left_at=None,
    )
    return here.exclude(socialaccount__provider=provider.provider_id).first()


def refused(request: HttpRequest) -> HttpResponse:
    """The same page for everybody who can't come in this way."""
    return render(request, "account/not_by_organisation.html", status=403)


def no_answer(request: HttpRequest) -> HttpResponse:
    """The organisation's sign-in did not say who it is."""
    return render(request, "account/no_answer.html", status=502)
