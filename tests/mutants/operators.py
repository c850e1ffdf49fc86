"""Mutants of C text: small faults a programmer could make, each on one line inside a function body."""
import collections
import hashlib
import re

# line: from 1; column: from 0, where `old` stands in it; `nth`: among equal lines of the file (survives edits above).
Mutant = collections.namedtuple("Mutant", "file line column operator old new text nth")

COMMENT_OR_LITERAL = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
SWAPS = {
    "relational": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "arithmetic": {"+": "-", "-": "+"},
}
# Longest first, so that no operator is found inside of another.
TOKEN = re.compile(r"->|<<=?|>>=?|\+\+|--|[-+*/%&|^<>=!]=|&&|\|\||[-+<>!]|(?<![\w.])\d+[uUlL]*(?![\w.])")
STATEMENT = re.compile(r"(?:\(void\))?(?:[a-z_]\w*(?:(?:->|\.)\w+|\[[^\]]*\])*\s*(?:\(.*\)|(?:[-+|&^*/]|<<|>>)?=[^=].*|\+\+|--)"
                       r"|\*\w+(?:\+\+)?\s*=[^=].*|break|continue);")
RETURN = re.compile(r"return ([^;]+);")
CONDITION = re.compile(r"\b(?:if|while) \(")
UNARY_BEFORE = re.compile(r"(?:^|[-+*/%&|^<>=!(,?:\[{;]|\breturn|\bcase|\))\s*$")


def blanked(text):
    """The text with comments and literals overwritten by spaces, line by line as long as before."""
    return COMMENT_OR_LITERAL.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def body_lines(lines):
    """Numbers (from 0) of the lines inside functions: between "{" and "}" in the first column, as rules/sizes.sh."""
    inside = False
    for number, line in enumerate(lines):
        if line.startswith("}"):
            inside = False
        elif line.startswith("{"):
            inside = True
        elif inside and not line.lstrip().startswith("#"):
            yield number


def closing(line, start):
    """Where the parenthesis that opens at `start` closes, or -1 if not on this line."""
    depth = 0
    for at in range(start, len(line)):
        depth += {"(": 1, ")": -1}.get(line[at], 0)
        if depth == 0:
            return at
    return -1


def of_tokens(code):
    for m in TOKEN.finditer(code):
        at, token, before = m.start(), m.group(), code[:m.start()]
        for operator, swap in SWAPS.items():
            if token in swap and not (operator == "arithmetic" and UNARY_BEFORE.search(before)):
                yield operator, at, token, swap[token]
        if token == "!":
            yield "not", at, token, ""
        if token[0].isdigit():
            digits = re.match(r"\d+", token).group()
            value, suffix = int(digits), token[len(digits):]
            if digits == str(value):
                yield "constant", at, token, f"{1 - value if value < 2 else value + 1}{suffix}"
            if value == 1 and re.search(r"[-+] $", before):
                yield "off-by-one", at, token, f"2{suffix}"


def of_line(code, text):
    yield from of_tokens(code)
    for m in CONDITION.finditer(code):
        start = m.end() - 1
        end = closing(code, start)
        if end > 0:
            old = text[start:end + 1]
            yield "condition", start, old, f"(!{old})"
    at = len(code) - len(code.lstrip())
    statement = STATEMENT.fullmatch(code.strip())
    if statement and code.count("(") == code.count(")"):
        yield "statement", at, text[at:at + len(statement.group())], ";"
    m = RETURN.search(code)
    if m and m.group(1).strip():
        value = text[m.start(1):m.end(1)]
        swapped = {"true": "false", "false": "true", "0": "1"}.get(value, "0" if value != "NULL" else None)
        if swapped:
            yield "return", m.start(1), value, swapped


def mutants(file, source):
    """All mutants of a file, in order."""
    lines, codes, seen = source.split("\n"), blanked(source).split("\n"), collections.Counter()
    for number in body_lines(codes):
        text = lines[number]
        nth, seen[text] = seen[text], seen[text] + 1
        found = {}
        for operator, column, old, new in of_line(codes[number], text):
            found.setdefault((column, old, new), operator)
        for (column, old, new), operator in found.items():
            yield Mutant(file, number + 1, column, operator, old, new, text, nth)


def apply(source, mutant):
    lines = source.split("\n")
    line = lines[mutant.line - 1]
    end = mutant.column + len(mutant.old)
    assert line[mutant.column:end] == mutant.old
    lines[mutant.line - 1] = line[:mutant.column] + mutant.new + line[end:]
    return "\n".join(lines)


def rank(mutant, seed):
    """Its place in the draw: depends on where it is and what it does, not on the other mutants."""
    name = f"{seed}:{mutant.file}:{mutant.line}:{mutant.column}:{mutant.operator}"
    return hashlib.sha256(name.encode()).hexdigest()
