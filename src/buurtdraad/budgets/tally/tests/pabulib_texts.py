"""Pabulib files to write down in a test, and what is wrong with them."""

from pathlib import Path

META = "META\nkey;value\ndescription;Zuilen\ncountry;Netherlands\nunit;Utrecht\ninstance;2026\nbudget;{budget}\nvote_type;{vote_type}\n"
PLANS = "PROJECTS\nproject_id;cost;name\n3;60;Bank\n12;40;Boom\n7;10.50;Schommel\n"
VOTES = "VOTES\nvoter_id;vote\nEmine;3,12\nKees;12\nJoris;7\n"


def text(*, budget: str = "100", vote_type: str = "approval", plans: str = PLANS, votes: str = VOTES) -> str:
    """A small election: three plans, three voters; any part may be another."""
    return META.format(budget=budget, vote_type=vote_type) + plans + votes


def with_votes(*rows: str) -> str:
    return text(votes="VOTES\nvoter_id;vote\n" + "".join(f"{row}\n" for row in rows))


def with_plans(*rows: str) -> str:
    return text(plans="PROJECTS\nproject_id;cost;name\n" + "".join(f"{row}\n" for row in rows), votes="VOTES\nvoter_id;vote\n")


def saved(folder: Path, content: str | bytes, name: str = "round.pb") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


POINTS = "VOTES\nvoter_id;vote;points\nEmine;3,12;{points}\n"
# Name: the file, on which line it is wrong, and a piece of what is said about it.
WRONG = {
    "nothing": ("", 1, "begin with the section META"),
    "another kind of file": ("<html><body>404</body></html>", 1, "begin with the section META"),
    "not text": (b"META\nkey;value\ndescription;\xff\xfe\n", 3, "UTF-8"),
    "utf-16": (text().encode("utf-16"), 1, "UTF-8"),
    "a NUL": ("META\nkey;value\na;\0\n", 3, "NUL"),
    "only META": ("META\nkey;value\nbudget;10\nvote_type;approval\n", 4, "PROJECTS is missing"),
    "no votes section": (text(votes=""), 13, "VOTES is missing"),
    "no budget": (text(budget=""), 7, "no budget"),
    "budget 0": (text(budget="0"), 7, "nothing to divide"),
    "budget below 0": (text(budget="-5"), 7, "not an amount"),
    "a budget in words": (text(budget="a lot"), 7, "not an amount"),
    "infinite": (text(budget="inf"), 7, "not an amount"),
    "a thousand and a point": (text(budget="1,000.50"), 7, "not an amount"),
    "other digits": (text(budget="１００"), 7, "not an amount"),
    "another way of voting": (text(vote_type="guess"), 8, "vote_type"),
    "a fact twice": ("META\nkey;value\nbudget;10\nbudget;20\n", 4, "second time"),
    "no cost": (with_plans("3;;Bank"), 11, "the cost of plan '3'"),
    "a cost below 0": (with_plans("3;-1;Bank"), 11, "not an amount"),
    "a huge cost": (with_plans(f"3;{'9' * 4_000};Bank"), 11, "not an amount"),
    "a cost with an exponent": (with_plans("3;1e9;Bank"), 11, "not an amount"),
    "too many decimals": (with_plans("3;1.00001;Bank"), 11, "at most 4 decimals"),
    "a plan twice": (with_plans("3;1;Bank", "3;2;Boom"), 12, "a second time"),
    "a plan without id": (with_plans(";1;Bank"), 11, "cannot be the id"),
    "a comma in an id": (with_plans("1,2;1;Bank"), 11, "cannot be the id"),
    "a name with ; and no quotes": (with_plans("3;1;Bank;boom"), 11, "in quotes"),
    "no column cost": (text(plans="PROJECTS\nproject_id;name\n3;Bank\n"), 10, "no column cost"),
    "a column twice": (text(plans="PROJECTS\nproject_id;cost;cost\n3;1;1\n"), 10, "the same name"),
    "no column vote": (text(votes="VOTES\nvoter_id;choice\nEmine;3\n"), 15, "no column vote"),
    "an unknown plan": (with_votes("Emine;3", "Kees;4"), 17, "plan '4'"),
    "an unknown plan among known ones": (with_votes("Emine;3, 12 ,x"), 16, "plan 'x'"),
    "a voter twice": (with_votes("Emine;3", "Kees;3", "Emine;12"), 18, "'Emine' stands here a second time, after line 16"),
    "a voter without id": (with_votes(";3"), 16, "no voter_id"),
    "a row too short": (with_votes("Emine"), 16, "1 cells for 2 columns"),
    "a row too long": (with_votes("Emine;3;12"), 16, "3 cells for 2 columns"),
    "a section twice": (with_votes("Emine;3", "META"), 17, "1 cells for 2 columns"),
    "two choices of one": (text(vote_type="choose-1"), 16, "allows one"),
    "no column points": (text(vote_type="cumulative"), 15, "no column points"),
    "no points": (text(vote_type="cumulative", votes=POINTS.format(points="")), 16, "2 plans and has 0 points"),
    "too few points": (text(vote_type="cumulative", votes=POINTS.format(points="3")), 16, "2 plans and has 1 points"),
    "points below 0": (text(vote_type="scoring", votes=POINTS.format(points="3,-1")), 16, "'-1' is not a whole number"),
    "half points": (text(vote_type="scoring", votes=POINTS.format(points="3,0.5")), 16, "'0.5' is not a whole number"),
    "huge points": (text(vote_type="scoring", votes=POINTS.format(points=f"3,{'9' * 30}")), 16, "is not a whole number"),
    "a plan twice on a ballot of points": (text(vote_type="scoring", votes="VOTES\nvoter_id;vote;points\nE;3,3;1,2\n"), 16, "twice"),
    "a plan twice in an order": (text(vote_type="ordinal", votes="VOTES\nvoter_id;vote\nE;3,3\n"), 16, "twice"),
    "a quote that does not close": (with_plans('3;1;"Bank', "12;1;Boom"), 11, "does not close"),
    "a quote that does not close in time": (with_plans('3;1;"Bank', *["x"] * 500), 11, "does not close"),
    "quotes in quotes in quotes": (with_plans(*[f'{number};1;"Bank ""' for number in range(1_000)]), 11, "told apart"),
    "a quote in a vote": (with_votes('Emine;"3,12', "Kees;3"), 16, "quotes"),
    "a very long cell": (with_plans(f"3;1;{'x' * 200_000}"), 11, "told apart"),
    "a very long line": (with_votes("x" * 1_100_000), 16, "longer than"),
}
