#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// How an ELF file is to be loaded (System V ABI, Tool Interface Standard 1.2, 1995).
struct ElfFile {
  int bits = 64;                    ///< 32 or 64
  int machine = 0;                  ///< EM_X86_64, ...
  std::string interpreter;          ///< /lib64/ld-linux-x86-64.so.2; empty for a library or a static program
  std::vector<std::string> needed;  ///< names of libraries, in the order of the file
  std::string rpath;                ///< folders, separated by ":"
  std::string runpath;              ///< folders, separated by ":"
};

/// Reads an ELF file. std::nullopt if the file is not an ELF file, is damaged, or has the other byte order. \throws
/// Error if it cannot be read.
[[nodiscard]] std::optional<ElfFile> read_elf(const std::string& path);

/// SHA-256 of the parts of a build product that affect execution: for an ELF file, its loadable sections except the
/// build ID; for any other file, its full content.
///
/// Wherever the path `folder` occurs in the content, its letters are left out. So two builds of one source in two
/// folders of equal length count as the same program, although their debug information and their build IDs differ.
/// \throws Error if the file cannot be read.
[[nodiscard]] std::string product_digest(const std::string& path, const std::string& folder);

}  // namespace assay::host
