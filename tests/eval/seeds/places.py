"""Places in an article, found by a few words, as byte ranges of the file."""
import re

LOOSE = {" ": r"(?:\s|\xc2\xa0)+", "'": "(?:'|\u2018|\u2019)", '"': '(?:"|\u201c|\u201d)', "-": "(?:-|\u2013)"}


def pattern(words):
    """Regex over bytes: white space and typographic marks are interchangeable."""
    out = b""
    for character in words:
        loose = LOOSE.get(character)
        if character == " ":
            out += rb"(?:\s|\xc2\xa0)+"
        elif loose:
            out += loose.encode("utf-8")
        else:
            out += re.escape(character).encode("utf-8")
    return out


def flatten(text):
    """For comparing prose: one blank for any white space, straight quotation marks."""
    for fancy, plain in (("\u2018", "'"), ("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(fancy, plain)
    return " ".join(text.replace("\u00a0", " ").split())


class Article:
    def __init__(self, path):
        self.path, self.number = path, path.name[:3]
        self.raw = path.read_bytes()

    def line(self, number):
        return self.raw.split(b"\n")[number - 1].decode("utf-8")

    def find(self, place, nth=1):
        """'in [May] that' -> byte range of the part in brackets. An open bracket reaches to the end."""
        head, _, rest = place.partition("[")
        inner, closed, tail = rest.partition("]")
        if "[" not in place:
            head, inner, tail = "", place, ""
        regex = pattern(head) + b"(" + pattern(inner) + b")" + (pattern(tail) if closed else b"")
        for i, match in enumerate(re.finditer(regex, self.raw), start=1):
            if i == nth:
                return match.start(1), match.end(1)
        raise ValueError(f"{self.path.name} does not hold {place!r}")
