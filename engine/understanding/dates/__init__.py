"""Understand dates and times in natural English, by rules alone: pieces of the text are read by patterns (`atoms`), put
together (`parts`, `phrases`), and taken as dates where the words around say so (`context`)."""

from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.find import DateSpan, find_dates, read_date, visible_words
from engine.understanding.dates.labels import label_dates, label_times, names_of_days, runs_of_days

__all__ = [
    "Calendar",
    "DateSpan",
    "find_dates",
    "label_dates",
    "label_times",
    "names_of_days",
    "read_date",
    "runs_of_days",
    "visible_words",
]
