#!/usr/bin/env python3
"""contracts.py: every function that a header of the core, of a plugin or of the API declares has a contract: a comment right above
it, or behind it on its last line, or above the first of the declarations that it stands among without a blank line; and every file of
C begins with a comment that says what it is about. What the comments say is for people to check."""
import os, pathlib, re, sys

TOP = pathlib.Path(os.environ.get("srcdir", "."))
NAME = re.compile(r"\b(?!WN_PRINTF\b|__attribute__\b|_Static_assert\b)([A-Za-z_]\w*)\s*\(")
SAMPLE = """/* sample.h: for the check of this check. */
#define HEAD(x) \\
    bare_macro(x)
/* Above. */
int above(int a,
          int b);
int in_block(void);

int behind(void); /* Behind. */
int bare(struct thing *t, const char *(*call)(void)) WN_PRINTF(1, 2);
typedef int call_type(void);
typedef struct thing {
    int (*member)(void);
} thing;
static inline int bare_inline(void)
{
    return above(1, 2); /* no contract */
}
extern const int table[];

/* Far above. */

int bare_far(void);
static const int no_function[] = {sizeof(int)};
"""


def plain(text):
    """The text with comments, strings and directives blanked, line by line; and the lines that comments stand on."""
    commented = set()

    def blank(match):
        found = match.group()
        if found.startswith("/"):
            first = text.count("\n", 0, match.start())
            commented.update(range(first, first + found.count("\n") + 1))
        return re.sub(r"[^\n]", " ", found)
    bare = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)
    bare = re.sub(r'extern\s+ {3}\s*\{', blank, bare)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, bare, flags=re.M), commented


def statements(bare):
    """What stands in the outermost braces: (text up to its first brace or its end, first line, last line)."""
    start, depth, head = None, 0, None
    for i, c in enumerate(bare):
        if start is None and not c.isspace() and c not in ";}":
            start, head = i, None
        if c == "{":
            head = bare[start:i] if depth == 0 and head is None else head
            depth += 1
        elif c == "}" and depth > 0:
            depth -= 1
        if start is not None and depth == 0 and (c == ";" or (c == "}" and "=" not in head and NAME.search(head))):
            yield bare[start:i] if head is None else head, bare.count("\n", 0, start), bare.count("\n", 0, i)
            start = None


def functions(text):
    """(name, line, has it a contract?) of each function that the header declares."""
    bare, commented = plain(text)
    lines = bare.split("\n")
    documented, after = False, None
    for head, first, last in statements(bare):
        opens = first + head.count("\n")
        above = first - 1 in commented and not lines[first - 1].strip()
        joined = after is not None and all(lines[i].strip() or i in commented for i in range(after, first))
        documented = above or (joined and documented)
        after = last
        name = NAME.search(head)
        if not name or "=" in head or head.startswith("typedef"):
            documented = documented and head.startswith("typedef") and first == last
            continue
        yield name.group(1), first + 1, documented or any(i in commented for i in range(first, max(first, opens) + 1))


def main():
    folders = [TOP / name for name in ("core", "plugins", "include")]
    files = sorted(path for folder in folders for path in folder.rglob("*.[ch]") if ".tmp" not in str(path.relative_to(TOP)))
    seen, bare = 0, []
    for path in files:
        if path.suffix == ".h":
            for name, line, has in functions(path.read_text(encoding="utf-8")):
                seen += 1
                if not has:
                    bare.append(f"{path.relative_to(TOP)}:{line}: {name}()")
    mute = [str(path.relative_to(TOP)) for path in files if not path.read_text(encoding="utf-8").startswith("/*")]
    told = [(name, has) for name, _, has in functions(SAMPLE)]
    wanted = [(name, not name.startswith("bare")) for name in ("above", "in_block", "behind", "bare", "bare_inline", "bare_far")]
    print("1..4")
    results = [("the check finds what has no contract", [] if told == wanted else [str(told)]),
               (f"the functions of the headers are seen: {seen}", [] if seen > 500 else ["too few"]),
               ("every function of a header has a contract", bare), ("every file begins with a comment", mute)]
    for number, (what, wrong) in enumerate(results, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
        for line in wrong:
            print(f"# {line}")
    return any(wrong for _, wrong in results)


if __name__ == "__main__":
    sys.exit(main())
