from django.urls import path

from buurtdraad.accounts.signing_in.views import devices, openid, passkey, second_factor, sign_in

urlpatterns = [
    path("inloggen/", sign_in.sign_in, name="sign_in"),
    path("inloggen/verstuurd/", sign_in.sign_in_sent, name="sign_in_sent"),
    path("inloggen/link/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("inloggen/wachtwoord/", sign_in.sign_in_by_password, name="sign_in_by_password"),
    path("inloggen/passkey/", passkey.passkey_sign_in, name="passkey_sign_in"),
    path("inloggen/passkey/vraag/", passkey.passkey_question, name="passkey_question"),
    path("inloggen/bij/<slug:provider>/", openid.openid_ask, name="openid_ask"),
    path("inloggen/bij/<slug:provider>/antwoord/", openid.openid_answer, name="openid_answer"),
    path("uitloggen/", sign_in.sign_out, name="sign_out"),
    path("mijn/tweede-stap/", second_factor.second_factor, name="second_factor"),
    path("mijn/tweede-stap/opnieuw/", second_factor.pass_again, name="pass_again"),
    path("mijn/tweede-stap/app/", second_factor.set_up_app, name="set_up_app"),
    path("mijn/tweede-stap/passkey/", passkey.add_passkey, name="add_passkey"),
    path("mijn/tweede-stap/passkey/vraag/", passkey.new_passkey_question, name="new_passkey_question"),
    path("mijn/tweede-stap/herstelcodes/", second_factor.new_recovery_codes, name="new_recovery_codes"),
    path("mijn/tweede-stap/weg/<int:number>/", second_factor.take_away, name="take_away"),
    path("mijn/apparaten/", devices.devices, name="devices"),
    path("mijn/apparaten/alle-andere/uit/", devices.end_other_devices, name="end_other_devices"),
    path("mijn/apparaten/<slug:mark>/uit/", devices.end_device, name="end_device"),
    path("mijn/wachtwoord/", devices.new_password, name="new_password"),
]
