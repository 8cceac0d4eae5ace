"""Lists of what is to be destroyed, proposed by a job and approved by a person (bewaartermijnen).

Which rooms have something to destroy stands in `pages/destruction/kinds.py`; here are the lists, and what this room itself destroys.
"""
