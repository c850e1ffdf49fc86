"""extract.py PEER: main content and page fields. {"id", "file": HTML, "url"?} -> {"id", "text", "title", "author", "date", "cpu"}"""
import json
import sys
import time


def trafilatura_(html, url):
    import trafilatura
    found = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if found is None:
        return {}
    found = found if isinstance(found, dict) else found.as_dict()
    return {"text": found.get("text"), "title": found.get("title"), "author": found.get("author"), "date": found.get("date")}


def resiliparse_(html, _url):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree
    page = bytes_to_str(html, detect_encoding(html))
    return {"text": extract_plain_text(page, main_content=True), "title": HTMLTree.parse(page).title}


def justext_(html, _url):
    import justext
    paragraphs = justext.justext(html, justext.get_stoplist("English"))
    return {"text": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}


def htmldate_(html, url):
    import htmldate
    return {"date": htmldate.find_date(html, original_date=True, url=url)}


RUN = {"trafilatura": trafilatura_, "resiliparse": resiliparse_, "jusText": justext_, "htmldate": htmldate_}

if __name__ == "__main__":
    extract = RUN[sys.argv[1]]
    for line in sys.stdin:
        request = json.loads(line)
        with open(request["file"], "rb") as page:
            html = page.read()
        reply = {"id": request["id"]}
        started = time.process_time()
        try:
            reply.update(extract(html, request.get("url")))
        except Exception as error:
            reply["error"] = repr(error)[:200]
        reply["cpu"] = time.process_time() - started
        print(json.dumps(reply), flush=True)
