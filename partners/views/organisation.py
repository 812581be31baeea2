"""Signing in at one's organisation: there and back again, over allauth's OpenID Connect."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from partners.models import SignInProvider
from partners.organisations_sign_in import no_answer
from partners.refusing import TOO_MANY, note_refused


class ClaimsUnstored(OpenIDConnectOAuth2Adapter):
    """What the provider says of a person is looked at once and not stored: names and addresses are ours already."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        login = super().complete_login(request, app, token, **kwargs)
        login.claims = dict((login.account.extra_data or {}).get("id_token") or {})
        login.account.extra_data = {}
        return login


class SignIn(LoginView):
    """E-mail and password, or on to one's organisation where any has a sign-in of its own."""

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == TOO_MANY:
            note_refused(request)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"by_organisation": SignInProvider.objects.exists()}


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The organisations that have a sign-in of their own."""
    providers = SignInProvider.objects.select_related("organisation").order_by("organisation__name")
    context = {"providers": providers, "next": request.GET.get("next", "")}
    return render(request, "account/choose_organisation.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def there(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Says where one is going; the button leads there.

    The button's answer is a page that goes on by itself, not a redirect: browsers hold every redirect of a form against
    the addresses that forms may be sent to, and an organisation's sign-in may lead on to anywhere.
    """
    provider = get_object_or_404(
        SignInProvider.objects.select_related("organisation"), organisation__code=provider_id
    )
    context = {"organisation": provider.organisation, "next": request.GET.get("next", "")}
    if request.method != "POST":
        return render(request, "account/organisation.html", context)
    # Of what was sent only the way back goes on: the library takes more from an address than it should here.
    request.POST = QueryDict(urlencode({"next": request.POST.get("next", "")}))
    request.GET = QueryDict()
    try:
        answer = OAuth2LoginView.adapter_view(ClaimsUnstored(request, provider_id))(request)
    except (
        RequestException,
        KeyError,
        ValueError,
    ):  # it is away, or says something that is no OpenID Connect
        return no_answer(request)
    return _onwards(request, context, answer)


@login_not_required
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Comes back from the organisation's sign-in."""
    get_object_or_404(SignInProvider, organisation__code=provider_id)
    return OAuth2CallbackView.adapter_view(ClaimsUnstored(request, provider_id))(request)


def _onwards(request: HttpRequest, context: dict[str, Any], answer: HttpResponseBase) -> HttpResponseBase:
    address = answer.headers.get("Location", "")
    if not address:
        return answer
    page: HttpResponse = render(request, "account/onwards.html", {**context, "address": address})
    return page
