#include "experiments/record/shared_files.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {
namespace {

/// Every record is one line; all others are git's.
std::vector<std::string_view> records_in(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with('{')) lines.push_back(line);
  }
  return lines;
}

void split(const Lab& lab, const std::string& name, const std::string& text) {
  for (const std::string_view line : records_in(text)) {
    const std::string own = name_with_hash(name, host::sha256(line));
    (void)summarise(line, own);  // refuses what is no record of this name before anything is written
    (void)host::create_file_atomically(record_path(lab, own), line);
  }
  std::filesystem::remove(record_path(lab, name));
}

}  // namespace

std::vector<std::string> split_shared_files(const Lab& lab) {
  std::vector<std::string> names;
  for (const RecordFile& file : record_files(lab)) {
    const std::string text = read_record_file(lab, file.name);
    if (!holds_several_records(text)) continue;
    split(lab, file.name, text);
    names.push_back(file.name);
  }
  return names;
}

}  // namespace assay::record
