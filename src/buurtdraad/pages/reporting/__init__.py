"""Reporting what is wrong ("Meld dit") and deciding on it: here, because only the pages know every kind of thing."""
