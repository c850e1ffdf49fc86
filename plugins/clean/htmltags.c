/* htmltags.c: the table of elements, ordered by name. Names as in the HTML standard, with those
 * that pages still use from before it. */
#include "clean/htmltags.h"

#include <stdlib.h>
#include <string.h>

static const html_tag_info tags[] = {
    {"a", TAG_A, 0},
    {"abbr", TAG_ABBR, 0},
    {"address", TAG_ADDRESS, NODE_BLOCK},
    {"article", TAG_ARTICLE, NODE_BLOCK},
    {"aside", TAG_ASIDE, NODE_BLOCK},
    {"b", TAG_B, 0},
    {"blockquote", TAG_BLOCKQUOTE, NODE_BLOCK},
    {"body", TAG_BODY, NODE_BLOCK},
    {"br", TAG_BR, 0},
    {"button", TAG_BUTTON, NODE_BLOCK},
    {"caption", TAG_CAPTION, NODE_BLOCK},
    {"center", TAG_DIV, NODE_BLOCK},
    {"code", TAG_CODE, 0},
    {"datalist", TAG_SELECT, NODE_BLOCK | NODE_SKIP},
    {"dd", TAG_DD, NODE_BLOCK},
    {"details", TAG_DETAILS, NODE_BLOCK},
    {"dialog", TAG_DIV, NODE_BLOCK | NODE_HIDDEN},
    {"div", TAG_DIV, NODE_BLOCK},
    {"dl", TAG_DL, NODE_BLOCK},
    {"dt", TAG_DT, NODE_BLOCK},
    {"em", TAG_EM, 0},
    {"fieldset", TAG_FIELDSET, NODE_BLOCK},
    {"figcaption", TAG_FIGCAPTION, NODE_BLOCK},
    {"figure", TAG_FIGURE, NODE_BLOCK},
    {"font", TAG_FONT, 0},
    {"footer", TAG_FOOTER, NODE_BLOCK},
    {"form", TAG_FORM, NODE_BLOCK},
    {"h1", TAG_H1, NODE_BLOCK},
    {"h2", TAG_H2, NODE_BLOCK},
    {"h3", TAG_H3, NODE_BLOCK},
    {"h4", TAG_H4, NODE_BLOCK},
    {"h5", TAG_H5, NODE_BLOCK},
    {"h6", TAG_H6, NODE_BLOCK},
    {"head", TAG_HEAD, NODE_BLOCK},
    {"header", TAG_HEADER, NODE_BLOCK},
    {"hr", TAG_HR, NODE_BLOCK},
    {"html", TAG_HTML, NODE_BLOCK},
    {"i", TAG_I, 0},
    {"iframe", TAG_IFRAME, NODE_BLOCK | NODE_SKIP},
    {"img", TAG_IMG, 0},
    {"input", TAG_INPUT, 0},
    {"label", TAG_LABEL, 0},
    {"legend", TAG_LABEL, NODE_BLOCK},
    {"li", TAG_LI, NODE_BLOCK},
    {"link", TAG_LINK, 0},
    {"main", TAG_MAIN, NODE_BLOCK},
    {"meta", TAG_META, 0},
    {"nav", TAG_NAV, NODE_BLOCK},
    {"noscript", TAG_NOSCRIPT, NODE_BLOCK | NODE_SKIP},
    {"object", TAG_OBJECT, NODE_BLOCK | NODE_SKIP},
    {"ol", TAG_OL, NODE_BLOCK},
    {"option", TAG_OPTION, NODE_BLOCK | NODE_SKIP},
    {"p", TAG_P, NODE_BLOCK},
    {"pre", TAG_PRE, NODE_BLOCK | NODE_PRE},
    {"script", TAG_SCRIPT, NODE_SKIP},
    {"section", TAG_SECTION, NODE_BLOCK},
    {"select", TAG_SELECT, NODE_BLOCK | NODE_SKIP},
    {"small", TAG_SMALL, 0},
    {"span", TAG_SPAN, 0},
    {"strong", TAG_STRONG, 0},
    {"style", TAG_STYLE, NODE_SKIP},
    {"summary", TAG_SUMMARY, NODE_BLOCK},
    {"sup", TAG_SUP, 0},
    {"svg", TAG_SVG, NODE_SKIP},
    {"table", TAG_TABLE, NODE_BLOCK},
    {"tbody", TAG_TBODY, NODE_BLOCK},
    {"td", TAG_TD, NODE_BLOCK},
    {"template", TAG_TEMPLATE, NODE_SKIP},
    {"textarea", TAG_TEXTAREA, NODE_BLOCK | NODE_SKIP},
    {"tfoot", TAG_TFOOT, NODE_BLOCK},
    {"th", TAG_TH, NODE_BLOCK},
    {"thead", TAG_THEAD, NODE_BLOCK},
    {"time", TAG_TIME, 0},
    {"title", TAG_TITLE, NODE_BLOCK | NODE_SKIP},
    {"tr", TAG_TR, NODE_BLOCK},
    {"ul", TAG_UL, NODE_BLOCK},
    {"video", TAG_VIDEO, NODE_BLOCK | NODE_SKIP},
};

static int compare_tag(const void *name, const void *info)
{
    return strcmp(name, ((const html_tag_info *)info)->name);
}

const html_tag_info *html_tag_find(const char *name)
{
    return bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_tag);
}
