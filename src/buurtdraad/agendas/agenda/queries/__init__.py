"""What is true now of agendas, topics and agreements."""
