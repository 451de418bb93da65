/* metadata.c: what the file says of itself: XMP (ISO 16684-1) and the same in the Info dictionary.
 *
 * The document's own items (diarienummer, version …) are properties of a schema of ours, which
 * PDF/A wants declared in the packet (ISO 19005-3, 6.6.2.3), as it wants pdfuaid's. The packet is
 * not deflated: whoever looks for a plan's number can search the file's bytes.
 */
#include "pdf/internal.h"

#define PLAN_NAMESPACE "urn:plansats:schema:plan#"

typedef struct {
    char *name;      /* XML name */
    const char *key; /* as the template calls it */
    const char *value;
} Property;

/* ---- text ---- */

static void put_xml(SatsOut *out, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '&')
            sats_out_literal(out, "&amp;");
        else if (*p == '<')
            sats_out_literal(out, "&lt;");
        else if (*p == '>')
            sats_out_literal(out, "&gt;");
        else if ((guint8)*p >= 0x20 || *p == '\n' || *p == '\t') /* others are no XML characters */
            sats_out_byte(out, (guint8)*p);
    }
}

static void put_element(SatsOut *out, const char *name, const char *text) {
    if (text == NULL || text[0] == '\0')
        return;
    sats_out_byte(out, '<');
    sats_out_string(out, name);
    sats_out_byte(out, '>');
    put_xml(out, text);
    sats_out_literal(out, "</");
    sats_out_string(out, name);
    sats_out_literal(out, ">\n");
}

/* kind: "Alt" with the default language, "Seq" or "Bag", of one item. */
static void put_container(SatsOut *out, const char *name, const char *kind, const char *text) {
    if (text == NULL || text[0] == '\0')
        return;
    g_autofree char *open =
        g_strdup_printf("<%s><rdf:%s><rdf:li%s>", name, kind,
                        strcmp(kind, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
    g_autofree char *close = g_strdup_printf("</rdf:li></rdf:%s></%s>\n", kind, name);
    sats_out_string(out, open);
    put_xml(out, text);
    sats_out_string(out, close);
}

/* An XML name in ASCII: å and ä as a, ö as o, anything else but letters and digits as '_'. */
static char *property_name(const char *key) {
    g_autofree char *decomposed = g_utf8_normalize(key, -1, G_NORMALIZE_NFD);
    GString *name = g_string_new(NULL);
    for (const char *p = decomposed != NULL ? decomposed : ""; *p != '\0';
         p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80 && g_ascii_isalnum((char)c))
            g_string_append_c(name, (char)c);
        else if (!g_unichar_ismark(c))
            g_string_append_c(name, '_');
    }
    if (name->len == 0 || !g_ascii_isalpha(name->str[0]))
        g_string_prepend(name, "p_");
    return g_string_free(name, FALSE);
}

static void add_property(GArray *properties, const char *key, const char *value) {
    Property property = {property_name(key), key, value};
    for (guint i = 0; i < properties->len; i++) {
        if (strcmp(g_array_index(properties, Property, i).name, property.name) != 0)
            continue;
        char *longer = g_strconcat(property.name, "_", NULL);
        g_free(property.name);
        property.name = longer;
        i = G_MAXUINT; /* from the start again */
    }
    g_array_append_val(properties, property);
}

static GArray *all_properties(const SatsPdf *pdf) {
    GArray *properties = g_array_new(FALSE, FALSE, sizeof(Property));
    if (pdf->options.input_hash != NULL)
        add_property(properties, "inputHash", pdf->options.input_hash);
    for (guint i = 0; i < pdf->document->n_metadata; i++) {
        const SatsMetadataItem *item = &pdf->document->metadata[i];
        if (item->key != NULL && item->value != NULL && item->value[0] != '\0')
            add_property(properties, item->key, item->value);
    }
    return properties;
}

/* ---- the packet ---- */

static void put_schema_head(SatsOut *out, const char *title, const char *namespace,
                            const char *prefix) {
    sats_out_literal(out, "<rdf:li rdf:parseType=\"Resource\">\n");
    put_element(out, "pdfaSchema:schema", title);
    put_element(out, "pdfaSchema:namespaceURI", namespace);
    put_element(out, "pdfaSchema:prefix", prefix);
    sats_out_literal(out, "<pdfaSchema:property><rdf:Seq>\n");
}

static void put_schema_property(SatsOut *out, const char *name, const char *type,
                                const char *category, const char *description) {
    sats_out_literal(out, "<rdf:li rdf:parseType=\"Resource\">\n");
    put_element(out, "pdfaProperty:name", name);
    put_element(out, "pdfaProperty:valueType", type);
    put_element(out, "pdfaProperty:category", category);
    put_element(out, "pdfaProperty:description", description);
    sats_out_literal(out, "</rdf:li>\n");
}

static void put_schemas(SatsOut *out, const GArray *properties) {
    sats_out_literal(out, "<pdfaExtension:schemas><rdf:Bag>\n");
    put_schema_head(out, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid");
    put_schema_property(out, "part", "Integer", "internal", "Part of ISO 14289");
    sats_out_literal(out, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
    if (properties->len > 0) {
        put_schema_head(out, "plansats: the plan's own data", PLAN_NAMESPACE, "plan");
        for (guint i = 0; i < properties->len; i++) {
            const Property *property = &g_array_index(properties, Property, i);
            put_schema_property(out, property->name, "Text", "external", property->key);
        }
        sats_out_literal(out, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
    }
    sats_out_literal(out, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static const char *title_of(const SatsDocument *document) {
    return document->title != NULL && document->title[0] != '\0' ? document->title : "Utan titel";
}

static void put_subjects(SatsOut *out, const char *keywords) {
    if (keywords == NULL || keywords[0] == '\0')
        return;
    g_auto(GStrv) words = g_strsplit(keywords, ",", -1);
    sats_out_literal(out, "<dc:subject><rdf:Bag>\n");
    for (guint i = 0; words[i] != NULL; i++)
        put_element(out, "rdf:li", g_strstrip(words[i]));
    sats_out_literal(out, "</rdf:Bag></dc:subject>\n");
}

static void put_description(SatsOut *out, const SatsPdf *pdf, const GArray *properties) {
    const SatsDocument *document = pdf->document;
    put_element(out, "pdfaid:part", pdf->options.profile == SATS_PDF_A3A_UA1 ? "3" : "2");
    put_element(out, "pdfaid:conformance", "A");
    put_element(out, "pdfuaid:part", "1");
    put_element(out, "dc:format", "application/pdf");
    put_container(out, "dc:title", "Alt", title_of(document));
    put_container(out, "dc:creator", "Seq", document->author);
    put_container(out, "dc:description", "Alt", document->subject);
    put_container(out, "dc:language", "Bag", document->language);
    put_subjects(out, document->keywords);
    put_element(out, "pdf:Keywords", document->keywords);
    put_element(out, "pdf:Producer", pdf->options.creator);
    put_element(out, "xmp:CreatorTool", pdf->options.creator);
    put_element(out, "xmp:CreateDate", pdf->options.created);
    put_element(out, "xmp:ModifyDate", pdf->options.created);
    for (guint i = 0; i < properties->len; i++) {
        const Property *property = &g_array_index(properties, Property, i);
        g_autofree char *name = g_strconcat("plan:", property->name, NULL);
        put_element(out, name, property->value);
    }
    put_schemas(out, properties);
}

guint32 sats_metadata_write(SatsPdf *pdf) {
    GArray *properties = all_properties(pdf);
    SatsOut out = {0};
    sats_out_literal(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                           "<rdf:Description rdf:about=\"\""
                           " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                           " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                           " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                           " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                           " xmlns:plan=\"" PLAN_NAMESPACE "\""
                           " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                           " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                           " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
    put_description(&out, pdf, properties);
    sats_out_literal(&out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    guint32 number = sats_writer_reserve(pdf->writer);
    SatsStream *stream = sats_writer_begin_stream(pdf->writer, number);
    sats_out_literal(&stream->entries, "/Type/Metadata/Subtype/XML");
    sats_out_bytes(&stream->body, out.data, out.length);
    stream->raw = TRUE; /* for programs that only look for the packet */
    sats_writer_end_stream(pdf->writer);
    sats_out_clear(&out);
    for (guint i = 0; i < properties->len; i++)
        g_free(g_array_index(properties, Property, i).name);
    g_array_unref(properties);
    return number;
}

/* ---- Info (14.3.3) ---- */

/* "2020-03-01T12:00:00+01:00" as "D:20200301120000+01'00" (7.9.4). */
void sats_metadata_put_date(SatsOut *out, const char *iso) {
    sats_out_literal(out, "(D:");
    gboolean zone = FALSE;
    for (const char *p = iso; *p != '\0'; p++) {
        if (g_ascii_isdigit(*p))
            sats_out_byte(out, (guint8)*p);
        else if (*p == 'Z' || *p == '+' || (*p == '-' && p - iso > 10)) {
            zone = TRUE;
            sats_out_byte(out, (guint8)*p);
        } else if (*p == ':' && zone)
            sats_out_byte(out, '\'');
        else if (*p == '.') /* fractions of a second have no place */
            while (g_ascii_isdigit(p[1]))
                p++;
    }
    sats_out_byte(out, ')');
}

static void put_info(SatsOut *out, const char *key, const char *text) {
    if (text == NULL || text[0] == '\0')
        return;
    sats_out_string(out, key);
    sats_out_text_string(out, text, strlen(text));
}

guint32 sats_metadata_write_info(SatsPdf *pdf) {
    const SatsDocument *document = pdf->document;
    guint32 number = sats_writer_reserve(pdf->writer);
    SatsOut *out = sats_writer_begin(pdf->writer, number);
    sats_out_literal(out, "<<");
    put_info(out, "/Title", title_of(document));
    put_info(out, "/Author", document->author);
    put_info(out, "/Subject", document->subject);
    put_info(out, "/Keywords", document->keywords);
    put_info(out, "/Creator", pdf->options.creator);
    put_info(out, "/Producer", pdf->options.creator);
    if (pdf->options.created != NULL) {
        sats_out_literal(out, "/CreationDate");
        sats_metadata_put_date(out, pdf->options.created);
        sats_out_literal(out, "/ModDate");
        sats_metadata_put_date(out, pdf->options.created);
    }
    sats_out_literal(out, ">>");
    sats_writer_end(pdf->writer);
    return number;
}
