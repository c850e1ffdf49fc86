// node.js HOME readability|chrono|recognizers: JSON lines in, JSON lines out; offsets in characters.
const path = require("path");
const fs = require("fs");
const readline = require("readline");
const [home, what] = process.argv.slice(2);
const load = (name) => require(path.join(home, "node_modules", name));

function characters(text) {
  // UTF-16 offset -> characters
  if (!/[\ud800-\udbff]/.test(text)) return (i) => i;
  const table = new Uint32Array(text.length + 1);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    table[i] = n;
    const c = text.charCodeAt(i);
    if (c < 0xd800 || c > 0xdbff) n++;
  }
  table[text.length] = n;
  return (i) => table[i];
}

const pad = (n) => String(n).padStart(2, "0");

function chrono_value(part) {
  const v = { y: part.get("year"), m: part.get("month"), d: part.get("day") };
  if (part.isCertain("hour"))
    return ["TIME", `${v.y}-${pad(v.m)}-${pad(v.d)}T${pad(part.get("hour"))}:${pad(part.get("minute") || 0)}`];
  if (part.isCertain("day") || part.isCertain("weekday") || !part.isCertain("month"))
    return part.isCertain("year") && !part.isCertain("month") && !part.isCertain("day") && !part.isCertain("weekday")
      ? ["DATE", `${v.y}`] : ["DATE", `${v.y}-${pad(v.m)}-${pad(v.d)}`];
  return ["DATE", `${v.y}-${pad(v.m)}`];
}

const runners = {
  readability() {
    const { JSDOM, VirtualConsole } = load("jsdom");
    const { Readability } = load("@mozilla/readability");
    return (request) => {
      const dom = new JSDOM(fs.readFileSync(request.file), { url: request.url || "https://example.org/", virtualConsole: new VirtualConsole() });
      const found = new Readability(dom.window.document).parse();
      dom.window.close();
      if (!found) return { text: "" };
      const published = (found.publishedTime || "").slice(0, 10);
      return { text: found.textContent, title: found.title, author: found.byline, date: published };
    };
  },
  chrono() {
    const chrono = load("chrono-node");
    return (request) => {
      const at = characters(request.text);
      const base = request.dct ? new Date(request.dct + "T12:00:00") : new Date(0);
      return { spans: chrono.parse(request.text, base).map((r) => {
        const [type, value] = chrono_value(r.start);
        return { start: at(r.index), end: at(r.index + r.text.length), type, value };
      }) };
    };
  },
  recognizers() {
    const R = load("@microsoft/recognizers-text-date-time");
    const types = { date: "DATE", daterange: "DATE", time: "TIME", timerange: "TIME", datetime: "TIME", datetimerange: "TIME", duration: "DURATION", set: "SET" };
    return (request) => {
      const at = characters(request.text);
      const base = request.dct ? new Date(request.dct + "T12:00:00") : new Date(0);
      const found = R.recognizeDateTime(request.text, "en-us", R.DateTimeOptions.None, base);
      return { spans: found.map((r) => {
        const values = (r.resolution && r.resolution.values) || [];
        const first = values[0] || {};
        // A year that the words leave open is resolved to the past and the future: news tell of the past.
        const open = !first.timex || /X|^\(/.test(first.timex);
        const value = open ? first.value || first.start || first.timex || "" : first.timex;
        return { start: at(r.start), end: at(r.end + 1), type: types[r.typeName.split(".")[1]] || "DATE", value: value.replace(" ", "T") };
      }) };
    };
  },
};

const run = runners[what]();
const log = console.log;
console.log = console.warn = console.error;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  const start = process.cpuUsage();
  let reply;
  try {
    reply = run(request);
  } catch (error) {
    reply = { error: String(error).slice(0, 200) };
  }
  const used = process.cpuUsage(start);
  log(JSON.stringify({ id: request.id, ...reply, cpu: (used.user + used.system) / 1e6 }));
});
