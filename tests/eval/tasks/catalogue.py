"""All tasks by a short name, in the order of the table."""
from . import cases, groups, heldback, pages, polnear, text, timeml

SHORT = [
    (pages, ["articles", "allpages", "title", "author", "articledate", "pagedate"]),
    (groups, ["reuters", "neardup", "ecb"]),
    (timeml, ["timeml", "timebank", "aquaint", "tweets"]),
    (cases, ["timenorm", "recognizers"]),
    (polnear, ["polnear", "polneartrain"]),
    (heldback, ["heldback"]),
    (text, ["sentences", "mojibake", "charset"]),
]


def tasks():
    return {name: task for module, names in SHORT for name, task in zip(names, module.tasks())}
