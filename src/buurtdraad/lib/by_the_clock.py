"""Doing what a day or an hour asks for, one thing after another, where nobody stands by."""

from collections.abc import Callable, Iterable

from buurtdraad.lib.refusal import Refused


def each(deeds: Iterable[Callable[[], object]]) -> int:
    """Do them all, each a deed of its own; how many were done. What a rule refuses waits for the next time, and False is nothing done.

    One that fails stops no other: what failed is raised at the end, together, so that the job is known to have failed.
    """
    done, failed = 0, []
    for deed in deeds:
        try:
            done += deed() is not False
        except Refused:
            continue
        except Exception as problem:
            failed.append(problem)
    if failed:
        raise ExceptionGroup(f"{len(failed)} failed, {done} were done", failed)
    return done
