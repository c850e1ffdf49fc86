"""text.py ftfy|charset-normalizer|chardet: {"id", "text"} or {"id", "file"} -> {"id", "text", "charset"}"""
import json
import sys


def ftfy_(request):
    import ftfy
    return {"text": ftfy.fix_encoding(request["text"])}


def decode(request, name, raw):
    try:
        return {"charset": name, "text": raw.decode(name or "utf-8", "replace")}
    except LookupError:
        return {"charset": name, "text": ""}


def normalizer(request):
    from charset_normalizer import from_bytes
    raw = open(request["file"], "rb").read()
    best = from_bytes(raw).best()
    return {"charset": best.encoding, "text": str(best)} if best else {"charset": None, "text": ""}


def chardet_(request):
    import chardet
    raw = open(request["file"], "rb").read()
    return decode(request, chardet.detect(raw)["encoding"], raw)


run = {"ftfy": ftfy_, "charset-normalizer": normalizer, "chardet": chardet_}[sys.argv[1]]
for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = run(request)
    except Exception as error:
        reply = {"error": repr(error)[:200]}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
