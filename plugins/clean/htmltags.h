/* htmltags.h: the elements of HTML that the stage tells apart, and what an element of that name is
 * for the text of a page. */
#ifndef PLUGINS_CLEAN_HTMLTAGS_H
#define PLUGINS_CLEAN_HTMLTAGS_H
#include <stdint.h>

typedef enum html_tag {
    TAG_OTHER,
    TAG_A,
    TAG_ABBR,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_B,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BR,
    TAG_BUTTON,
    TAG_CAPTION,
    TAG_CODE,
    TAG_DD,
    TAG_DETAILS,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_EM,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FONT,
    TAG_FOOTER,
    TAG_FORM,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEAD,
    TAG_HEADER,
    TAG_HR,
    TAG_HTML,
    TAG_I,
    TAG_IFRAME,
    TAG_IMG,
    TAG_INPUT,
    TAG_LABEL,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_META,
    TAG_NAV,
    TAG_NOSCRIPT,
    TAG_OBJECT,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_SCRIPT,
    TAG_SECTION,
    TAG_SELECT,
    TAG_SMALL,
    TAG_SPAN,
    TAG_STRONG,
    TAG_STYLE,
    TAG_SUMMARY,
    TAG_SUP,
    TAG_SVG,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TEMPLATE,
    TAG_TEXTAREA,
    TAG_TFOOT,
    TAG_TH,
    TAG_THEAD,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_VIDEO
} html_tag;

/* html_node.flags. Those of a name are NODE_BLOCK, _SKIP, _HIDDEN and _PRE; the rest is found out
 * by the reader of the page. */
enum {
    NODE_BLOCK = 1,  /* begins and ends a block of text */
    NODE_SKIP = 2,   /* its text is not for readers (script, style, template...) */
    NODE_HIDDEN = 4, /* hidden, aria-hidden, display:none */
    NODE_JSONLD = 8,
    NODE_PRE = 16
};

typedef struct html_tag_info {
    char name[12];
    uint8_t tag, flags; /* html_tag; bits as above */
} html_tag_info;

/* What is known of the element `name`, in lower case as libxml2 gives it; NULL: nothing
 * (TAG_OTHER). Static; any thread. */
const html_tag_info *html_tag_find(const char *name);

#endif
