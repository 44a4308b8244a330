#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// What an ELF file says of how it is to be loaded (System V ABI, Tool Interface Standard 1.2, 1995).
struct ElfFile {
  int bits = 64;                    ///< 32 or 64
  int machine = 0;                  ///< EM_X86_64, ...
  std::string interpreter;          ///< /lib64/ld-linux-x86-64.so.2; empty for a library or a static program
  std::vector<std::string> needed;  ///< names of libraries, in their order
  std::string rpath;                ///< folders with ":" between them
  std::string runpath;              ///< likewise
};

/// Nothing for a file that is none, is damaged, or is of the other byte order. \throws Error when it cannot be read.
[[nodiscard]] std::optional<ElfFile> read_elf(const std::string& path);

/// SHA-256 of what of a build product runs: of an ELF file the sections that are loaded but for the build's id, of any
/// other file all. Where `folder` stands in it, its letters are left out: two builds of one source in two folders of
/// equal length are the same program, though their debug information and their ids are not.
/// \throws Error when it cannot be read.
[[nodiscard]] std::string product_digest(const std::string& path, const std::string& folder);

}  // namespace assay::host
