#include "core/host/files/file_swap.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <sstream>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/files.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// The name is hidden, so that globs skip it.
constexpr std::string_view kSwapPrefix = ".assay-swap-";
constexpr const char* kOriginal = "/original";
constexpr const char* kName = "/name";
constexpr const char* kDigests = "/digests";  ///< digests of the contents, one on each line

std::string parent_of(const std::string& path) {
  return fs::path(path).parent_path().string();
}

/// An edit that a killed process left is reported like one of ours.
std::string checked(std::string path, const RestorationSink& on_edit) {
  std::error_code ignored;
  const fs::file_status status = fs::symlink_status(path, ignored);
  if (fs::is_symlink(status)) throw Error(fmt::format("{} is a link: name the file that it points to", path));
  if (fs::exists(status) && !fs::is_regular_file(status)) throw Error(fmt::format("{} is not a file", path));
  if (!fs::is_directory(parent_of(path), ignored)) throw Error(fmt::format("{}: no such folder", parent_of(path)));
  for (const Restoration& restoration : FileSwap::recover(path)) {
    if (!restoration.edits.empty() && on_edit) on_edit(restoration);
  }
  return path;
}

/// The inode at the path; 0 if nothing is there.
std::uint64_t inode_of(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) ? file_status(path).inode : 0;
}

void link_file(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0) throw system_error("link", to, errno);
}

std::string version_in(const std::string& folder, std::size_t version) {
  return fmt::format("{}/{}", folder, version);
}

/// The digests of the contents that were put there, in order; none if the process was killed before the first.
std::vector<std::string> digests_in(const std::string& folder) {
  std::vector<std::string> digests;
  if (!is_regular_file(folder + kDigests)) return digests;
  std::istringstream lines(read_file(folder + kDigests));
  for (std::string line; std::getline(lines, line);) digests.push_back(line);
  return digests;
}

/// Moves an edited content beside the path and returns its new name.
std::string keep_edit(const std::string& edited, const std::string& path) {
  std::string kept = path + ".edited-during-assay";
  for (int number = 2; is_there(kept); ++number) kept = fmt::format("{}.edited-during-assay-{}", path, number);
  fs::rename(edited, kept);
  return kept;
}

/// Whether the file at the path has the content of an arm or the original, so that nobody's work is lost with it.
bool is_known(const std::string& path, const std::string& folder, const std::vector<std::string>& digests) {
  if (!is_regular_file(path)) return false;
  const std::string digest = sha256_of_file(path);
  if (std::find(digests.begin(), digests.end(), digest) != digests.end()) return true;
  return is_regular_file(folder + kOriginal) && digest == sha256_of_file(folder + kOriginal);
}

/// Puts the original that a folder keeps back in its place, or removes the file if there was none. Edits are kept,
/// whether somebody wrote into the contents, in place or not, or put another file in their place.
/// \throws std::exception if that fails
Restoration mend(const std::string& folder, const std::string& path) {
  Restoration restoration{path, {}};
  const std::vector<std::string> digests = digests_in(folder);
  if (is_there(path) && !is_known(path, folder, digests)) restoration.edits.push_back(keep_edit(path, path));
  for (std::size_t version = 0; version < digests.size(); ++version) {
    const std::string content = version_in(folder, version);
    // A content that was edited in place has just been moved under its other name.
    const bool is_kept = !restoration.edits.empty() && inode_of(restoration.edits.front()) == inode_of(content);
    if (is_kept || !is_regular_file(content) || sha256_of_file(content) == digests[version]) continue;
    restoration.edits.push_back(keep_edit(content, path));
  }
  if (is_there(folder + kOriginal)) {
    fs::rename(folder + kOriginal, path);
  } else {
    fs::remove(path);
  }
  return restoration;
}

/// The version whose file is at the path; std::nullopt if there is none, or another one.
std::optional<std::size_t> version_at(const std::string& path, const std::string& folder) {
  const std::uint64_t standing = inode_of(path);
  for (std::size_t version = 0; standing != 0 && version < digests_in(folder).size(); ++version) {
    if (standing == inode_of(version_in(folder, version))) return version;
  }
  return std::nullopt;
}

/// Whether something other than the original may be at the path. A folder without an original is that of a path where
/// nothing was, or its original is back in its place: then only a version at the path is to be removed.
bool is_swapped(const std::string& folder, const std::string& path) {
  if (digests_in(folder).empty()) return false;
  if (is_there(folder + kOriginal)) return inode_of(path) != inode_of(folder + kOriginal);
  return version_at(path, folder).has_value();
}

/// The path that a folder was made for. It has no name until the path is about to be replaced, nor once the original is
/// back; std::nullopt then.
/// \throws Error if the folder has no name but the only copy of an original, which must stay.
std::optional<std::string> path_of(const std::string& folder) {
  if (is_there(folder + kName)) return parent_of(folder) + "/" + read_file(folder + kName);
  std::error_code none;
  if (fs::hard_link_count(folder + kOriginal, none) == 1) throw Error(folder + " keeps a file whose name is lost");
  return std::nullopt;
}

/// Makes the last content the same file as an earlier one that is equal, so that no inode tells them apart.
void share_equal(const std::vector<std::string>& digests, const std::string& folder) {
  const std::size_t last = digests.size() - 1;
  const auto equal = std::find(digests.begin(), digests.end() - 1, digests.back());
  if (equal == digests.end() - 1) return;
  fs::remove(version_in(folder, last));
  link_file(version_in(folder, static_cast<std::size_t>(equal - digests.begin())), version_in(folder, last));
}

}  // namespace

std::vector<Restoration> FileSwap::recover(const std::string& path) {
  std::vector<Restoration> restorations;
  remove_abandoned_folders(parent_of(path), kSwapPrefix, [&](const std::string& folder) {
    const std::optional<std::string> swapped = path_of(folder);
    if (swapped && is_swapped(folder, *swapped)) restorations.push_back(mend(folder, *swapped));
  });
  return restorations;
}

std::optional<AbandonedSwap> FileSwap::abandoned_at(const std::string& path) {
  std::optional<AbandonedSwap> found;
  visit_abandoned_folders(parent_of(path), kSwapPrefix, [&](const std::string& folder) {
    if (path_of(folder) == path && is_swapped(folder, path)) found = AbandonedSwap{version_at(path, folder)};
  });
  return found;
}

FileSwap::FileSwap(std::string path, const std::vector<std::string>& versions, RestorationSink on_edit)
    : path_(checked(std::move(path), on_edit)), place_(parent_of(path_), kSwapPrefix), on_edit_(std::move(on_edit)) {
  const bool was_there = is_there(path_);
  write_file_atomically(place_.path() + kName, fs::path(path_).filename().string());
  if (was_there) link_file(path_, place_.path() + kOriginal);
  standing_ = inode_of(path_);
  fs::file_time_type time{};
  std::vector<std::string> digests;
  for (std::size_t version = 0; version < versions.size(); ++version) {
    const std::string copy = version_path(version);
    std::error_code failure;
    fs::copy_file(versions[version], copy, failure);
    if (failure) throw Error(fmt::format("cannot copy {}: {}", versions[version], failure.message()));
    if (was_there) fs::permissions(copy, fs::status(path_).permissions());
    if (version == 0) time = fs::last_write_time(copy);
    fs::last_write_time(copy, time);
    digests.push_back(sha256_of_file(copy));
    share_equal(digests, place_.path());
  }
  std::string lines;
  for (const std::string& digest : digests) lines += digest + '\n';
  write_file_atomically(place_.path() + kDigests, lines);
}

FileSwap::~FileSwap() {
  restore();
}

FileSwap::FileSwap(FileSwap&& other) noexcept
    : path_(std::move(other.path_)),
      place_(std::move(other.place_)),
      on_edit_(std::move(other.on_edit_)),
      standing_(other.standing_),
      swapped_(std::exchange(other.swapped_, false)) {}

std::string FileSwap::version_path(std::size_t version) const {
  return version_in(place_.path(), version);
}

void FileSwap::put(std::size_t version) {
  if (inode_of(path_) != standing_) {
    throw Error(
        fmt::format("{} was replaced while it was the variable: trials may only read it, and nobody may edit it "
                    "meanwhile",
                    path_),
        ErrorKind::invalid);
  }
  const std::string link = place_.path() + "/link";
  std::error_code none;
  fs::remove(link, none);
  link_file(version_path(version), link);
  // If both names belong to one file, rename would do nothing and leave both.
  if (inode_of(link) == standing_) return;
  if (::rename(link.c_str(), path_.c_str()) != 0) throw system_error("replace", path_, errno);
  swapped_ = true;
  standing_ = inode_of(path_);
}

void FileSwap::restore() noexcept {
  try {
    if (!swapped_) return;
    const Restoration restoration = mend(place_.path(), path_);
    if (!restoration.edits.empty() && on_edit_) on_edit_(restoration);
  } catch (const std::exception&) {
    (void)place_.keep();  // with the original in it, for the next one to mend
  }
}

}  // namespace assay::host
