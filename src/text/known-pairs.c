/* The known pairs, as the assembler takes them in from the file that the build makes. */
#include "text/pairs.h"

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        ".globl sats_known_pairs\n"
        ".hidden sats_known_pairs\n"
        ".type sats_known_pairs, %object\n"
        "sats_known_pairs:\n"
        ".incbin \"" SATS_FROZEN_PAIRS "\"\n"
        ".size sats_known_pairs, . - sats_known_pairs\n"
        ".popsection\n");
