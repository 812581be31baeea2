"""Sharing a case, and asking others to act on it."""

from django.urls import path

from casework.views.referrals import answer, ask, referrals, withdraw
from casework.views.share import decide, share, sharing, stop

ROUTES = [
    path("referrals/", referrals, name="referrals"),
    path("cases/<slug:reference>/sharing/", sharing, name="sharing"),
    path("cases/<slug:reference>/share/", share, name="share"),
    path("cases/<slug:reference>/shares/<uuid:share_id>/stop/", stop, name="stop_sharing"),
    path("cases/<slug:reference>/share/<uuid:override_id>/", decide, name="decide_sharing"),
    path("cases/<slug:reference>/refer/", ask, name="refer"),
    path("cases/<slug:reference>/referrals/<uuid:referral_id>/", answer, name="referral"),
    path("cases/<slug:reference>/referrals/<uuid:referral_id>/withdraw/", withdraw, name="referral_withdraw"),
]
