"""Addresses of this room: roles under people/, one's own account under account/, the way to the OIDC provider."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.socialaccount import views as social
from django.urls import URLPattern, path, re_path

from helsevev.commons.people.views import oidc, own, signing_in, staff

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", staff.people, name="people"),
    path("<uuid:key>/", staff.person, name="person"),
    path("<uuid:key>/give/", staff.give, name="give"),
    path("role/<int:pk>/end/", staff.end, name="end"),
    path("in/<slug:key>/", staff.organisation, name="organisation_roles"),
    path("in/<slug:key>/give/", staff.give_in, name="give_in"),
]

# allauth looks these up by its own names, so they stand without a room's name before them.
account_urlpatterns: list[URLPattern] = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/link/", signing_in.ask_link, name="account_ask_link"),
    path("sign-in/link/sent/", signing_in.link_sent, name="account_link_sent"),
    path("sign-in/link/<str:token>/", signing_in.use_link, name="account_use_link"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-up/", account.signup, name="account_signup"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("prove/", signing_in.prove, name="account_prove"),
    path("prove/password/", account.reauthenticate, name="account_reauthenticate"),
    path("prove/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("address/", account.email, name="account_email"),
    path("address/confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^address/confirm/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor/", signing_in.second_factor, name="account_second_factor"),
    path("second-factor/all/", mfa.index, name="mfa_index"),
    path("second-factor/app/", signing_in.set_up_app, name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("identity/", oidc.identity, name="socialaccount_connections"),
    path("identity/new/", social.signup, name="socialaccount_signup"),
    path("identity/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("identity/refused/", social.login_error, name="socialaccount_login_error"),
    path("name/", own.change_name, name="account_change_name"),
    path("language/", own.choose_language, name="account_choose_language"),
    path("notices/", own.choose_notices, name="account_choose_notices"),
    path("sessions/<int:pk>/end/", own.end_session, name="account_end_session"),
    path("sessions/end/", own.end_other_sessions, name="account_end_other_sessions"),
    path("delete/", own.delete_account, name="account_delete"),
]

# Registered with the provider letter by letter, so they have no language.
plain_urlpatterns: list[URLPattern] = [
    path("login/", oidc.out, name="oidc_login"),
    path("callback/", oidc.back, name="oidc_callback"),
]
