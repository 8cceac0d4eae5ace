"""OpenID Connect by `django-allauth`: state, PKCE and the exchange are its own; who the person is, is ours.

Every answer is checked by signature, issuer, audience, time and nonce. Nothing of it is kept but the subject, the
level of assurance, and at the first time the name and, where the provider is trusted with it, the address.
"""

import secrets
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from buurtdraad.accounts.signing_in.providers import OpenIDProvider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
CLOCKS_DIFFER = 60  # seconds
# What allauth and its parts raise on an answer that is not as it should be (the last one: a subject that is too long).
REFUSALS = (OAuth2Error, requests.RequestException, jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError, ImproperlyConfigured)


class NotProven(Exception):  # noqa: N818
    """The provider did not say, in a way that we can check, who this is. `cancelled`: the person stopped there."""

    def __init__(self, *, cancelled: bool = False) -> None:
        super().__init__("cancelled" if cancelled else "not proven")
        self.cancelled = cancelled


def provider_named(name: str) -> OpenIDProvider | None:
    return next((provider for provider in settings.OIDC_PROVIDERS if provider.id == name), None)


class Answered(Exception):  # noqa: N818
    """Carries the checked claims out of allauth's flow, before it would make accounts of its own."""

    def __init__(self, claims: dict, state: dict) -> None:
        super().__init__("answered")
        self.claims, self.state = claims, state


class SocialAdapter(DefaultSocialAccountAdapter):
    """`SOCIALACCOUNT_ADAPTER`: stops allauth where the answer of the provider is in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        raise Answered(sociallogin.account.extra_data, sociallogin.state)

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_: Any) -> None:
        raise NotProven(cancelled=error == "cancelled") from exception


class Provider(OpenIDConnectProvider):
    """One of the city's providers, as allauth sees it."""

    pkce_enabled_default = True

    def get_callback_url(self) -> str:
        return reverse("accounts:openid_answer", args=[self.app.provider_id])

    def get_oauth2_adapter(self, request: HttpRequest) -> "Exchange":
        return Exchange(request, self.app.provider_id)


class Exchange(OpenIDConnectOAuth2Adapter):
    """The exchange with one provider."""

    def get_provider(self) -> Provider:
        return provider_for(self.request, self.ours)

    @property
    def ours(self) -> OpenIDProvider:
        found = provider_named(self.provider_id)
        assert found is not None
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("accounts:openid_answer", args=[self.provider_id]))

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        """The claims, once signature, issuer, audience and time are right; allauth itself would skip the signature."""
        header = jwt.get_unverified_header(id_token)
        with self.session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.key_id == header.get("kid")]
        if len(keys) != 1 or header.get("alg") not in ALGORITHMS:
            raise OAuth2Error("no key of the provider fits this token")
        return jwt.decode(
            id_token,
            key=keys[0],
            algorithms=ALGORITHMS,
            issuer=self.ours.issuer,
            audience=app.client_id,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )

    def session(self) -> requests.Session:
        return SocialAdapter(self.request).get_requests_session()


def provider_for(request: HttpRequest, ours: OpenIDProvider) -> Provider:
    app = SocialApp(provider="openid_connect", provider_id=ours.id, name=ours.name, client_id=ours.client_id, secret=ours.secret)
    app.settings = {"server_url": ours.configuration_url, "scope": list(ours.scope), "auth_params": dict(ours.ask)}
    return Provider(request, app=app)


def ask(request: HttpRequest, ours: OpenIDProvider, *, go_on: str) -> HttpResponseBase:
    """Send the person to the provider. Raises `NotProven` when it cannot be reached."""
    nonce = secrets.token_urlsafe(24)
    try:
        return provider_for(request, ours).redirect(
            request, AuthProcess.LOGIN, next_url=go_on, auth_params={**ours.ask, "nonce": nonce}, nonce=nonce
        )
    except REFUSALS as problem:
        raise NotProven from problem


def answer(request: HttpRequest, ours: OpenIDProvider) -> tuple[dict, str]:
    """The checked claims in the provider's answer, and the page to go on to. Raises `NotProven`."""
    try:
        OAuth2CallbackView.adapter_view(Exchange(request, ours.id))(request)
    except Answered as answered:
        token, userinfo = answered.claims.get("id_token"), answered.claims.get("userinfo") or {}
        if not token or not constant_time_compare(str(token.get("nonce", "")), answered.state["nonce"]):
            raise NotProven from None
        if userinfo and userinfo.get("sub") != token["sub"]:
            raise NotProven from None
        return userinfo | token, answered.state.get("next", "")
    except (*REFUSALS, ImmediateHttpResponse) as problem:
        raise NotProven from problem
    raise NotProven
