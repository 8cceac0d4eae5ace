"""Pages of agendas, for everybody and for staff."""
