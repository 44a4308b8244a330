#include "experiments/record/record_files.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/record/entry.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

std::int64_t nanoseconds_of(fs::file_time_type time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// \throws Error if the folder cannot be listed.
void add_files_in(const std::string& folder, std::vector<RecordFile>& files) {
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; entry != end; entry.increment(failure)) {
    const fs::path& path = entry->path();
    if (path.filename().string().starts_with('.') || path.extension() != ".json") continue;
    files.push_back({.name = path.stem(), .bytes = 0, .modified_ns = 0});
    std::error_code no_file;
    if (!entry->is_regular_file(no_file)) continue;  // whoever reads it says so
    files.back().bytes = static_cast<std::int64_t>(entry->file_size());
    files.back().modified_ns = nanoseconds_of(entry->last_write_time());
  }
  // git keeps no empty folders.
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw Error(fmt::format("cannot list {}: {}", folder, failure.message()));
  }
}

/// "0008-opening.3fa2c1d0". An experiment of that name has such a record, too, if git merged two of them.
bool may_be_bookkeeping(std::string_view name) {
  const std::size_t dash = name.find('-');
  const std::size_t dot = name.find('.');
  if (dash == std::string_view::npos || dot == std::string_view::npos || dot < dash) return false;
  const std::optional<RecordKind> kind = parse_enum<RecordKind>(name.substr(dash + 1, dot - dash - 1));
  return kind == RecordKind::opening || kind == RecordKind::closing;
}

}  // namespace

std::vector<RecordFile> record_files(const Lab& lab) {
  std::vector<RecordFile> files;
  add_files_in(lab.records_folder(), files);
  add_files_in(lab.openings_folder(), files);
  std::sort(files.begin(), files.end(),
            [](const RecordFile& left, const RecordFile& right) { return left.name < right.name; });
  return files;
}

std::string read_record_file(const Lab& lab, std::string_view name) {
  const std::string path = record_path(lab, name);
  std::error_code failure;
  if (!fs::is_regular_file(path, failure)) {
    throw Error(fmt::format("{}.json is no file, so that it cannot be a record: move it out of {}", name,
                            lab.records_folder()));
  }
  return host::read_file(path);
}

std::string bookkeeping_path(const Lab& lab, std::string_view name) {
  return fmt::format("{}/{}.json", lab.openings_folder(), name);
}

std::string record_path(const Lab& lab, std::string_view name) {
  std::error_code ignored;
  if (may_be_bookkeeping(name) && fs::exists(bookkeeping_path(lab, name), ignored)) return bookkeeping_path(lab, name);
  return fmt::format("{}/{}.json", lab.records_folder(), name);
}

}  // namespace assay::record
