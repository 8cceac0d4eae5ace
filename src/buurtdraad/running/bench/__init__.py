"""What the product costs, measured on a throw-away copy of it beside a bare Django page in the same minutes.

The yardstick is CPU time of the whole server process tree (user and system), the database apart, for a machine
that is shared tells little by the clock. `product` makes the copy, `asking` puts the load on it, `inside` is what
only a process with Django in it can see, `measures` are the figures, `report` their table.

A large city: `city` has it stand (`actions/growing`), `samples` and `pages` ask every address in it, `evening` is the load of the vote,
`week` and `restoring` the rest, `paper` writes `docs/figures.md`.
"""
