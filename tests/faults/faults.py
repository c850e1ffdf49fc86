"""The n-th call of a function of libc fails, or the process dies there or right after it: afterwards the run directory holds the old results
whole or the new ones whole, the status is not 0 exactly when there is one line of message and the old results, and the
next run works. Every n for publishing, a sample for the rest; FAULTS=all: every n (make faults); FAULTS=fsync,mmap: these
functions, every n."""
import errno, hashlib, json, os, shutil, struct, subprocess

WINNOW, BUILD = os.environ["WINNOW"], os.environ["builddir"]
HERE = os.path.join(BUILD, "tests", "faults", "faults.tmp")
LIBRARY = os.path.join(BUILD, "tests", "faults", ".libs", "faults.so")
ONLY = os.environ.get("FAULTS", "")
SAMPLE = 8  # calls of a function, and the first and the last

# (function, process): what it fails with. fork and mmap are the parent's way to a child.
EVERY_CALL = {("renameat", "child"): ["EIO", "kill", "after"], ("fsync", "child"): ["EIO", "kill", "after"],
              ("symlinkat", "child"): ["ENOSPC", "kill", "after"], ("mkdirat", "child"): ["ENOSPC", "kill"], ("mkdir", "child"): ["EACCES", "kill"], ("fork", "parent"): ["EAGAIN"],
              ("mmap", "parent"): ["ENOMEM"], ("pthread_create", "child"): ["EAGAIN", "kill"]}
SAMPLED = {("write", "child"): ["ENOSPC", "EIO", "EINTR", "ENOSPC+", "kill"], ("pwrite", "child"): ["ENOSPC", "kill"],
           ("openat", "child"): ["EMFILE", "kill"], ("open", "child"): ["ENOSPC", "kill"], ("unlinkat", "child"): ["EIO", "kill"],
           ("posix_fallocate", "child"): ["ENOSPC", "kill"], ("mmap", "child"): ["ENOMEM", "kill"], ("close", "child"): ["EIO", "kill"],
           ("read", "child"): ["EIO", "EINTR", "kill"], ("pread", "child"): ["EIO", "kill"], ("malloc", "child"): ["ENOMEM", "ENOMEM+", "kill"],
           ("calloc", "child"): ["ENOMEM", "ENOMEM+"], ("realloc", "child"): ["ENOMEM", "ENOMEM+"]}
CONFIG = """version: 1
input: {use: jsonl, with: {path: [in.jsonl]}}
stages: [{use: dedup, with: {keep: all}}]
output: [jsonl, report]
"""


def prepare():
    shutil.rmtree(HERE, ignore_errors=True)
    os.makedirs(HERE)
    os.chdir(HERE)
    with open("c.yaml", "w") as f:
        f.write(CONFIG)
    with open("in.jsonl", "w") as f:
        for i in range(9):
            text = f"Text number {i // 2} tells of the harbour in one town and of the boats that lie there all winter long."
            f.write(json.dumps({"id": f"d{i}", "text": text}) + "\n")


def run(out, fault=None, more=()):
    env = os.environ | (fault or {})
    return subprocess.run([WINNOW, "run", "c.yaml", "--quiet", "--jobs", "2", "--out", out, *more], env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120)


def results(out):
    """The digest of the results that are there, found by their names; None: there are none; "mixed": no one run's."""
    names = {n for n in (os.listdir(out) if os.path.isdir(out) else ()) if n != ".winnow" and os.path.exists(f"{out}/{n}")}
    if not names:
        return None
    if "run.json" not in names:
        return "mixed"
    with open(f"{out}/run.json") as f:
        record = json.load(f)
    for name, file in record["outputs"].items():
        if name not in names:
            return "mixed"
        with open(f"{out}/{name}", "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != file["sha256"]:
                return "mixed"
    return record["digest"] if names == set(record["outputs"]) | {"run.json", "stats.json"} else "mixed"


class Fault:
    def __init__(self, call, process, error):
        self.call, self.process, self.error = call, process, error

    def environment(self, n):
        with open("count", "wb") as f:
            f.write(bytes(8))
        name = self.error.rstrip("+")
        return {"LD_PRELOAD": LIBRARY, "FAULT_CALL": self.call, "FAULT_IN": self.process, "FAULT_COUNT": os.path.join(HERE, "count"),
                "FAULT_N": f"{n}{'+' if name != self.error else ''}", "FAULT_ERRNO": name if name in ("kill", "after") else str(getattr(errno, name))}

    def calls(self):
        """How often the function is called in a run without a fault."""
        start_from("old")
        done = run("out", self.environment(0))
        assert done.returncode == 0, done.stderr
        return reached()

    def fails_well(self, n, before, old, new):
        """Nothing, or what was wrong when the n-th call failed."""
        start_from(before)
        try:
            done = run("out", self.environment(n))
        except subprocess.TimeoutExpired:
            return "did not end"
        if reached() < n:
            return ""
        now = results("out")
        told = done.stderr.startswith("winnow: ") and done.stderr.count("\n") == 1
        if done.returncode == 0 and now not in (old, None, "mixed") and self.call == "pread" and input_is_rejected():
            now = new  # an input that cannot be read costs that input
        if done.returncode != 0 and now == new and "the results are whole" in done.stderr:
            now = old  # died after they were there, and says so
        if done.returncode == 0 and (now != new or done.stderr):
            return f"status 0, results {which(now, old, new)}, said {done.stderr!r}"
        if done.returncode != 0 and (now != old or not told):
            return f"status {done.returncode}, results {which(now, old, new)}, said {done.stderr!r}"
        after = run("out")
        if after.returncode != 0 or results("out") != new or len(os.listdir("out/.winnow")) != 2:
            return f"the next run: status {after.returncode}, results {which(results('out'), old, new)}, said {after.stderr!r}"
        return ""


def input_is_rejected():
    with open("out/rejects.jsonl") as f:
        return "cannot be read" in f.read()


def reached():
    with open("count", "rb") as f:
        return struct.unpack("=Q", f.read())[0]


def start_from(before):
    shutil.rmtree("out", ignore_errors=True)
    if before is not None:
        shutil.copytree(before, "out", symlinks=True)


def which(now, old, new):
    return "mixed" if now == "mixed" else "new" if now == new else "old" if now == old else "none" if now is None else "of no run"


def numbers(total, every):
    if every or total <= SAMPLE:
        return range(1, total + 1)
    return sorted({1 + (total - 1) * i // (SAMPLE - 1) for i in range(SAMPLE)})


def plan():
    for table, every in ((EVERY_CALL, True), (SAMPLED, False)):
        for (call, process), errors in table.items():
            if ONLY in ("", "all") or call in ONLY.split(","):
                yield call, process, errors, every or ONLY != ""


def judge(call, process, errors, every, old, new):
    """One TAP line a kind of fault; a function that is never called says so."""
    total = Fault(call, process, errors[0]).calls()
    for error in errors:
        bad = []
        fault = Fault(call, process, error)
        tried = numbers(total, every)
        for before, had in (("old", old), (None, None)):
            if before is None and not (every and call in ("renameat", "fsync", "symlinkat", "mkdirat", "mkdir") or ONLY):
                continue
            for n in tried:
                wrong = fault.fails_well(n, before, had, new)
                if wrong:
                    bad.append(f"# call {n}{'' if before else ' in a fresh directory'}: {wrong}")
        skip = " # SKIP never called" if total == 0 else ""
        yield not bad, f"{call} of the {process}, {error}: {len(tried)} of {total} calls{skip}"
        yield from ((None, line) for line in bad)


def main():
    prepare()
    if run("new", {"LD_PRELOAD": LIBRARY}).returncode != 0:
        print("1..0 # SKIP the program does not start with a library before it (sanitizers)")
        return 0
    assert run("old", more=["--limit", "4"]).returncode == 0
    old, new = results("old"), results("new")
    assert old and new and old != new
    n = failed = 0
    for call, process, errors, every in plan():
        for good, text in judge(call, process, errors, every, old, new):
            if good is None:
                print(text[:400], flush=True)
                continue
            n, failed = n + 1, failed + (not good)
            print(f"{'' if good else 'not '}ok {n} - {text}", flush=True)
    print(f"1..{n}")
    os.chdir(BUILD)
    if not failed:
        shutil.rmtree(HERE)
    return failed != 0


raise SystemExit(main())
