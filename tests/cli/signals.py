"""Signals at random moments of a run: either it was interrupted, says so in one line, and nothing was written, or it was
done and the new results are there, whole. SIGNALS=300 sends so many (24 by default)."""
import json, os, random, shutil, signal, subprocess, sys, time

WINNOW = os.environ["WINNOW"]
HERE = os.path.join(os.environ["builddir"], "tests", "cli", "signals.tmp")
MANY = int(os.environ.get("SIGNALS", "24"))
SAID = "winnow: interrupted; nothing was written\n"

CONFIG = """version: 1
input: {use: jsonl, with: {path: [in.jsonl]}}
stages: [clean, {use: dedup, with: {keep: all}}, dates, claims, align]
output: [jsonl, report]
"""


def prepare():
    shutil.rmtree(HERE, ignore_errors=True)
    os.makedirs(HERE)
    os.chdir(HERE)
    with open("c.yaml", "w") as f:
        f.write(CONFIG)
    with open("in.jsonl", "w") as f:
        for i in range(400):
            text = f"The harbour board of Marport {i} met on Tuesday. \"We have {i} boats,\" said chairman Per Lund{i % 7}. " * 3
            f.write(json.dumps({"id": f"d{i}", "text": text, "published": "2024-05-07"}) + "\n")


def command(out, *more):
    return [WINNOW, "run", "c.yaml", "--out", out, "--quiet", *more]


def results(out):
    """{name: bytes} as a reader finds them through the names."""
    found = {}
    for name in sorted(os.listdir(out)):
        path = os.path.join(out, name)
        if name not in (".winnow", "run.json", "stats.json"):
            with open(path, "rb") as f:
                found[name] = f.read()
    return found


def one(rng, longest, old, new):
    """None, or what was wrong."""
    number = rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    delay = rng.random() * longest
    p = subprocess.Popen(command("out"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(delay)
    p.send_signal(number)
    said = "".join(p.communicate(timeout=60))
    found = results("out")
    where = f"{signal.Signals(number).name} after {delay * 1000:.0f} ms: status {p.returncode}, said {said!r}"
    left = sorted(os.listdir("out/.winnow"))
    if len(left) != 2:
        return f"{where}: left behind: {left}"
    if p.returncode == 0:
        return None if found == new and said == "" else f"{where}: not the new results"
    if p.returncode == -number and said == "":
        return None if found == old else f"{where}: before main() had begun, and yet the results changed"
    if p.returncode != 128 + number or said != SAID:
        return f"{where}: neither done nor interrupted"
    return None if found == old else f"{where}: the old results are not whole"


def while_waiting(what, arguments, before_it):
    """Interrupted where it waits or searches: before the first document is read."""
    before_it()
    old = results("out")
    p = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.4)
    p.send_signal(signal.SIGTERM)
    began = time.monotonic()
    try:
        status = p.wait(timeout=20)
    except subprocess.TimeoutExpired:
        p.kill()
        status = "none"
    said = p.stderr.read()
    p.communicate()
    good = status == 143 and said == SAID and results("out") == old and time.monotonic() - began < 10
    print(f"{'ok' if good else 'not ok'} {what}" + ("" if good else f"\n# status {status}, said {said!r}"))
    return good


def deep_folders():
    """Patterns with ** four times visit each of these many thousand times."""
    path = "deep"
    for i in range(90):
        path = os.path.join(path, "d")
    os.makedirs(path, exist_ok=True)


def signals_come_late():
    """ThreadSanitizer hands a signal on when the call it came in is done."""
    with open(os.path.join(os.environ["builddir"], "Makefile")) as f:
        return "-fsanitize=thread" in f.read()


def main():
    if signals_come_late():
        print("1..0 # SKIP ThreadSanitizer")
        return 0
    prepare()
    subprocess.run(command("whole"), check=True)
    began = time.monotonic()
    subprocess.run(command("whole"), check=True)
    longest = (time.monotonic() - began) * 1.1
    new = results("whole")
    rng = random.Random(7)
    faults, done = [], 0
    for i in range(MANY):
        if i == 0 or results("out") == new:
            subprocess.run(command("out", "--limit", "3"), check=True)
        old = results("out")
        wrong = one(rng, longest, old, new)
        faults += [wrong] if wrong else []
        done += results("out") == new
    for wrong in faults[:20]:
        print("#", wrong)
    print(f"# {MANY} signals within {longest * 1000:.0f} ms: {done} came after the end")
    print(("not ok" if faults else "ok") + f" 1 - {MANY} signals: status, message and results agree")
    print(("ok" if done < MANY else "not ok") + " 2 - some of them came in time")
    waits = [("3 - while it waits for standard input", command("out", "-"), lambda: None),
             ("4 - while it looks for files", command("out", "deep/**/**/**/**/*.jsonl"), deep_folders),
             ("5 - while it waits for its configuration", [WINNOW, "run", "-", "--out", "out", "--quiet"], lambda: None)]
    good = [while_waiting(*w) for w in waits]
    print("1..5")
    shutil.rmtree(HERE, ignore_errors=True)
    return 0 if all(good) and not faults else 1


sys.exit(main())
