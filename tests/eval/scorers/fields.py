"""Fields of a page: title and author as words, date to the day.

Vector of a field: [right, given, in the gold, accurate]; accuracy counts a value that is rightly absent as right."""
import re

from .content import words
from .stats import Metric, micro, micro_precision, micro_recall, ratio

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SITE = re.compile(r"\s+[|\u00b7\u2013\u2014-]\s+|\s+[\u00bb\u203a]\s+")


def same_title(got, gold):
    """Equal words, also when one of them carries the site's name behind a separator."""
    return any(words(a) == words(b) for a, b in ((got, gold), (SITE.split(got)[0], gold), (got, SITE.split(gold)[0])))


def same_author(got, gold):
    """The same set of words: "by", commas and the order of names do not count."""
    return set(words(got)) - {"by", "and"} == set(words(gold)) - {"by", "and"}


def same_day(got, gold):
    a, b = DAY.match(got), DAY.match(gold)
    return bool(a and b) and a.group() == b.group()


def vector(got, gold, same):
    right = bool(got) and bool(gold) and same(got, gold)
    return [int(right), int(bool(got)), int(bool(gold)), int(right or (not got and not gold))]


def metrics(name):
    return [micro(f"{name} F1", 0, main=True), micro_precision(f"{name} P", 0), micro_recall(f"{name} R", 0),
            Metric(f"{name} accuracy", lambda s, n: ratio(s[3], n))]


def misses(got, gold, same):
    return [] if vector(got, gold, same)[3] else [f"{got!r} for {gold!r}"]
