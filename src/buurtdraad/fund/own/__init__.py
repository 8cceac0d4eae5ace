"""What the fund has of one person: lines for `/mijn/`, the data to take along, erasing it, and what is past its time."""
