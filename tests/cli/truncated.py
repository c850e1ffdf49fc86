"""truncated.py: a plugin's file that was cut short, at every header and at many lengths between: each command that loads it
says so and ends; none is ended by a signal. All but the last bytes that its headers need are needed."""
import os
import shutil
import subprocess
import sys
import tempfile

WINNOW = os.environ["WINNOW"]
PLUGIN = os.path.join(os.environ["builddir"], "tests", "plugins", ".libs", "t_probe.so")
count = failed = 0


def check(name, faults):
    global count, failed
    count += 1
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {count} - {name}")
    for fault in faults[:5]:
        print(f"# {fault}")


def run(*words, **env):
    p = subprocess.run([WINNOW, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       env=dict(os.environ, **env), check=False)
    return p.returncode, p.stdout.decode(errors="replace")


def field(data, at, size):
    return int.from_bytes(data[at:at + size], sys.byteorder)


with open(PLUGIN, "rb") as file:
    whole = file.read()
if whole[4] == 2:
    tables = [(field(whole, 32, 8), field(whole, 54, 2), field(whole, 56, 2)), (field(whole, 40, 8), field(whole, 58, 2), field(whole, 60, 2))]
else:
    tables = [(field(whole, 28, 4), field(whole, 42, 2), field(whole, 44, 2)), (field(whole, 32, 4), field(whole, 46, 2), field(whole, 48, 2))]
edges = [0, 1, 3, 4, 5, 15, 16, 17, 51, 52, 63, 64]
for offset, size, n in tables:
    edges += [offset + i * size + d for i in range(n) for d in (0, size - 1)]
lengths = sorted({n for n in edges + list(range(0, len(whole), 997)) + [len(whole) - 1] if n < len(whole)})

folder = tempfile.mkdtemp(prefix="winnow-truncated-")
try:
    so = os.path.join(folder, "t_probe.so")
    config = os.path.join(folder, "c.yaml")
    with open(config, "w") as file:
        file.write("version: 1\nplugins: [.]\ninput: {use: files, with: {path: [c.yaml]}}\nstages: [t_probe]\noutput: [jsonl]\n")
    commands = {"list": (1, "list", "--plugins", folder), "inspect": (78, "inspect", so), "check-plugin": (1, "check-plugin", so),
                "validate": (78, "validate", config), "run": (78, "run", config, "--out", os.path.join(folder, "out"))}
    faults = {name: [] for name in commands}
    for length in lengths:
        with open(so, "wb") as file:
            file.write(whole[:length])
        few = length in edges or length % (7 * 997) == 0
        for name, (want, *words) in commands.items():
            if name != "list" and not few:
                continue
            status, said = run(*words)
            words_are_there = "truncated" in said or length < 4
            if status != want or not words_are_there or "signal" in said or "crashed" in said:
                faults[name].append(f"{length} of {len(whole)} bytes: status {status}: {said[-300:]!r}")
            if name == "list" and ("dedup" not in said or "cannot be used" not in said):
                faults[name].append(f"{length} bytes: not a row beside others: {said[-300:]!r}")
    for name, found in faults.items():
        check(f"{name}: of {len(lengths)} lengths none is fatal", found)
    for name, data in (("whole", whole), ("with bytes behind its end", whole + b"\0" * 100)):
        with open(so, "wb") as file:
            file.write(data)
        status, said = run("inspect", so)
        check(f"the file {name} is a plugin", [] if status == 0 else [said])
    with open(so, "wb") as file:
        file.write(b"not an ELF file, but a text" * 40)
    status, said = run("inspect", so)
    check("what is no ELF file is left to the system's loader", [] if status == 78 and "invalid ELF header" in said else [said])
finally:
    shutil.rmtree(folder)
print(f"1..{count}")
sys.exit(failed > 0)
