#include "experiments/record/import.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_summary.hpp"
#include "experiments/record/verification/chain.hpp"
#include "experiments/record/verification/recomputation.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

/// A record that is to be taken in.
struct Foreign {
  RecordSummary summary;
  std::string text;
  std::string source;  ///< the path of its file
};

/// Where the records of a lab, of its .assay, or of a plain folder lie.
std::vector<fs::path> record_folders(const std::string& folder) {
  for (const char* inner : {"/.assay", ""}) {
    const fs::path lab = folder + inner;
    std::error_code ignored;
    if (fs::is_directory(lab / "records", ignored)) return {lab / "records", lab / "openings"};
  }
  return {folder};
}

Foreign read_foreign(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) refuse_import(path.string(), "it is no file, so that it cannot be a record");
  Foreign foreign{.summary = {}, .text = host::read_file(path.string()), .source = path.string()};
  try {
    foreign.summary = summarise(foreign.text, path.stem().string());
  } catch (const Error& error) {
    refuse_import(foreign.source, error.what());
  }
  if (const std::optional<std::string> flaw = flaw_in(foreign.text)) refuse_import(foreign.source, *flaw);
  return foreign;
}

/// The records of the folder that the lab does not have. Counts the others in `import`.
/// \param known  SHA-256 of each file of the lab, and whether it is bookkeeping
std::vector<Foreign> read_all(const std::string& folder, const std::map<std::string, bool>& known, Import& import) {
  std::vector<Foreign> all;
  bool any = false;
  for (const fs::path& place : record_folders(folder)) {
    std::vector<fs::path> paths;
    std::error_code failure;
    for (fs::directory_iterator entry(place, failure), end; !failure && entry != end; entry.increment(failure)) {
      const fs::path& path = entry->path();
      if (!path.filename().string().starts_with('.') && path.extension() == ".json") paths.push_back(path);
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      any = true;
      const auto here = known.find(host::sha256_of_file(path.string()));
      if (here == known.end()) {
        all.push_back(read_foreign(path));
      } else {
        ++(here->second ? import.known_bookkeeping : import.known);
      }
    }
  }
  if (!any) {
    throw Error(
        fmt::format("{} holds no records: name a lab, its .assay, or a folder with the files of records", folder));
  }
  return all;
}

/// The chain of the lab with the new records in it.
void check_joined_chain(std::vector<RecordSummary> records, const std::vector<Foreign>& foreign) {
  for (const Foreign& one : foreign) records.push_back(one.summary);
  std::sort(records.begin(), records.end(), comes_before);
  if (const std::optional<Difference> flaw = flaw_in_chain(records, {})) {
    throw Error(
        fmt::format("{}: {}; bring the records that it rests on, too: nothing was imported", flaw->where, flaw->what),
        ErrorKind::invalid);
  }
}

/// The path of a new file; a name that another record has gets the hash.
std::string new_path(const Lab& lab, const Foreign& foreign) {
  const auto path = [&](const std::string& name) {
    return is_bookkeeping(foreign.summary) ? bookkeeping_path(lab, name) : record_path(lab, name);
  };
  const std::string plain = path(foreign.summary.name);
  std::error_code ignored;
  if (!fs::exists(plain, ignored)) return plain;
  const std::string& name = foreign.summary.name;
  return path(name_with_hash(name.substr(0, name.find('.')), foreign.summary.sha256));
}

}  // namespace

Import import_records(const Lab& lab, const std::string& folder) {
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  std::map<std::string, bool> known;
  for (const RecordSummary& record : records) known[record.sha256] = is_bookkeeping(record);
  Import import;
  const std::vector<Foreign> foreign = read_all(folder, known, import);
  check_joined_chain(records, foreign);
  std::set<std::string> joined;
  for (const RecordSummary& record : records) joined.insert(record.sha256);
  for (const Foreign& one : foreign) joined.insert(one.summary.sha256);
  const std::vector<fs::path> places = record_folders(folder);
  const bool is_lab = places.size() > 1;
  import.signing = foreign_signing(lab, places.front().string(),
                                   is_lab ? (places.front().parent_path() / "keys").string() : "", joined);
  for (const Foreign& one : foreign) {
    const std::string path = new_path(lab, one);
    host::make_folder(fs::path(path).parent_path().string());
    if (host::create_file_atomically(path, one.text) == host::Creation::already_there) {
      throw Error(fmt::format("{} is there already, and holds another record: run assay render first", path));
    }
    if (is_bookkeeping(one.summary)) {
      ++import.bookkeeping;
    } else {
      import.taken.push_back(fs::path(path).stem().string());
    }
  }
  take_signing(lab, import.signing);
  return import;
}

}  // namespace assay::record
