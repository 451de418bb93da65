/* Names that our code must not use; the build includes this file before every source.
 *
 * Locale: strtod, atof and their like read "25.4" as 25 under a Swedish locale (g_ascii_strtod and
 *   base/ do not); setlocale is for src/cli alone.
 * Bounds: sprintf, strcpy, strcat, strtok, gets (g_snprintf, GString, g_strsplit).
 * Threads: localtime, gmtime, asctime, ctime hand out a shared buffer (gmtime_r, GDateTime).
 *
 * The system's headers come first, since a name that is poisoned may not be declared either; and
 * FreeType's, which give some of them a second name. */
#ifndef SATS_BANNED_H
#define SATS_BANNED_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if __has_include(<ft2build.h>)
#include <ft2build.h>

#include <freetype/config/ftstdlib.h>
#endif

#pragma GCC poison strtod strtof strtold atof
#pragma GCC poison sprintf vsprintf strcpy strcat strtok gets
#pragma GCC poison localtime gmtime asctime ctime
#ifndef SATS_ALLOW_SETLOCALE
#pragma GCC poison setlocale
#endif

#endif
