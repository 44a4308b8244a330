#include "experiments/record/lab.hpp"

#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLabFolder = "/.assay";

/// Records are evidence and are committed; the rest belongs to this machine.
constexpr std::string_view kIgnored =
    "lab.db*\n"
    "lab.lock\n"
    "index.db*\n"
    "builds/\n"
    "tmp/\n"
    ".*.tmp\n";

/// Records are never changed: no line ending is converted, and where two branches made one of the same name both lines
/// stay, for `assay render` to put apart.
constexpr std::string_view kAttributes = "records/*.json -text merge=union\n";

void make_lab_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) throw Error(fmt::format("cannot make the lab folder {}: {}", path, failure.message()));
}

}  // namespace

std::optional<Lab> Lab::find(const std::string& folder) {
  fs::path root = host::absolute_path(folder);
  std::error_code ignored;
  while (!fs::is_directory(root.string() + kLabFolder, ignored)) {
    if (root == root.root_path()) return std::nullopt;
    root = root.parent_path();
  }
  return Lab(root);
}

Lab Lab::create(const std::string& folder) {
  Lab lab(host::absolute_path(folder));
  make_lab_folder(lab.records_folder());
  // Whatever stands there already is the user's.
  (void)host::create_file_atomically(lab.root_ + kLabFolder + "/.gitignore", kIgnored);
  (void)host::create_file_atomically(lab.root_ + kLabFolder + "/.gitattributes", kAttributes);
  return lab;
}

std::string Lab::journal_path() const {
  return root_ + kLabFolder + "/lab.db";
}

std::string Lab::records_folder() const {
  return root_ + kLabFolder + "/records";
}

std::string Lab::value_key_path() const {
  return root_ + kLabFolder + "/lab.db-key";
}

std::string Lab::openings_folder() const {
  return root_ + kLabFolder + "/openings";
}

std::string Lab::keys_folder() const {
  return root_ + kLabFolder + "/keys";
}

std::string Lab::decisions_path() const {
  return root_ + "/DECISIONS.md";
}

std::string Lab::review_path() const {
  return root_ + "/REVIEW.md";
}

std::string Lab::build_logs_folder(const std::string& plan_sha256) const {
  constexpr std::size_t kDigits = 16;
  return root_ + kLabFolder + "/builds/" + plan_sha256.substr(0, kDigits);
}

std::string Lab::spools_folder() const {
  return root_ + kLabFolder + "/tmp/spools";
}

std::string Lab::index_path() const {
  return root_ + kLabFolder + "/index.db";
}

std::string Lab::lock_path() const {
  return root_ + kLabFolder + "/lab.lock";
}

std::string folder_in_lab(const std::string& lab_root, const std::string& frozen) {
  return folder_in_copy(lab_root, frozen, lab_root);
}

std::string folder_in_copy(const std::string& copy_root, const std::string& frozen, const std::string& lab_root) {
  const fs::path copy(copy_root);
  const fs::path relative =
      fs::path(frozen).lexically_normal().lexically_relative(fs::path(lab_root).lexically_normal());
  if (!relative.empty() && *relative.begin() != "..") return (copy / relative).lexically_normal().string();
  std::error_code none;
  for (fs::path rest = fs::path(frozen).relative_path(); !rest.empty();) {
    if (fs::is_directory(copy / rest, none)) return (copy / rest).string();
    fs::path shorter;
    for (auto part = std::next(rest.begin()); part != rest.end(); ++part) shorter /= *part;
    rest = std::move(shorter);
  }
  return copy_root;
}

}  // namespace assay::record
