"""Watching requests: a number for each, which view answered, how long it took, and what the log says of it.

`seen` is what is known of the request that a thread answers, `answers` the wrapper before the page cache, `inside` the middleware
that knows the view and the queries, `lines` and `json_lines` what a line of the log looks like.
"""
