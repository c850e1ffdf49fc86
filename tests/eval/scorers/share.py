"""Share of cases that are right: mojibake, character sets, suites of single expressions. Vector: [right]."""
import re
import unicodedata

from .stats import mean

METRICS = [mean("share right", 0, main=True)]
UNPRINTED = re.compile(r"[\s\ufffd\ufeff\x00-\x1f\x7f-\x9f]+")


def same_text(got, gold):
    """Equal but for the kind and amount of white space."""
    return unicodedata.normalize("NFC", got).split() == unicodedata.normalize("NFC", gold).split()


def same_decoding(got, gold):
    """Equal but for white space, controls, and bytes that the character set does not define."""
    return UNPRINTED.sub("", unicodedata.normalize("NFC", got)) == UNPRINTED.sub("", unicodedata.normalize("NFC", gold))
