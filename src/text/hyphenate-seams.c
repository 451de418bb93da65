/* text/hyphenate-seams.c: parts that Swedish compounds of office prose are made of. Data only.
 *
 * A part is listed when the patterns alone place it badly or cannot know that its edge is a seam,
 * and when its letters hardly occur across a seam in other words. One whose letters do ("enhet" in
 * "medvetenhet", "ägande" in "övervägande") has a hyphen before it: it is a part only at a word's
 * beginning and after another part. Sorted by first letter; at least four letters each. A part of
 * six letters or more, or one after another part, is trusted to begin at a seam even where the
 * patterns have no point. */
#include "text/hyphenate-seams.h"

const char *const sats_seam_parts[] = {
    "administration", "-akut",         "ambulans",        "analys",
    "anmälan",        "anmälning",     "anpassning",      "-anslag",
    "anställd",       "anställning",   "ansvar",          "ansökan",
    "ansökning",      "anteckning",    "anvisning",       "användning",
    "arbetar",        "arbete",        "arbets",          "arkiv",
    "avdelning",      "avgift",        "avgång",          "avskrivning",
    "avtal",

    "avvikelse",      "barn",          "bedömning",       "befolkning",
    "behandling",     "behov",         "behörighet",      "bemanning",
    "beredning",      "beredskap",     "beskrivning",     "beslut",
    "beställning",    "betalning",     "bidrag",          "-bild",
    "-bildning",      "bolag",         "budget",          "byggnad",
    "cancer",         "centrum",       "-chef",           "-data",
    "delegation",     "diarie",

    "direktiv",       "direktör",      "dokument",        "drift",
    "effektivitet",   "-efter",        "efterlevnad",     "ekonomi",
    "energi",         "engagemang",    "-enhet",          "enkät",
    "ersättning",     "fastighet",     "finansier",       "finansiering",
    "fokus",          "-folk",         "fordon",          "forskning",
    "framställning",  "fullmäktige",   "funktion",        "förbrukning",
    "förbund",        "förbättring",

    "fördelning",     "förebyggande",  "förening",        "föreskrift",
    "företag",        "författning",   "förhandling",     "förhållande",
    "förklaring",     "förlust",       "förmedling",      "förmåga",
    "förordning",     "förråd",        "förskola",        "förskrivning",
    "försäkring",     "försäljning",   "försörjning",     "förteckning",
    "förtroende",     "förutsättning", "förvaltning",     "förändring",
    "-grad",          "granskning",

    "-grupp",         "habilitering",  "-handling",       "handläggare",
    "handläggning",   "hantering",     "-hjälp",          "hygien",
    "hållbarhet",     "hållplats",     "-hälsa",          "hälso",
    "igenkänning",    "indikator",     "information",     "inköp",
    "inlämning",      "inriktning",    "inspektion",      "instruktion",
    "integration",    "integrering",   "intensitet",      "intern",
    "intäkt",         "investering",

    "invånare",       "journal",       "jämförelse",      "jämställdhet",
    "kansli",         "kapacitet",     "kilometer",       "klimat",
    "kollektiv",      "kommitté",      "kommun",          "kommunikation",
    "kompetens",      "koncept",       "koncern",         "konferens",
    "konsekvens",     "kontinuitet",   "kontor",          "kontroll",
    "koordinator",    "kostnad",       "-kraft",          "krav",
    "kultur",         "-kund",

    "kunskap",        "kvalitet",      "-lagar",          "-lagen",
    "ledamot",        "ledamöter",     "ledning",         "leverans",
    "-levnad",        "logistik",      "lokal",           "läkare",
    "läkemedel",      "magasin",       "marknad",         "material",
    "medarbetar",     "-medel",        "medicin",         "medlem",
    "metod",          "miljö",         "modell",          "mottagning",
    "myndighet",      "målsättning",

    "måltid",         "mätning",       "-möte",           "nedsättning",
    "nivå",           "nummer",        "nämnd",           "näringsliv",
    "nätverk",        "ombud",         "område",          "omsorg",
    "omställning",    "-omsättning",   "operation",       "ordning",
    "organisation",   "patient",       "pension",         "period",
    "-person",        "personal",      "perspektiv",      "plan",
    "planering",      "-plats",

    "-plikt",         "policy",        "politik",         "portfölj",
    "praktik",        "primär",        "prioritering",    "procent",
    "process",        "produktion",    "prognos",         "program",
    "projekt",        "psykiatri",     "-punkt",          "rapport",
    "redovisning",    "-regel",        "regelverk",       "region",
    "register",       "registrering",  "registret",       "reglemente",
    "rehabilitering", "remiss",

    "resultat",       "resurs",        "revision",        "riktlinje",
    "rutin",          "-rätts",        "samarbete",       "samhälle",
    "samhälls",       "-samla",        "-samling",        "sammanställning",
    "samordning",     "samtal",        "samverkan",       "sekretariat",
    "sekreterare",    "sekretess",     "service",         "situation",
    "-sjuk",          "sjukhus",       "sjukvård",        "-skada",
    "-skador",        "-skatt",

    "-skede",         "-skick",        "-skola",          "-skrift",
    "skrivelse",      "skydd",         "skötersk",        "-smitt",
    "-snitt",         "specialist",    "-spridning",      "-språk",
    "standard",       "statistik",     "-storlek",        "strategi",
    "struktur",       "studie",        "styrelse",        "styrka",
    "styrning",       "stöd",          "system",          "säkerhet",
    "-tand",          "tandvård",

    "-team",          "teknik",        "telefon",         "terapi",
    "tilldelning",    "tillgång",      "tillgänglighet",  "tillstånd",
    "tillsyn",        "tillväxt",      "tillämpning",     "tjänst",
    "tjänste",        "trafik",        "transport",       "triage",
    "-träff",         "underhåll",     "underlag",        "undersökning",
    "ungdom",         "uppdrag",       "uppfyllelse",     "uppföljning",
    "uppgift",        "upphandlad",

    "upphandling",    "upplevelse",    "utbildning",      "utgift",
    "utjämning",      "utmaning",      "utredning",       "utrustning",
    "utrymme",        "utskott",       "utveckling",      "utvärdering",
    "utövning",       "vaccin",        "-verk",           "verksamhet",
    "verktyg",        "vetenskap",     "vikarie",         "vård",
    "vårdcentral",    "väder",         "vägledning",      "-vänte",
    "värdering",      "-webb",

    "-yrkes",         "åtagande",      "åtgärd",          "-ägande",
    "-ägare",         "-äldre",        "överenskommelse", "övergripande",
    "översikt",       "översyn",       "-övning",         NULL,
};

/* Ends of a first part that ask for a second one: förvaltnings|plan, verksamhets|plan. */
const char *const sats_seam_links[] = {
    "ings", "tions", "sions", "hets", "skaps", "tets", "ments", "doms", "nads", NULL,
};
