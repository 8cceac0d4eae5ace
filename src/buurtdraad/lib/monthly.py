"""The question of each month ("is this still right?"): on which day it is asked, and for how long its link works."""

import datetime

SATURDAY = 5
LINK_WORKS = datetime.timedelta(days=14)
# What nobody confirmed for two months is marked for the staff.
CONFIRMED_WITHIN = datetime.timedelta(days=61)
# A day on which the product was off is made up for until this day of the month.
LAST_DAY = 7


def is_working_day(day: datetime.date) -> bool:
    """From Monday to Friday, and not New Year's Day: no other holiday can be the first working day of a month for long."""
    return day.weekday() < SATURDAY and (day.month, day.day) != (1, 1)


def first_working_day(month: datetime.date) -> datetime.date:
    """Of the month in which a day lies."""
    day = month.replace(day=1)
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day


def asks_on(day: datetime.date) -> bool:
    """Whether people are asked on this day: the first working day, and the working days just after it for who was not yet."""
    return is_working_day(day) and first_working_day(day) <= day <= day.replace(day=LAST_DAY)
