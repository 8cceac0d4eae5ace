from buurtdraad.accounts.signing_in.urls import urlpatterns as signing_in

app_name = "accounts"
urlpatterns = [*signing_in]
