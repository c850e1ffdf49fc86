"""Texts and pages made to hurt: each pattern is a function of a size in bytes and answers a text of about that size.

A run of one unit is what makes a loop that looks ahead quadratic, so most patterns are units, repeated. `TEXT` holds those
for the text stages, `HTML` those for the page reader."""
import random

PARAGRAPH = ("The harbour board of Skagen said on Monday that about 4,200 people had used the new ferry since May 3, 2024. "
             "“We did not expect that,” said Ann Orr, the board's chair, “and we are glad.” ")


def run(unit):
    """The unit again and again."""
    return lambda n: unit * (n // len(unit.encode()) + 1)


def nested(opening, closing, inner="a "):
    """n/2 bytes of opening marks, then the closing ones."""
    def make(n):
        k = n // len((opening + closing).encode())
        return opening * k + inner + closing * k
    return make


def once(head, unit, tail=""):
    return lambda n: head + run(unit)(n) + tail


def sentences(unit, words=390, end=". "):
    """Sentences that stay just below the 400 tokens of claims' max_sentence."""
    per = max(1, words // max(1, len(unit.split())))
    return run((unit * per).strip() + end)


def numbered(template):
    """{} becomes 0, 1, 2, ...: nothing repeats."""
    def make(n):
        parts, size, i = [], 0, 0
        while size < n:
            parts.append(template.format(i))
            size += len(parts[-1].encode())
            i += 1
        return "".join(parts)
    return make


def letters(n):
    """A reproducible soup of words."""
    rng, parts, size = random.Random(7), [], 0
    while size < n:
        word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(1, 9)))
        parts.append(word)
        size += len(word) + 1
    return " ".join(parts)


def soup(heads, words, vocabulary):
    """Sentences that begin with one of the heads, of words that many of them share."""
    def make(n):
        rng, parts, size = random.Random(5), [], 0
        known = ["v" + "".join(rng.choice("bcdfghklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(vocabulary)]
        while size < n:
            parts.append(rng.choice(heads) + " ".join(rng.sample(known, words)) + ". ")
            size += len(parts[-1])
        return "".join(parts)
    return make


def amounts(words, story=None):
    """Sentences of so many words of a small vocabulary, each with a number behind it; every `story` bytes another vocabulary."""
    def make(n):
        rng, parts, size, at, begun = random.Random(5), [], 0, "", None
        while size < n:
            if story and size // story != begun:
                begun = size // story
                at = "".join(rng.choice("bcdfghklmnprst") + rng.choice("aeiou") for _ in range(2))
            told = (f"{at}{rng.choice('bcdfg')}{rng.choice('aeiou')}{rng.choice('klmnp')}{rng.choice('aeiou')} ${rng.randint(10, 99999)}" for _ in range(words))
            parts.append(f"Ann O{at or 'rr'} said " + " ".join(told) + ". ")
            size += len(parts[-1])
        return "".join(parts)
    return make


TEXT = {
    # runs of the words that the stages know
    "determiners": run("the "), "determiners-mixed": run("the a an this "), "that": run("that "), "not": run("not "),
    "adverbs-then-participle": run("not very often soon told "), "adjectives": run("big old new red "),
    "possessives": run("her his their "),
    "genitives": run("Orr's "), "pronouns": run("he she they it "), "relative-pronouns": run("who which "),
    "prepositions": run("of in for by "),
    "conjunctions": run("and or but "), "auxiliaries": run("has been had be "), "modals": run("may might would "),
    "to": run("to "),
    "participles": run("said told warned "), "gerunds": run("saying telling warning "),
    "infinitives": run("to say to tell "),
    "speech-verbs": run("said "), "he-said": run("he said "), "he-said-sentences": run("He said so. "),
    "said-that": run("he said that "),
    "claim-that": run("claim that "), "noun-that-sentence": sentences("the claim that "),
    "estimates": sentences("the scholars estimates that "),
    "according-to": run("according to "), "according-to-x": sentences("according to the mayor, "),
    "by-source": sentences("told by Ann Orr as "),
    "comma-and-verb": sentences("he said, and he went, "), "in-commas": once("In ", "spring, he said, "),
    "in-commas-sentences": run("In " + "spring, he said, " * 60 + "it ends. "),
    "commas-gerund": sentences("he said, adding that "), "citing": sentences("he said, citing Ann Orr, "),
    "declined": run("She declined to comment. "),
    "warned-them-to": sentences("he warned them to "), "sees-as": sentences("he sees it as "),
    "titles": run("Mr Mrs Dr President "),
    # names and who speaks
    "names": run("Ann Orr "), "names-comma": run("Ann Orr, "), "names-said": run("Ann Orr said it was. "),
    "surname-said": run("Orr said it. "),
    "full-and-surname": run("Ann Orr said so. Orr said no. "), "many-names": numbered("Ann{0} Orr said so. "),
    "many-names-one-surname": numbered("Aa{0}x Orr met Orr. Orr said so. "),
    "role-said": run("The mayor, Ann Orr, spoke. The mayor said so. "), "roles": run("mayor chairman minister "),
    "capitals": run("NATO EU UN "), "shouting": run("HE SAID SO. "),
    # quotation marks, brackets, apostrophes
    "quotes-open": run("“a "), "quotes-close": run("a” "), "quotes-nested": nested("“‘", "’”"),
    "quotes-pairs": run("“so,” he said. "),
    "quotes-straight": run('"a '), "quotes-straight-pairs": run('"a" '), "quotes-single": run("'a "),
    "quotes-guillemets": nested("«", "»"),
    "quotes-in-quotes": run("“He said ‘no’ and “yes” ”. "),
    "quote-one-huge": once("He said, “", "it was good and he said no. ", "”"),
    "quote-unclosed-each-paragraph": run("“It was good, he said.\n\n"),
    "claims-before-a-huge-quote": lambda n: "He said that " * 120 + "“" + run("it is so and so. ")(n) + "”",
    "claims-before-quotes": run("He said that " * 120 + "“" + " ".join(f"w{i}x" for i in range(1500)) + "”. "),
    "denials": soup(["Ann Orr denied that ", "Bo Quay did not say that ", "Ann Orr said that "], 12, 400),
    "apostrophes": run("'"), "possessive-marks": run("dogs' "),
    "quotes-of-s": run("'dogs' cats' "), "brackets": run("("), "brackets-nested": nested("(", ")"),
    "brackets-words": run("Orr (a) said ("), "closing-marks": run(")"),
    # sentence ends
    "bangs": run("!"), "bangs-blanks": run("! "), "bangs-lower": once("a ", "! ", "a b"), "stops": run(". "),
    "dots": run("... "), "ellipsis": run("… "),
    "abbreviations": run("Mr. "), "initials": run("U.S. "), "one-word-sentences": run("No. "), "commas": run(", "),
    "semicolons": run("a; "), "dashes": run("— "), "hyphens": run("-"), "hyphenated": run("a-b-"),
    "slashes": run("/"), "slashes-words": run("a/b/"), "stop-letters": run("a.b."),
    # numbers, money, dates
    "numbers": run("5 "), "numbers-nouns": run("5 big "), "numbers-one-noun": once("", "5 big ", "dogs"),
    "number-words": run("one two three "), "ranges": run("5-6 "), "range-chain": run("5-"), "currency": run("$"),
    "money": run("$5 "), "money-million": run("$5 million "), "units": run("5 km "), "percent": run("5% "),
    "amounts-short": amounts(8), "amounts-long": amounts(60), "amounts-longest": amounts(190),
    "amounts-in-stories": amounts(60, 8000), "amounts-in-small-stories": amounts(20, 4000),
    "magnitudes": run("million "), "qualifiers": run("more than "), "worth": run("worth $5 "),
    "one-number": run("1"), "grouped-number": run("1,000,"), "years": run("2024 "), "months": run("May "),
    "month-day": run("May 3 "), "full-dates": run("May 3, 2024 "), "weekdays": run("Monday "),
    "iso-dates": run("2024-05-03 "), "iso-times": run("2024-05-03T10:00:00Z "), "clock": run("10:30 "),
    "clock-am": run("10 a.m. "), "date-slashes": run("3/5/24 "), "date-slash-chain": run("3/5/"),
    "date-stops": run("3.5."),
    "since": run("since "), "since-may": run("since May "), "from-to": run("from May to June "),
    "the-day-after": run("the day after "), "last": run("last "), "last-week": run("last week "),
    "ago": run("two days ago "),
    "ordinals": run("3rd "), "ordinal-words": run("the first of the "), "decades": run("1990s "),
    "seasons": run("spring "), "today": run("today "), "between-and": run("between May and "),
    "times-zones": run("10:30 GMT "),
    "week-of": run("the week of "), "early-late": run("early late mid-"), "every": run("every Monday "),
    "holidays": run("Christmas "), "day-names-comma": run("Monday, "), "quarter": run("the second quarter of "),
    # lines
    "lines-no": run("no\n"), "lines-numbers": run("6\n"), "lines-mixed": run("a\r\nb\r"),
    "empty-lines": run("\n"), "one-letter-lines": run("a\n"), "one-letter-paragraphs": run("a\n\n"),
    "blank-lines": run(" \n"), "carriage-returns": run("\r\n"), "tabs": run("\t"), "blanks": run(" "),
    "bullets": run("* a\n"), "bullets-dash": run("- item\n"), "bylines": run("By Ann Orr\n"),
    "bylines-mixed": run("By Ann Orr and Bo Quay, Staff Writer\n"), "bylines-inline": run("By Ann Orr "),
    "datelines": run("SKAGEN, May 30 (Northern Wire) - "),
    "datelines-lines": run("SKAGEN, May 30 (Northern Wire) - It rained.\n"),
    "credits-agency": run("AP\n"), "credits-agency-after": once("It rained.\n\n", "(Reuters)\n\n"),
    "credits": run("(Reporting by Ann Orr)\n"), "credit-lines": run("Photo: Ann Orr/Northern Wire\n"),
    "menu": run("Home\nNews\nSport\nContact us\n"), "menu-one-line": run("Home | News | Sport | "),
    "read-more": run("Read more: ferry\n"), "share": run("Share this article on Facebook\n"),
    "copyright": run("© 2024 Northern Wire. All rights reserved.\n"),
    "title-again": run("The ferry is late\n"), "published-lines": run("Published: May 3, 2024\n"),
    "urls": run("https://example.org/a/b?c=d "), "addresses": run("ann@example.org "),
    "hash-tags": run("#ferry @ann "),
    # characters
    "no-blanks": run("a"), "no-blanks-capitals": run("A"),
    "long-words": run("antidisestablishmentarianism" * 40 + " "), "one-letter-words": run("a "),
    "capital-letters": run("A B "),
    "combining": run("e\u0301"), "combining-run": once("e", "\u0301"), "rtl": run("שלום "), "arabic": run("مرحبا "),
    "cjk": run("新闻报道"), "cjk-stops": run("新闻。"), "hangul": run("뉴스 "), "emoji": run("😀"),
    "emoji-joined": run("👩\u200d👩\u200d👧"),
    "mojibake": run("â€œcafÃ© "), "mojibake-run": run("Ã©"), "mojibake-deep": run("ÃƒÂ©"),
    "controls": run("a\x01\x02"), "zero-width": run("a\u200b"), "soft-hyphens": run("a\u00ad"),
    "no-break": run("a\u00a0"), "replacement": run("\ufffd"),
    "bidi-marks": run("\u202ea\u202c"), "fullwidth": run("Ａ１ "), "greek": run("Ειδήσεις "),
    "cyrillic": run("Новости "), "astral": run("𝔞"), "private": run("\ue000"), "line-separators": run("a\u2028"),
    # whole texts
    "paragraph": run(PARAGRAPH + "\n\n"), "one-huge-line": run(PARAGRAPH),
    "near-duplicates": numbered("The board met on day {0} and the board said that it would pay {0} crowns.\n\n"),
    "lines-near-duplicates": numbered("Story {0}: the ferry is late\n"), "word-soup": letters,
    "numbers-soup": numbered("{0} "), "words-once": numbered("w{0}x "),
}


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><title>The ferry is late</title>{head}</head><body>{body}</body></html>"


def in_body(make):
    return lambda n: page(make(n))


def in_head(make):
    return lambda n: page(f"<p>{PARAGRAPH}</p>", make(n))


def json_ld(before, unit, after, wrap=in_head):
    """One script: units joined by commas between before and after."""
    def make(n):
        count = n // (len(unit.encode()) + 1) + 1
        return '<script type="application/ld+json">' + before + ",".join([unit] * count) + after + "</script>"
    return wrap(make)


def json_ld_deep(n):
    k = n // 16
    return page("<p>a</p>", '<script type="application/ld+json">' + '{"@graph":[' * k + '{"@type":"NewsArticle"}' + "]}" * k + "</script>")


ARTICLE = '{"@type":"NewsArticle","headline":"The ferry is late","datePublished":"2024-05-03","author":{"@type":"Person","name":"Ann Orr"},"publisher":{"name":"Lantern"}}'

HTML = {
    "deep-div": in_body(nested("<div>", "</div>", "text")),
    "deep-text": in_body(nested("<div>a ", "b </div>", "text")),
    "deep-inline": in_body(nested("<b><i>", "</i></b>", "text")), "unclosed": in_body(run("<p><b>a")),
    "unclosed-divs": in_body(run("<div>a")), "stray-ends": in_body(run("</b></p></div>")),
    "misnested": in_body(run("<b><p>a</b></p>")), "misnested-links": in_body(run("<a href=x><div>a</a>")),
    "many-attributes": in_body(lambda n: "<p " + numbered('a{0}="b" ')(n) + ">text</p>"),
    "huge-attribute": in_body(lambda n: '<p title="' + "a" * n + '">text</p>'),
    "attributes-each": in_body(run('<p class="a b c" id="d" title="e">a</p>')),
    "paragraphs": in_body(run(f"<p>{PARAGRAPH}</p>")), "short-paragraphs": in_body(run("<p>a</p>")),
    "one-character-nodes": in_body(run("<b>a</b>")), "breaks": in_body(run("a<br>")), "rules": in_body(run("<hr>")),
    "tables": in_body(run("<table><tr><td>a</td></tr></table>")),
    "tables-nested": in_body(nested("<table><tr><td>", "</td></tr></table>", "a")),
    "table-rows": in_body(lambda n: "<table>" + run("<tr><td>a<td>b")(n) + "</table>"),
    "table-misplaced": in_body(lambda n: "<table>" + run("a<p>b")(n) + "</table>"),
    "lists": in_body(run("<ul><li>a</li></ul>")), "lists-nested": in_body(nested("<ul><li>", "</li></ul>", "a")),
    "definition-lists": in_body(run("<dl><dt>a<dd>b</dl>")), "entities": in_body(run("&amp;")),
    "entities-numeric": in_body(run("&#233;")), "entities-wrong": in_body(run("&wrong")),
    "comments": in_body(run("<!-- a -->")), "comment-unclosed": in_body(lambda n: "<!--" + run("- ")(n)),
    "cdata": in_body(run("<![CDATA[a]]>")), "scripts": in_body(run("<script>a<b</script>")),
    "styles": in_body(run("<style>p{}</style>")),
    "classes": in_body(numbered('<p class="c{0} article-body related">a b c</p>')),
    "ids": in_body(numbered('<p id="i{0}">a</p>')),
    "forms": in_body(run("<form><input><select><option>a</select></form>")),
    "links": in_body(run('<a href="/a">read more</a> ')),
    "list-of-links": in_body(lambda n: "<ul>" + run('<li><a href="/a">a</a></li>')(n) + "</ul>"),
    "images": in_body(run('<figure><img src="a.png" alt="b"><figcaption>c</figcaption></figure>')),
    "headings": in_body(run("<h2>The ferry is late</h2>")), "titles": in_head(run("<title>The ferry</title>")),
    "articles": in_body(run(f"<article><p>{PARAGRAPH}</p></article>")),
    "articles-nested": in_body(nested("<article><section>", "</section></article>", PARAGRAPH)),
    "times": in_body(run('<time datetime="2024-05-03">May 3</time>')),
    "times-in-bylines": in_body(run('<div class="byline"><time datetime="2024-05-03">May 3</time></div>')),
    "bylines": in_body(run('<span class="byline">By Ann Orr</span>')),
    "bylines-different": in_body(numbered('<p class="author">By Ann{0} Orr</p>')),
    "rel-author": in_body(run('<a rel="author" href="/a">Ann Orr</a>')),
    "date-classes": in_body(run('<span class="date">May 3, 2024</span>')),
    "bylines-nested": in_body(nested('<div class="byline">', "</div>", "By Ann Orr")),
    "item-props": in_body(run('<span itemprop="author"><span itemprop="name">Ann Orr</span></span>')),
    "item-props-nested": in_body(nested('<div itemprop="author">', "</div>", "Ann Orr")),
    "meta": in_head(run('<meta name="author" content="Ann Orr">')),
    "meta-dates": in_head(run('<meta property="article:published_time" content="2024-05-03">')),
    "meta-different": in_head(numbered('<meta name="author" content="Ann{0} Orr">')),
    "meta-huge": in_head(lambda n: '<meta name="author" content="' + run("Ann Orr, ")(n) + '">'),
    "json-ld-scripts": in_head(run(f'<script type="application/ld+json">{ARTICLE}</script>')),
    "json-ld-scripts-body": in_body(run(f'<script type="application/ld+json">{ARTICLE}</script>')),
    "json-ld-authors": json_ld('{"@type":"NewsArticle","author":[', '{"@type":"Person","name":"Ann Orr"}', "]}"),
    "json-ld-graph": json_ld('{"@graph":[', ARTICLE, "]}"),
    "json-ld-dates": json_ld('{"@type":"NewsArticle",', '"datePublished":"2024-05-03"', "}"),
    "json-ld-deep": json_ld_deep, "json-ld-strings": json_ld('{"@type":"NewsArticle","keywords":[', '"a"', "]}"),
    "json-ld-broken": in_head(run('<script type="application/ld+json">{"@type":"NewsArticle",</script>')),
    "json-ld-escapes": in_head(lambda n: '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + run("\\u00e9\\\"")(n) + '"}</script>'),
    "less-than": in_body(run("<")), "ampersands": in_body(run("& ")), "half-tags": in_body(run("<a ")),
    "plain-after-tag": in_body(lambda n: "<p>" + run(PARAGRAPH)(n)),
    "pre": in_body(lambda n: "<pre>" + run("a\n b\n")(n) + "</pre>"),
    "hidden": in_body(run('<div style="display:none">a</div>')),
    "nav": in_body(run('<nav><a href="/a">News</a></nav>')),
    "footers": in_body(run("<footer>© Northern Wire</footer>")),
    "svg": in_body(nested("<svg><g>", "</g></svg>", "a")),
    "templates": in_body(nested("<template>", "</template>", "a")),
    "frames": in_head(run("<noscript><p>a</p></noscript>")),
    "plain-quotes": in_body(run('<blockquote><q>a</q></blockquote>')),
    "formatting-open": in_body(lambda n: run("<b>")(n // 2) + run("<p>a</p>")(n // 2)),
    "formatting-many": in_body(numbered('<font size="{0}"><p>a')),
    "selects": in_body(nested("<select><option>", "</option></select>", "a")),
    "lines-in-page": in_body(run("a\n")), "lines-mixed-in-page": in_body(run("a\r\nb\r")),
    "terms": in_body(run("<dt>a")), "deep-and-wide": in_body(run("<div>" * 300 + "a" + "</div>" * 300)),
    "iframes": in_body(run("<iframe>a</iframe>")),
}
