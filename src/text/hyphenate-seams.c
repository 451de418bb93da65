/* text/hyphenate-seams.c: parts that Swedish compounds of office prose are made of. Data only.
 *
 * A part is listed when the patterns alone place it badly or cannot know that its edge is a seam,
 * and when its letters hardly occur across a seam in other words ("enhet" stands in "medvetenhet",
 * "lista" in "specialistavdelning": left out). Sorted by first letter; at least four letters each.
 * A part of six letters or more is trusted to begin at a seam even where the patterns have no
 * point. */
#include "text/hyphenate-seams.h"

const char *const sats_seam_parts[] = {
    "administration", "analys",       "anmälan",
    "anpassning",     "anställd",     "anställning",
    "ansvar",         "ansökan",      "ansökning",
    "anvisning",      "användning",   "arbetar",
    "arbete",         "arbets",       "avdelning",
    "avgift",         "avtal",        "barn",
    "bedömning",      "behandling",   "behov",
    "beredning",      "beredskap",    "beskrivning",
    "beslut",         "bidrag",       "bolag",
    "budget",         "byggnad",      "delegation",
    "direktör",       "dokument",     "drift",
    "ekonomi",        "energi",       "ersättning",
    "fastighet",      "finansiering", "forskning",
    "framställning",  "fullmäktige",  "förbättring",
    "fördelning",     "förebyggande", "förening",
    "företag",        "förmåga",      "förskola",
    "försäkring",     "försörjning",  "förvaltning",
    "granskning",     "hantering",    "hälso",
    "hållbarhet",     "information",  "inriktning",
    "integrering",    "intern",       "intäkt",
    "investering",    "jämställdhet", "kansli",
    "klimat",         "kommun",       "kompetens",
    "konsekvens",     "kontroll",     "kostnad",
    "krav",           "kultur",       "kvalitet",
    "ledning",        "leverans",     "lokal",
    "läkemedel",      "medarbetar",   "medicin",
    "metod",          "miljö",        "mottagning",
    "mätning",        "målsättning",  "nivå",
    "nämnd",          "näringsliv",   "område",
    "ordning",        "organisation", "patient",
    "personal",       "perspektiv",   "plan",
    "planering",      "policy",       "process",
    "prognos",        "program",      "projekt",
    "rapport",        "redovisning",  "region",
    "resultat",       "resurs",       "revision",
    "riktlinje",      "rutin",        "samarbete",
    "samhälle",       "samhälls",     "sammanställning",
    "samordning",     "samtal",       "samverkan",
    "sekretariat",    "sekreterare",  "service",
    "sjukhus",        "sjukvård",     "skydd",
    "strategi",       "struktur",     "styrelse",
    "styrka",         "styrning",     "stöd",
    "system",         "säkerhet",     "tandvård",
    "tillgänglighet", "tillstånd",    "tillsyn",
    "tjänst",         "trafik",       "underhåll",
    "underlag",       "undersökning", "ungdom",
    "uppföljning",    "uppgift",      "upphandling",
    "upplevelse",     "utbildning",   "utjämning",
    "utredning",      "utskott",      "utveckling",
    "utvärdering",    "verksamhet",   "vägledning",
    "vård",           "vårdcentral",  "överenskommelse",
    "övergripande",   "översyn",      NULL,
};

/* Ends of a first part that ask for a second one: förvaltnings|plan, verksamhets|plan. */
const char *const sats_seam_links[] = {
    "ings", "tions", "sions", "hets", "skaps", "tets", "ments", "doms", "nads", NULL,
};
