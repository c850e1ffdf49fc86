/* abi_check.c: may this descriptor be used? Pure: reads the descriptor, nothing else. */
#include "config/config.h"
#include "config/options.h"
#include "util/utf8.h"
#include <string.h>

/* Size of the descriptor as each minor of ABI 1 left it. */
static const size_t size_of_minor[] = {
    [0] = offsetof(wn_plugin, end) + sizeof(((wn_plugin *)NULL)->end),
};
_Static_assert(sizeof size_of_minor / sizeof size_of_minor[0] == WN_ABI_MINOR + 1,
               "one size a minor");

static wn_status check_version(const wn_plugin *p, wn_error *err)
{
    if (p->magic != WN_ABI_MAGIC)
        return wn_fail(err, WN_E_ABI,
                       "not a winnow plugin: its descriptor starts with 0x%08x, not 0x%08x (begin "
                       "it with WN_PLUGIN_HEAD)",
                       (unsigned)p->magic, (unsigned)WN_ABI_MAGIC);
    if (p->abi_major != WN_ABI_MAJOR)
        return wn_fail(err, WN_E_ABI,
                       "built for plugin ABI %u.%u, this winnow has %d.%d: rebuild the plugin with "
                       "this winnow's plugin.h",
                       p->abi_major, p->abi_minor, WN_ABI_MAJOR, WN_ABI_MINOR);
    if (p->abi_minor > WN_ABI_MINOR)
        return wn_fail(err, WN_E_ABI,
                       "built for plugin ABI %u.%u, this winnow has %d.%d: use a newer winnow, or "
                       "rebuild the plugin with this winnow's plugin.h",
                       p->abi_major, p->abi_minor, WN_ABI_MAJOR, WN_ABI_MINOR);
    if (p->struct_size < size_of_minor[p->abi_minor])
        return wn_fail(err, WN_E_ABI,
                       "its descriptor has %u bytes where ABI %u.%u has %zu: rebuild the plugin, "
                       "and start the descriptor with WN_PLUGIN_HEAD",
                       (unsigned)p->struct_size, p->abi_major, p->abi_minor,
                       size_of_minor[p->abi_minor]);
    return WN_OK;
}

static wn_status check_strides(const wn_plugin *p, wn_error *err)
{
    static const char *const names[] = {"wn_option", "wn_edit",     "wn_range", "wn_part",
                                        "wn_span",   "wn_value",    "wn_edge",  "wn_token",
                                        "wn_extent", "wn_quotation"};
    static const wn_strides own = WN_STRIDES;
    uint16_t theirs[sizeof names / sizeof names[0]], ours[sizeof names / sizeof names[0]];
    _Static_assert(offsetof(wn_strides, reserved) == sizeof ours, "one name a stride");
    memcpy(theirs, &p->strides, sizeof theirs);
    memcpy(ours, &own, sizeof ours);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (theirs[i] != ours[i])
            return wn_fail(err, WN_E_ABI,
                           "its %s has %u bytes where this winnow has %u: start the descriptor "
                           "with WN_PLUGIN_HEAD, or rebuild the plugin with this winnow's plugin.h",
                           names[i], theirs[i], ours[i]);
    return WN_OK;
}

static bool is_text(const char *s)
{
    return s != NULL && s[0] != '\0' && utf8_valid(s, strlen(s));
}

static wn_status check_names(const wn_plugin *p, wn_error *err)
{
    if (!name_is_valid(p->name, "_-"))
        return wn_fail(err, WN_E_ABI, "its name `%.60s` does not match [a-z][a-z0-9_-]*",
                       p->name == NULL ? "(null)" : p->name);
    if (!is_text(p->version))
        return wn_fail(err, WN_E_ABI, "plugin `%s` has no version in UTF-8: set .version", p->name);
    if (!is_text(p->summary))
        return wn_fail(err, WN_E_ABI, "plugin `%s` has no summary in UTF-8: set .summary", p->name);
    if (!is_text(p->license))
        return wn_fail(err, WN_E_ABI,
                       "plugin `%s` has no licence in UTF-8: set .license to an SPDX name",
                       p->name);
    if (p->suffixes != NULL && !utf8_valid(p->suffixes, strlen(p->suffixes)))
        return wn_fail(err, WN_E_ABI, "plugin `%s` has suffixes that are not UTF-8: set .suffixes",
                       p->name);
    return WN_OK;
}

static int corpus_callbacks(const wn_plugin *p)
{
    return (p->emit != NULL) + (p->reduce != NULL) + (p->settle != NULL) + (p->apply != NULL);
}

static wn_status check_corpus_callbacks(const wn_plugin *p, wn_error *err)
{
    const int corpus = corpus_callbacks(p);
    if (corpus != 0 && corpus != 4)
        return wn_fail(
            err, WN_E_ABI,
            "plugin `%s` misses %s: a corpus stage has all of emit, reduce, settle and apply",
            p->name,
            p->emit == NULL     ? "emit"
            : p->reduce == NULL ? "reduce"
            : p->settle == NULL ? "settle"
                                : "apply");
    if (corpus == 4 && p->process != NULL)
        return wn_fail(err, WN_E_ABI,
                       "plugin `%s` has process and emit: a stage works on documents or on the "
                       "corpus, not on both",
                       p->name);
    return WN_OK;
}

static wn_status check_callbacks(const wn_plugin *p, wn_error *err)
{
    if (check_corpus_callbacks(p, err) != WN_OK)
        return WN_E_ABI;
    if (p->read == NULL && (p->sync != NULL || (p->flags & WN_SOURCE_SPLITS) != 0))
        return wn_fail(err, WN_E_ABI, "plugin `%s` misses read: a source needs it", p->name);
    if (p->sync == NULL && (p->flags & WN_SOURCE_SPLITS) != 0)
        return wn_fail(err, WN_E_ABI, "plugin `%s` says WN_SOURCE_SPLITS but has no sync", p->name);
    if (p->write == NULL && (p->begin != NULL || p->render != NULL || p->end != NULL))
        return wn_fail(err, WN_E_ABI, "plugin `%s` misses write: a sink needs it", p->name);
    if (p->read == NULL && p->process == NULL && p->emit == NULL && p->write == NULL)
        return wn_fail(
            err, WN_E_ABI,
            "plugin `%s` has no callbacks: fill read (source), process (document stage), "
            "emit, reduce, settle and apply (corpus stage) or write (sink)",
            p->name);
    return WN_OK;
}

/* What a later minor gives a meaning must not be set by chance today. */
static wn_status check_flags(const wn_plugin *p, wn_error *err)
{
    const uint32_t unknown =
        p->flags & ~(uint32_t)(WN_SOURCE_SPLITS | WN_IDEMPOTENT | WN_SINK_PARTS);
    if (unknown != 0)
        return wn_fail(err, WN_E_ABI,
                       "plugin `%s` sets flags (0x%x) that ABI %u.%u does not have: clear them",
                       p->name, (unsigned)unknown, p->abi_major, p->abi_minor);
    if (p->write == NULL && (p->flags & WN_SINK_PARTS) != 0)
        return wn_fail(err, WN_E_ABI, "plugin `%s` says WN_SINK_PARTS but has no write", p->name);
    return WN_OK;
}

/* A role belongs to a kind of stage. */
static wn_status check_roles(const wn_plugin *p, wn_error *err)
{
    if (p->read == NULL && option_with_role(p->options, WN_ROLE_INPUTS) != NULL)
        return wn_fail(err, WN_E_ABI,
                       "plugin `%s` has a WN_OPT_INPUTS but no read: only a source has inputs",
                       p->name);
    if (p->write == NULL && option_with_role(p->options, WN_ROLE_OUTPUT) != NULL)
        return wn_fail(err, WN_E_ABI,
                       "plugin `%s` has a WN_OPT_OUTPUT but no write: only a sink has outputs",
                       p->name);
    return WN_OK;
}

wn_plugin abi_copy(const wn_plugin *p)
{
    wn_plugin own = {0};
    memcpy(&own, p, p->struct_size < sizeof own ? p->struct_size : sizeof own);
    return own;
}

wn_status abi_check(const wn_plugin *theirs, wn_error *err)
{
    if (theirs == NULL)
        return wn_fail(err, WN_E_ABI, WN_ENTRY_NAME "() returned NULL");
    wn_status status = check_version(theirs, err);
    if (status != WN_OK)
        return status;
    const wn_plugin own = abi_copy(theirs), *p = &own;
    status = check_strides(p, err);
    if (status == WN_OK)
        status = check_names(p, err);
    if (status == WN_OK)
        status = check_callbacks(p, err);
    if (status == WN_OK)
        status = check_flags(p, err);
    if (status == WN_OK && p->options == NULL && p->options_size > 0)
        return wn_fail(err, WN_E_ABI, "plugin `%s` has an options struct but no option table",
                       p->name);
    if (status == WN_OK)
        status = option_table_check(p->options, p->options_size, err);
    return status == WN_OK ? check_roles(p, err) : status;
}

const char *plugin_kind(const wn_plugin *p)
{
    static const char *const kinds[] = {"none",           "source",
                                        "document",       "source, document",
                                        "corpus",         "source, corpus",
                                        "none",           "none",
                                        "sink",           "source, sink",
                                        "document, sink", "source, document, sink",
                                        "corpus, sink",   "source, corpus, sink"};
    unsigned kind = (p->read != NULL ? 1u : 0u) | (p->process != NULL ? 2u : 0u) |
                    (p->emit != NULL ? 4u : 0u) | (p->write != NULL ? 8u : 0u);
    return kind < sizeof kinds / sizeof kinds[0] ? kinds[kind] : "none";
}
