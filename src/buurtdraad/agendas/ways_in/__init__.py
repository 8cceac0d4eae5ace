"""The other ways in which wishes come: spoken, on paper, and from a table or another platform. All count alike; the channel is kept."""
