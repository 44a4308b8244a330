#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::host {

/// A library that the dynamic linker will load with a program.
struct SharedLibrary {
  std::string name;  ///< "libc.so.6"; the dynamic linker itself by its path
  std::string path;  ///< empty where it was not found
  friend bool operator==(const SharedLibrary&, const SharedLibrary&) = default;
};

/// Finds what ld.so(8) will load: DT_RPATH, LD_LIBRARY_PATH, DT_RUNPATH, ld.so.cache, then the standard folders;
/// LD_PRELOAD first. Nothing is run. What was read of a file is remembered until it changes: both arms of a comparison
/// load much the same, and are looked at several times.
class LibrarySearch {
 public:
  LibrarySearch();
  ~LibrarySearch();
  LibrarySearch(LibrarySearch&&) noexcept;
  LibrarySearch& operator=(LibrarySearch&&) noexcept;

  /// Empty for a static program and for one that is no ELF file.
  /// \param environment  of the trial
  /// \param folder       its working directory: relative paths start there
  /// \throws Error when a file cannot be read.
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
