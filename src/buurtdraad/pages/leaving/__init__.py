"""When a partner leaves: what it agreed to in agendas, shown before anybody says that it does."""
