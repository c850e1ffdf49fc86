"""The operators make the mutants they should, in function bodies only, and the draw is the same each time."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import operators  # noqa: E402

SOURCE = """\
/* if (a < b) in a comment */
static int limit = 1;
static int f(int *p, int n)
{
    const char *s = "a && b"; // x < y
    if (!n && p[0] <= 7)
        g(p, -1);
    n = n - 1;
    return n;
}
#define M(x) ((x) < 1)
"""
WANT = {
    (6, "condition", "(!n && p[0] <= 7)", "(!(!n && p[0] <= 7))"), (6, "not", "!", ""), (6, "logic", "&&", "||"),
    (6, "constant", "0", "1"), (6, "relational", "<=", "<"), (6, "constant", "7", "8"),
    (7, "statement", "g(p, -1);", ";"), (7, "constant", "1", "0"),
    (8, "statement", "n = n - 1;", ";"), (8, "arithmetic", "-", "+"), (8, "constant", "1", "0"), (8, "off-by-one", "1", "2"),
    (9, "return", "n", "0"),
}


def check(n, what, good, why=""):
    print(f"{'ok' if good else 'not ok'} {n} - {what}")
    if not good and why:
        print(f"# {why}")
    return not good


def main():
    found = list(operators.mutants("f.c", SOURCE))
    got = {(m.line, m.operator, m.old, m.new) for m in found}
    bad = check(1, "the mutants of a function", got == WANT, f"{sorted(got ^ WANT)}")
    texts = [operators.apply(SOURCE, m) for m in found]
    lines = [sum(a != b for a, b in zip(t.split("\n"), SOURCE.split("\n"))) for t in texts]
    bad += check(2, "each changes one line, and none is like another", set(lines) == {1} and len(set(texts)) == len(texts))
    ranks = [operators.rank(m, "seed") for m in found]
    bad += check(3, "the draw depends on seed and place alone",
                 ranks == [operators.rank(m, "seed") for m in operators.mutants("f.c", SOURCE)]
                 and ranks != [operators.rank(m, "other") for m in found])
    root = pathlib.Path(__file__).resolve().parents[2]
    stale = [e for e in equivalents() if not any(e == key(m) for m in operators.mutants(e[0], (root / e[0]).read_text()))]
    bad += check(4, "equivalent.txt names lines that exist", not stale, f"{stale}")
    print("1..4")
    return bad


if __name__ == "__main__":
    from mutants import equivalents, key
    sys.exit(main() != 0)
