#pragma once

/// Puts the bytes of a file into the program, between `symbol`_begin and `symbol`_end. The assembler reads the file; an
/// array initialiser would cost the compiler seconds for each megabyte. Use it at namespace scope, outside of all
/// namespaces.
///
/// `file` is a string literal with an absolute path. CMake must be told that the object depends on it.
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
