"""schema.py: the JSON Schema that `winnow inspect --schema` prints is one, accepts what winnow accepts and
refuses what an editor should mark. Needs the Python modules jsonschema and yaml; skips without."""
import json
import os
import pathlib
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"1..0 # SKIP no Python module {missing.name}")
    sys.exit(0)

HEAD = "version: 1\ninput: {use: files, with: {path: [a]}}\n"
GOOD = [
    HEAD + "output: [jsonl]\n",
    HEAD + "stages: [dedup, {use: dedup, id: second, with: {threshold: 0.7, keep: all}}]\noutput: [jsonl]\n",
    HEAD + "stages: [{use: dedup, with: {threshold: '${T}'}}]\noutput: [jsonl]\n",
    HEAD + "stages: [my-own-stage, {use: my-own-stage, with: {anything: 1}}]\noutput: [jsonl]\n",
    HEAD + "output: [jsonl]\nlimits: {max_record: 10MB, max_rejects: 5}\n",
    HEAD + "output: [jsonl]\ntests: [{name: 2024, input: 7, expect: [{file: a.json, path: 0, equals: [1, ~]}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: [a, 7], expect: [{file: 7, lines: 1, min: 0.5, contains: true}]}]\n",
]
BAD = [
    HEAD + "output: [jsonl]\nstage: [dedup]\n",
    HEAD + "output: []\n",
    HEAD + "stages: [{use: dedup, with: {treshold: 0.7}}]\noutput: [jsonl]\n",
    HEAD + "stages: [{use: dedup, with: {threshold: 7}}]\noutput: [jsonl]\n",
    HEAD + "stages: [{use: dedup, with: {keep: some}}]\noutput: [jsonl]\n",
    HEAD + "stages: [{use: dedup, with: {near: 3}}]\noutput: [jsonl]\n",
    HEAD + "stages: [{use: dedup, on_error: ignore}]\noutput: [jsonl]\n",
    HEAD + "output: [jsonl]\nlimits: {max_record: 10X}\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: [], expect: [{file: a, lines: 1}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a/b, lines: 1}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a.json, path: a..b, lines: 1}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a, lines: x}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a, lines: -1}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a, min: x}]}]\n",
    HEAD + "output: [jsonl]\ntests: [{name: n, input: a, expect: [{file: a}]}]\n",
    "version: 2\ninput: files\noutput: [jsonl]\n",
]

schema = json.loads(subprocess.check_output([os.environ["WINNOW"], "inspect", "--schema"]))
validator = jsonschema.Draft202012Validator(schema)
count = failed = 0


def check(name, ok, detail=""):
    global count, failed
    count += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {count} - {name}")
    if not ok:
        print(f"# {detail}")


def faults(text):
    return [e.message for e in validator.iter_errors(yaml.safe_load(text))]


try:
    jsonschema.Draft202012Validator.check_schema(schema)
    check("it is a schema of draft 2020-12", True)
except jsonschema.SchemaError as e:
    check("it is a schema of draft 2020-12", False, e)
for i, text in enumerate(GOOD):
    check(f"good configuration {i + 1}", not faults(text), faults(text))
for i, text in enumerate(BAD):
    check(f"bad configuration {i + 1}", faults(text), text)
for path in sorted(pathlib.Path(os.environ["srcdir"], "configs").glob("*.yaml")):
    found = faults(path.read_text())
    check(f"configs/{path.name}", not found, found)
print(f"1..{count}")
sys.exit(failed > 0)
