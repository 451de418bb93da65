/* The frozen templates, as the assembler takes them in from the file that the build makes. */
#include "template/built-in.h"

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        ".globl sats_built_in\n"
        ".hidden sats_built_in\n"
        ".type sats_built_in, %object\n"
        "sats_built_in:\n"
        ".incbin \"" SATS_FROZEN_TEMPLATES "\"\n"
        ".size sats_built_in, . - sats_built_in\n"
        ".popsection\n");
