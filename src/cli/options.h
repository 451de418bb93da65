/* cli/options.h: a command's options, read from the command line. */
#ifndef SATS_CLI_OPTIONS_H
#define SATS_CLI_OPTIONS_H

#include <glib.h>

/* What the commands can be told. Each takes those that its help lists. */
typedef struct {
    char *output;    /* -o */
    char *format;    /* --format */
    char *pages;     /* --pages 3, 3-5, 3- */
    char *stage;     /* --stage */
    char *date;      /* --date */
    char *data;      /* --data FOLDER */
    double dpi;      /* --dpi */
    gboolean final_; /* --final */
    gboolean a2a;    /* --archive=a2a */
    char *archive;
    gboolean timings; /* --timings */
    gboolean force;   /* --force */
    gboolean quiet;   /* --quiet */
    char **arguments; /* the rest */
} SatsCliOptions;

/* Reads those of `entries` (without an end) that the help of the command argv[0] lists, and the
 * rest into *out_arguments. FALSE, having complained, when they cannot be. */
gboolean sats_cli_options_parse(char **argv, const GOptionEntry *entries, guint n_entries,
                                char ***out_arguments);

/* Reads the options after the command's name, argv[0]. FALSE, having complained, when they cannot
 * be. */
gboolean sats_cli_options_read(char **argv, SatsCliOptions *out);
void sats_cli_options_clear(SatsCliOptions *options);
/* "3", "3-5", "3-", "-5" → first and last (0: open). */
gboolean sats_cli_pages_parse(const char *text, int *out_first, int *out_last);
/* What --archive says, NULL when it is not there. FALSE, having complained, when it is neither a3a
 * nor a2a. */
gboolean sats_cli_archive_parse(const char *text, gboolean *out_a2a);
/* SOURCE_DATE_EPOCH as an ISO date-time; NULL when not set or no number. Caller frees. */
char *sats_cli_epoch_date(void);

#endif
