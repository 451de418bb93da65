/* The text of a plan, against a small template of many kinds of blocks, all the way to the PDF. */
#include "fuzz.h"

#include <string.h>

#include "plansats.h"

static const char TEMPLATE[] =
    "template: mall\ntitle: Mall\ntheme: standard\nlanguage: sv-SE\npage: portrait\n"
    "data:\n"
    "  titel: {type: line, placeholder: '[Skriv titel]'}\n"
    "  text: text\n"
    "  dag: date\n"
    "  tal: number\n"
    "  val: {choices: [ett, två], default: ett}\n"
    "  punkter: {of: line}\n"
    "  rader: {of: {keys: {id: id, a: line, b: amount, c: text}}}\n"
    "  bild: image\n"
    "  fritt: blocks\n"
    "document: {title: '{{titel}}', date: '{{dag}}', head: {left: '{{titel}}', right: '{{@sida}} "
    "({{@sidor}})'}}\n"
    "body:\n"
    "  - fields: {left: '{{titel}}', fields: [{label: Dag, value: '{{dag | långt-datum}}'}, "
    "{label: Tal, value: '{{tal | decimal:1}}'}]}\n"
    "  - contents: {title: Innehåll}\n"
    "  - section: {title: '{{titel}}', body: [{text: '{{text}}'}, {list: [{each: p in punkter, "
    "text: '{{p}}'}]}]}\n"
    "  - table:\n"
    "      caption: '{{titel}}'\n"
    "      id: tabell\n"
    "      columns: [{header: '{{titel}}', key: true}, {header: B, align: decimal}, {header: C, "
    "width: 1fr}]\n"
    "      rows:\n"
    "        - {each: r in rader, when: r.b, cells: ['{{r.a}}', '{{r.b}}', '{{r.c}}']}\n"
    "        - {each: r in rader, group: '{{r.a}}', rows: [['{{r.id}}', '', '{{r.c}}']]}\n"
    "        - {total: [Summa, '{{rader.b | summa}}', '{{rader | antal | ord}}']}\n"
    "      notes: [{mark: '*', text: '{{titel}}'}]\n"
    "  - figure: {kind: image, image: '{{bild}}', caption: '{{titel}}', alt: Bild}\n"
    "  - free: '{{fritt}}'\n"
    "  - {when: val == 'två', text: 'Se {{ref tabell}}.'}\n"
    "  - signatures: {parties: [{name: '{{titel}}', place: '', date: '{{dag}}', person: '{{val}}', "
    "role: ''}]}\n"
    "checks:\n"
    "  - {sum: rader.b, equals: tal}\n"
    "  - {unique: rader.id}\n";

/* Larger inputs only take longer. */
enum { MAX_SIZE = 1 << 16 };

static int forget(void *context, int page, const void *bytes, size_t size) {
    size_t *total = context;
    (void)page;
    (void)bytes;
    *total += size;
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static SatsEngine *engine;
    if (engine == NULL) {
        engine = sats_engine_new(NULL, NULL);
        g_assert(engine != NULL);
        fuzz_put("mall.yaml", TEMPLATE, "", 0);
    }
    if (size > MAX_SIZE) {
        return 0;
    }
    fuzz_put("plan.yaml", "mall: ./mall.yaml\n", data, size);
    g_autofree char *path = g_build_filename(fuzz_folder(), "plan.yaml", NULL);
    SatsPlan *plan = sats_plan_load(engine, path);
    size_t written = 0;
    SatsStatus status = sats_plan_render(plan, NULL, forget, &written);
    g_assert(status == SATS_STATUS_DONE || status == SATS_STATUS_DOCUMENT);
    g_assert((status == SATS_STATUS_DONE) == (written > 0));
    g_assert((status == SATS_STATUS_DONE) == (sats_plan_errors(plan) == 0));
    sats_string_free(sats_plan_dump(plan, "tags"));
    sats_string_free(sats_plan_report(plan, SATS_REPORT_COLOUR));
    sats_plan_free(plan);
    return 0;
}
