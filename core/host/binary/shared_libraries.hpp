#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::host {

/// A library that the dynamic linker loads with a program.
struct SharedLibrary {
  std::string name;  ///< "libc.so.6"; for the dynamic linker itself, its path
  std::string path;  ///< empty if it was not found
  friend bool operator==(const SharedLibrary&, const SharedLibrary&) = default;
};

/// Finds the libraries that ld.so(8) will load, without running anything: LD_PRELOAD first, then DT_RPATH,
/// LD_LIBRARY_PATH, DT_RUNPATH, ld.so.cache, and the standard folders. What was read from a file is remembered until
/// the file changes, because both arms of a comparison load mostly the same libraries and are examined several times.
class LibrarySearch {
 public:
  LibrarySearch();
  ~LibrarySearch();
  LibrarySearch(LibrarySearch&&) noexcept;
  LibrarySearch& operator=(LibrarySearch&&) noexcept;

  /// The libraries of a program; empty for a static program and for a file that is not an ELF file.
  /// \param environment  environment of the trial
  /// \param folder       working directory of the trial, where relative paths start
  /// \throws Error if a file cannot be read.
  [[nodiscard]] std::vector<SharedLibrary> of(const std::string& program,
                                              const std::map<std::string, std::string>& environment,
                                              const std::string& folder);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The libraries that the text of an ld.so.cache names, each with its paths in their order (format of glibc 2.2 and
/// later, sysdeps/generic/dl-cache.h). Empty for another format.
[[nodiscard]] std::multimap<std::string, std::string> parse_library_cache(std::string_view text);

}  // namespace assay::host
