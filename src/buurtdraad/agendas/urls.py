from buurtdraad.agendas.agenda.urls import urlpatterns as agenda
from buurtdraad.agendas.comments.urls import urlpatterns as comments
from buurtdraad.agendas.meetings.urls import urlpatterns as meetings
from buurtdraad.agendas.ways_in.urls import urlpatterns as ways_in
from buurtdraad.agendas.wishes.urls import urlpatterns as wishes

app_name = "agendas"
urlpatterns = [*ways_in, *wishes, *comments, *meetings, *agenda]
