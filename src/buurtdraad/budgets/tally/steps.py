"""add1: Equal Shares from a start that grows by a step, until the next outcome overspends; without counting every step.

**Why steps may be skipped.** Take two starts E1 < E2, and suppose that for every start between them the turns up to some moment
are the same. By induction over these turns, the money of every voter does not fall with the start, and prices do not rise with it:
what the supporters of a plan pay together at x, the sum of min(b, x u), grows with each b, so the price falls or stays; and what is
left to a voter, max(0, b - x u), grows with b and falls with x. So at any E between them the plan whose turn it is costs at most
what it costs at E1, and each other plan at least what it costs at E2. If every other plan at E2 costs more than that plan at E1 (or
as much, and comes later in ties), then the next turn is the same at every E between, too. And if at the end no plan is affordable
at E2, none is at E. Whether a plan is refused at its turn hangs on the turns before it only. So the outcomes between are all the
same as that at E1, which is within the budget: none of them ends the count. `Run.follow` checks exactly this while it counts at E2.
"""

from dataclasses import dataclass
from fractions import Fraction

from buurtdraad.budgets.tally.between import same_winners
from buurtdraad.budgets.tally.equal_shares import Buyers, Run

PAUSE, LONGEST_PAUSE = 2, 8


def grow(buyers: Buyers, start: Fraction, step: Fraction, stop: str, *, skipping: bool = True, floats: bool = True) -> tuple[Run, int]:
    """The last run within the budget, and after how many steps."""
    run, steps, leaps = Run(buyers, start, floats).finish(), 0, Leaps(buyers, start, step, skipping)
    while not _ends(run, stop):
        if width := leaps.certain(run, steps):
            steps += width
            continue
        ahead = Run(buyers, start + (steps + 1) * step, floats).finish()
        if ahead.overspent:
            break
        leaps.stepped(run, ahead)
        run, steps = ahead, steps + 1
    end = start + steps * step
    return run if run.endowment == end else Run(buyers, end, floats).finish(), steps


@dataclass
class Leaps:
    """How far a leap is certain. The width doubles while leaps succeed; where they keep failing, several steps pass before the next."""

    buyers: Buyers
    start: Fraction
    step: Fraction
    skipping: bool
    width: int = 1
    pause: int = PAUSE
    patience: int = PAUSE
    steady: bool = False  # the last two runs, a step apart, had the same turns

    def certain(self, run: Run, steps: int) -> int:
        """How many steps from here certainly change no winner; 0: the next step has to be counted. `run` has the winners of now."""
        if not self.skipping or self.pause:
            return 0
        while not self._is_certain(run, steps):
            if self.width == 1:
                self.patience = self.pause = min(2 * self.patience, LONGEST_PAUSE)
                return 0
            self.width //= 2
        width, self.width, self.patience = self.width, self.width * 2, 1
        return width

    def _is_certain(self, run: Run, steps: int) -> bool:
        here, there = self.start + steps * self.step, self.start + (steps + self.width) * self.step
        return same_winners(self.buyers, here, there) or (self.steady and Run(self.buyers, there).follow(run))

    def stepped(self, run: Run, ahead: Run) -> None:
        """One step was counted."""
        self.pause = max(self.pause - 1, 0)
        self.steady = [turn.place for turn in run.turns] == [turn.place for turn in ahead.turns]


def _ends(run: Run, stop: str) -> bool:
    """Whether a higher start cannot change the outcome, or (`exhaustive`) need not."""
    waiting = [place for place in run.unsettled if not run.state.refusal(place)]
    if stop == "exhaustive":
        return all(run.buyers.contest.costs[place] > run.state.left for place in waiting)
    return not waiting
