"""The report's page: its policy allows the style and the script that it holds, by their hash, and nothing else; also
when they are files of the user's own."""
import base64, hashlib, html.parser, os, re, shutil, subprocess

WINNOW = os.environ["WINNOW"]
HERE = os.path.join(os.environ["builddir"], "tests", "cli", "policy.tmp")
checks = []


class Page(html.parser.HTMLParser):
    """What a browser finds: the policy, and the text of style and script."""

    def __init__(self, text):
        super().__init__()
        self.policy, self.inline, self.inside = "", {"style": [], "script": []}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag in self.inline:
            self.inside = tag
            self.inline[tag].append("")

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.inline[self.inside][-1] += data


def check(what, holds, why=""):
    checks.append(holds)
    print(f"{'' if holds else 'not '}ok {len(checks)} - {what}{'' if holds else f' # {why}'}")


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


def run():
    return subprocess.run([WINNOW, "run", "c.yaml", "--quiet", "--out", "out"], capture_output=True, text=True)


def page():
    """Read as a browser does: a line ends with LF."""
    with open("out/report.html", encoding="utf-8", newline="") as f:
        return Page(re.sub("\r\n?", "\n", f.read()))


def allowed_is_what_is_there(name):
    done, p = run(), page()
    for tag in ("style", "script"):
        want = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in p.inline[tag]]
        have = re.findall(rf"{tag}-src '([^']*)'(?:;|$)", p.policy)
        check(f"{name}: the policy allows the {tag} of the page by its hash", have == [f"sha256-{h}" for h in want] and len(want) == 1,
              f"{have} for {want}: {done.stderr}")
    check(f"{name}: and nothing else", p.policy.startswith("default-src 'none';") and "unsafe" not in p.policy, p.policy)
    return p


shutil.rmtree(HERE, ignore_errors=True)
os.makedirs(HERE)
os.chdir(HERE)
write("c.yaml", b"version: 1\ninput: {use: jsonl, with: {path: [in.jsonl]}}\nstages: []\noutput: [report]\n")
write("in.jsonl", b'{"id": "a", "text": "The quay was closed."}\n')
allowed_is_what_is_there("stock files")

css, js = "body { color: #123 }\r\n/* caf\u00e9 */\r\r\nb { top: 0 }\r".encode(), b'"use strict";\r\ndocument.title += "!";\r\n'
write("report.css", css)
write("report.js", js)
p = allowed_is_what_is_there("files of the user's, with CR")
check("they stand in the page", p.inline["style"] == [css.decode().replace("\r\n", "\n").replace("\r", "\n")] and
      p.inline["script"] == [js.decode().replace("\r\n", "\n")], str(p.inline))

write("report.js", b'"use strict";\nvar s = "</script>";\n')
done = run()
check("a script that would end inside the page is refused, with its line", done.returncode == 78 and "report.js:2:" in done.stderr, done.stderr)
os.chdir(os.environ["builddir"])
if all(checks):
    shutil.rmtree(HERE)
print(f"1..{len(checks)}")
raise SystemExit(not all(checks))
