#pragma once

/// Puts the bytes of a file into the program, from `symbol`_begin to `symbol`_end. The assembler reads it: an array's
/// initialiser would take the compiler seconds a megabyte. For namespace scope, outside all.
///
/// `file` is a string literal, its absolute path; CMake has to be told that the object depends on it.
#define ASSAY_EMBED_FILE(symbol, file) \
  __asm__(                             \
      ".pushsection .rodata\n"         \
      ".balign 16\n" #symbol           \
      "_begin:\n"                      \
      ".incbin \"" file "\"\n" #symbol \
      "_end:\n"                        \
      ".popsection\n");                \
  extern "C" {                         \
  extern const char symbol##_begin[];  \
  extern const char symbol##_end[];    \
  }
