#include "core/host/binary/shared_libraries.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/host/binary/elf.hpp"
#include "core/host/files/file_memo.hpp"
#include "core/host/files/files.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCache = "/etc/ld.so.cache";
constexpr std::array kStandardFolders = {"/lib64", "/usr/lib64", "/lib", "/usr/lib"};

std::vector<std::string> pieces_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

/// "$ORIGIN/../lib" for a library or program in /opt/app/bin.
std::string with_origin(std::string folder, const std::string& file) {
  const std::string origin = fs::path(file).parent_path();
  for (const std::string_view mark : {"${ORIGIN}", "$ORIGIN"}) {
    for (std::size_t at = folder.find(mark); at != std::string::npos; at = folder.find(mark, at)) {
      folder.replace(at, mark.size(), origin);
      at += origin.size();
    }
  }
  return folder;
}

using LibraryCache = std::multimap<std::string, std::string>;

class KnownFiles {
 public:
  std::optional<ElfFile> elf(const std::string& path) { return files_.of(path, read_elf); }

  const LibraryCache& cache() {
    try {
      return caches_.of(kCache, [](const std::string& path) { return parse_library_cache(read_file(path)); });
    } catch (const Error&) {
      return none_;  // other C libraries have none
    }
  }

 private:
  FileMemo<std::optional<ElfFile>> files_;
  FileMemo<LibraryCache> caches_;  ///< the only cache
  LibraryCache none_;
};

class Search {
 public:
  Search(KnownFiles& files, const std::map<std::string, std::string>& environment, std::string folder)
      : files_(files), folder_(std::move(folder)) {
    if (const auto found = environment.find("LD_LIBRARY_PATH"); found != environment.end()) {
      environment_folders_ = pieces_of(found->second, ":;");
    }
    if (const auto found = environment.find("LD_PRELOAD"); found != environment.end()) {
      preloaded_ = pieces_of(found->second, ": ");
    }
  }

  std::vector<SharedLibrary> of(const std::string& program) {
    const std::optional<ElfFile> elf = files_.elf(program);
    if (!elf || elf->interpreter.empty()) return {};
    bits_ = elf->bits;
    machine_ = elf->machine;
    found_.push_back({elf->interpreter, elf->interpreter});
    program_rpath_ = elf->rpath;
    program_ = program;
    for (const std::string& name : preloaded_) add(name, program, *elf);
    add_needed(program, *elf);
    // The list grows while it is traversed, because libraries need libraries: nearest first, as ld.so loads them.
    for (std::size_t index = 1; index < found_.size(); ++index) {
      const std::string path = found_[index].path;
      if (path.empty()) continue;
      if (const std::optional<ElfFile> library = files_.elf(path)) add_needed(path, *library);
    }
    return found_;
  }

 private:
  void add_needed(const std::string& file, const ElfFile& elf) {
    for (const std::string& name : elf.needed) add(name, file, elf);
  }

  void add(const std::string& name, const std::string& wanted_by, const ElfFile& elf) {
    if (!known_.insert(name).second) return;
    found_.push_back({name, path_of(name, wanted_by, elf)});
  }

  [[nodiscard]] std::string absolute(const std::string& path) const {
    return (fs::path(folder_) / path).lexically_normal().string();
  }

  [[nodiscard]] bool fits(const std::string& path) const {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return false;
    const std::optional<ElfFile> elf = files_.elf(path);
    return elf && elf->bits == bits_ && elf->machine == machine_;
  }

  [[nodiscard]] std::string in_folders(const std::vector<std::string>& folders, const std::string& name,
                                       const std::string& wanted_by) const {
    for (const std::string& folder : folders) {
      std::string path = absolute(with_origin(folder, wanted_by) + "/" + name);
      if (fits(path)) return path;
    }
    return "";
  }

  [[nodiscard]] std::string path_of(const std::string& name, const std::string& wanted_by, const ElfFile& elf) const {
    if (name.find('/') != std::string::npos) return fits(absolute(name)) ? absolute(name) : "";
    if (elf.runpath.empty()) {
      std::string path = in_folders(pieces_of(elf.rpath, ":"), name, wanted_by);
      if (path.empty()) path = in_folders(pieces_of(program_rpath_, ":"), name, program_);
      if (!path.empty()) return path;
    }
    if (std::string path = in_folders(environment_folders_, name, program_); !path.empty()) return path;
    if (std::string path = in_folders(pieces_of(elf.runpath, ":"), name, wanted_by); !path.empty()) return path;
    const auto [first, last] = files_.cache().equal_range(name);
    for (auto entry = first; entry != last; ++entry) {
      if (fits(entry->second)) return entry->second;
    }
    return in_folders({kStandardFolders.begin(), kStandardFolders.end()}, name, wanted_by);
  }

  KnownFiles& files_;
  std::string folder_;
  std::vector<std::string> environment_folders_;
  std::vector<std::string> preloaded_;
  std::string program_;
  std::string program_rpath_;
  int bits_ = 0;
  int machine_ = 0;
  std::set<std::string> known_;
  std::vector<SharedLibrary> found_;
};

std::uint32_t number_at(std::string_view text, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, text.data() + offset, sizeof number);
  return number;
}

std::string cached_text_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "";
  const std::string_view rest = text.substr(offset);
  return std::string(rest.substr(0, rest.find('\0')));
}

}  // namespace

struct LibrarySearch::State {
  KnownFiles files;
};

LibrarySearch::LibrarySearch() : state_(std::make_unique<State>()) {}
LibrarySearch::~LibrarySearch() = default;
LibrarySearch::LibrarySearch(LibrarySearch&&) noexcept = default;
LibrarySearch& LibrarySearch::operator=(LibrarySearch&&) noexcept = default;

std::vector<SharedLibrary> LibrarySearch::of(const std::string& program,
                                             const std::map<std::string, std::string>& environment,
                                             const std::string& folder) {
  return Search(state_->files, environment, folder).of(program);
}

std::multimap<std::string, std::string> parse_library_cache(std::string_view text) {
  constexpr std::string_view kMagic = "glibc-ld.so.cache1.1";
  constexpr std::size_t kHeader = 48;
  constexpr std::size_t kEntry = 24;  // flags, name, path, version (4 bytes each), hardware (8)
  // A cache of both formats begins with the old one. Names and paths are relative to the start of the new one.
  const std::size_t start = text.find(kMagic);
  if (start == std::string_view::npos || text.size() - start < kHeader) return {};
  const std::string_view cache = text.substr(start);
  const std::size_t count = number_at(cache, kMagic.size());
  std::multimap<std::string, std::string> libraries;
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t entry = kHeader + index * kEntry;
    if (entry + kEntry > cache.size()) return {};
    libraries.emplace(cached_text_at(cache, number_at(cache, entry + 4)),
                      cached_text_at(cache, number_at(cache, entry + 8)));
  }
  return libraries;
}

}  // namespace assay::host
