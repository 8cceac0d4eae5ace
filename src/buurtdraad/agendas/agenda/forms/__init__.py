"""What we ask about agendas."""
