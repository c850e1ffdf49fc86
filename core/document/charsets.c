/* charsets.c: labels of the WHATWG Encoding Standard (section 4.2), and what uchardet may answer
 * beyond them. */
#include "document/charsets.h"
#include <string.h>

static const charset sets[] = {
    {"utf-8", "UTF-8", CHARSET_UTF8, 1,
     "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"},
    {"windows-1252", "CP1252", CHARSET_BYTE, 1,
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
     "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252 x-user-defined"},
    {"windows-1250", "CP1250", CHARSET_BYTE, 1, "cp1250 x-cp1250"},
    {"windows-1251", "CP1251", CHARSET_BYTE, 1, "cp1251 x-cp1251"},
    {"windows-1253", "CP1253", CHARSET_BYTE, 1, "cp1253 x-cp1253"},
    {"windows-1254", "CP1254", CHARSET_BYTE, 1,
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
     "latin5 x-cp1254"},
    {"windows-1255", "CP1255", CHARSET_BYTE, 1, "cp1255 x-cp1255"},
    {"windows-1256", "CP1256", CHARSET_BYTE, 1, "cp1256 x-cp1256"},
    {"windows-1257", "CP1257", CHARSET_BYTE, 1, "cp1257 x-cp1257"},
    {"windows-1258", "CP1258", CHARSET_BYTE, 1, "cp1258 x-cp1258"},
    {"windows-874", "CP874", CHARSET_BYTE, 1, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620"},
    {"ibm866", "IBM866", CHARSET_BYTE, 1, "866 cp866 csibm866"},
    {"iso-8859-2", "ISO-8859-2", CHARSET_BYTE, 1,
     "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    {"iso-8859-3", "ISO-8859-3", CHARSET_BYTE, 1,
     "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    {"iso-8859-4", "ISO-8859-4", CHARSET_BYTE, 1,
     "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    {"iso-8859-5", "ISO-8859-5", CHARSET_BYTE, 1,
     "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
    {"iso-8859-6", "ISO-8859-6", CHARSET_BYTE, 1,
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i "
     "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {"iso-8859-7", "ISO-8859-7", CHARSET_BYTE, 1,
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
     "iso_8859-7:1987 sun_eu_greek"},
    {"iso-8859-8", "ISO-8859-8", CHARSET_BYTE, 1,
     "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8-e iso-8859-8-i iso-ir-138 "
     "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual"},
    {"iso-8859-10", "ISO-8859-10", CHARSET_BYTE, 1,
     "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"iso-8859-13", "ISO-8859-13", CHARSET_BYTE, 1, "iso8859-13 iso885913"},
    {"iso-8859-14", "ISO-8859-14", CHARSET_BYTE, 1, "iso8859-14 iso885914"},
    {"iso-8859-15", "ISO-8859-15", CHARSET_BYTE, 1,
     "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9"},
    {"iso-8859-16", "ISO-8859-16", CHARSET_BYTE, 1, ""},
    {"koi8-r", "KOI8-R", CHARSET_BYTE, 1, "cskoi8r koi koi8 koi8_r"},
    {"koi8-u", "KOI8-U", CHARSET_BYTE, 1, "koi8-ru"},
    {"macintosh", "MACINTOSH", CHARSET_BYTE, 1, "csmacintosh mac x-mac-roman"},
    {"x-mac-cyrillic", "MAC-CYRILLIC", CHARSET_BYTE, 1, "x-mac-ukrainian mac-cyrillic"},
    {"gb18030", "GB18030", CHARSET_MULTI, 1,
     "gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk cp936"},
    {"big5", "BIG5-HKSCS", CHARSET_MULTI, 1, "big5-hkscs cn-big5 csbig5 x-x-big5 cp950"},
    {"euc-jp", "EUC-JP", CHARSET_MULTI, 1, "cseucpkdfmtjapanese x-euc-jp"},
    {"iso-2022-jp", "ISO-2022-JP", CHARSET_MULTI, 1, "csiso2022jp"},
    {"shift_jis", "CP932", CHARSET_MULTI, 1,
     "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932"},
    {"euc-kr", "CP949", CHARSET_MULTI, 1,
     "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
     "windows-949 uhc cp949"},
    {"utf-16be", "UTF-16BE", CHARSET_MULTI, 2, "unicodefffe"},
    {"utf-16le", "UTF-16LE", CHARSET_MULTI, 2,
     "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16"},
    {"utf-32be", "UTF-32BE", CHARSET_MULTI, 4, ""},
    {"utf-32le", "UTF-32LE", CHARSET_MULTI, 4, "utf-32"},
    {"ibm852", "IBM852", CHARSET_BYTE, 1, "cp852"},
    {"ibm855", "IBM855", CHARSET_BYTE, 1, "cp855"},
    {"ibm865", "IBM865", CHARSET_BYTE, 1, "cp865"},
    {"x-mac-ce", "MAC-CENTRALEUROPE", CHARSET_BYTE, 1, "mac-centraleurope"},
    {"viscii", "VISCII", CHARSET_BYTE, 1, "csviscii"},
    {"euc-tw", "EUC-TW", CHARSET_MULTI, 1, "x-euc-tw"},
    {"johab", "JOHAB", CHARSET_MULTI, 1, "cp1361"},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool same(const char *p, size_t n, wn_str label)
{
    if (n != label.len)
        return false;
    for (size_t i = 0; i < n; i++)
        if (p[i] != lower(label.p[i]))
            return false;
    return true;
}

static bool among(const char *words, wn_str label)
{
    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        if (same(words, n, label))
            return true;
        words += n + (words[n] == ' ');
    }
    return false;
}

const charset *charset_named(wn_str label)
{
    while (label.len > 0 && blank(label.p[0]))
        label.p++, label.len--;
    while (label.len > 0 && blank(label.p[label.len - 1]))
        label.len--;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (same(sets[i].name, strlen(sets[i].name), label) || among(sets[i].labels, label))
            return &sets[i];
    return NULL;
}

/* ---- what a page says ---- */

enum { PRESCAN = 4096 };

/* Does the lower-case word stand at p, in any case? */
static bool at_word(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && same(word, n, (wn_str){p, n});
}

static const char *find_word(const char *p, const char *end, const char *word)
{
    while (p < end && !at_word(p, end, word))
        p++;
    return p < end ? p : NULL;
}

static wn_str head(wn_str bytes)
{
    return (wn_str){bytes.p, bytes.len < PRESCAN ? bytes.len : PRESCAN};
}

bool looks_like_html(wn_str bytes)
{
    const wn_str h = head(bytes);
    static const char *const marks[] = {"<!doctype html", "<html", "<head", "<meta", "<body"};
    const char *end = h.p + h.len;
    for (const char *p = h.p; h.len > 0 && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (at_word(p, end, marks[i]))
                return true;
    return false;
}

static const char *past_blanks(const char *s, const char *end)
{
    while (s < end && blank(*s))
        s++;
    return s;
}

/* The value after '=' at p, quoted or not; p is left behind it. */
static wn_str attribute_value(const char **p, const char *end)
{
    const char *s = past_blanks(*p, end);
    if (s == end || *s != '=') {
        *p = s;
        return (wn_str){"", 0};
    }
    s = past_blanks(s + 1, end);
    const char quote = s < end && (*s == '"' || *s == '\'') ? *s++ : '\0';
    const char *start = s;
    while (s < end && (quote != '\0' ? *s != quote : !blank(*s) && *s != '>' && *s != ';'))
        s++;
    *p = s < end && quote != '\0' ? s + 1 : s;
    return (wn_str){start, (size_t)(s - start)};
}

static wn_str charset_in_content(wn_str content)
{
    const char *end = content.p + content.len, *p = find_word(content.p, end, "charset");
    if (p == NULL)
        return (wn_str){"", 0};
    p += strlen("charset");
    return attribute_value(&p, end);
}

/* p: after "<meta". */
static wn_str meta_charset(const char *p, const char *end)
{
    wn_str charset_attribute = {"", 0}, content = {"", 0};
    bool content_type = false;
    while (p < end && *p != '>') {
        const char *name = p;
        while (p < end && !blank(*p) && *p != '=' && *p != '>')
            p++;
        const wn_str n = {name, (size_t)(p - name)};
        if (n.len == 0 && *p != '=') {
            p++;
            continue;
        }
        const wn_str value = attribute_value(&p, end);
        if (same("charset", 7, n))
            charset_attribute = value;
        else if (same("content", 7, n))
            content = charset_in_content(value);
        else if (same("http-equiv", 10, n))
            content_type = same("content-type", 12, value);
    }
    return charset_attribute.len > 0 ? charset_attribute : content_type ? content : (wn_str){"", 0};
}

static const charset *legible(wn_str label)
{
    const charset *c = label.len > 0 ? charset_named(label) : NULL;
    return c != NULL && c->unit > 1 ? &sets[0] : c;
}

static const charset *xml_declaration(const char *p, const char *end)
{
    const char *stop = find_word(p, end, "?>");
    const char *encoding = stop == NULL ? NULL : find_word(p, stop, "encoding");
    if (encoding == NULL)
        return NULL;
    encoding += strlen("encoding");
    return legible(attribute_value(&encoding, stop));
}

const charset *charset_of_html(wn_str bytes)
{
    const wn_str h = head(bytes);
    const char *end = h.p + h.len;
    for (const char *p = h.p; p < end; p++) {
        const charset *c = NULL;
        if (*p != '<')
            continue;
        if (at_word(p, end, "<!--")) {
            const char *stop = find_word(p + 4, end, "-->");
            if (stop == NULL)
                return NULL;
            p = stop;
        } else if (at_word(p, end, "<?xml")) {
            c = xml_declaration(p, end);
        } else if (at_word(p, end, "<meta") && p + 5 < end && (blank(p[5]) || p[5] == '/')) {
            c = legible(meta_charset(p + 5, end));
        }
        if (c != NULL)
            return c;
    }
    return NULL;
}
