"""dates.py dateparser: search_dates. {"id", "text", "dct"} -> {"id", "spans": [{start, end, type, value}]}

It answers with words and a datetime, without offsets and without a precision: the words are looked up in
order, the value is the day."""
import datetime
import json
import sys
import time

from dateparser.search import search_dates

for line in sys.stdin:
    request = json.loads(line)
    reply, spans, at = {"id": request["id"]}, [], 0
    base = datetime.datetime.fromisoformat(request["dct"]) if request.get("dct") else datetime.datetime(1970, 1, 1)
    started = time.process_time()
    try:
        for words, value in search_dates(request["text"], languages=["en"], settings={"RELATIVE_BASE": base}) or []:
            start = request["text"].find(words, at)
            if start >= 0:
                at = start + len(words)
                spans.append({"start": start, "end": at, "type": "DATE", "value": value.date().isoformat()})
        reply["spans"] = spans
    except Exception as error:
        reply["error"] = repr(error)[:200]
    reply["cpu"] = time.process_time() - started
    print(json.dumps(reply), flush=True)
