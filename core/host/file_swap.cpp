#include "core/host/file_swap.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/file_status.hpp"
#include "core/host/files.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// Hidden, so that globs pass over it.
constexpr std::string_view kPrefix = ".assay-swap-";
constexpr const char* kOriginal = "/original";
constexpr const char* kName = "/name";

std::string parent_of(const std::string& path) {
  return fs::path(path).parent_path().string();
}

std::string checked(std::string path) {
  std::error_code ignored;
  const fs::file_status status = fs::symlink_status(path, ignored);
  if (fs::is_symlink(status)) throw Error(fmt::format("{} is a link: name the file that it leads to", path));
  if (fs::exists(status) && !fs::is_regular_file(status)) throw Error(fmt::format("{} is not a file", path));
  if (!fs::is_directory(parent_of(path), ignored)) throw Error(fmt::format("{}: no such folder", parent_of(path)));
  FileSwap::recover(path);
  return path;
}

/// 0 where nothing stands there.
std::uint64_t inode_of(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) ? file_status(path).inode : 0;
}

void link_file(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0) throw system_error("link", to, errno);
}

/// Puts the original that a folder keeps in its place again, unless somebody put another file there.
/// \throws std::exception where that fails
void mend(const std::string& folder, const std::string& path) {
  const std::uint64_t standing = inode_of(path);
  bool is_ours = standing == 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    is_ours = is_ours || (entry.path().filename() != "original" && inode_of(entry.path().string()) == standing);
  }
  if (!is_ours) return;
  if (fs::exists(folder + kOriginal)) {
    fs::rename(folder + kOriginal, path);
  } else {
    fs::remove(path);
  }
}

}  // namespace

void FileSwap::recover(const std::string& path) {
  remove_abandoned_folders(parent_of(path), kPrefix, [&path](const std::string& folder) {
    const std::string name = read_file(folder + kName);
    mend(folder, parent_of(path) + "/" + name);
  });
}

FileSwap::FileSwap(std::string path, const std::vector<std::string>& versions)
    : path_(checked(std::move(path))), place_(parent_of(path_), kPrefix) {
  std::error_code none;
  const bool is_there = fs::exists(path_, none);
  write_file_atomically(place_.path() + kName, fs::path(path_).filename().string());
  if (is_there) link_file(path_, place_.path() + kOriginal);
  standing_ = inode_of(path_);
  fs::file_time_type time{};
  for (std::size_t version = 0; version < versions.size(); ++version) {
    const std::string copy = version_path(version);
    std::error_code failure;
    fs::copy_file(versions[version], copy, failure);
    if (failure) throw Error(fmt::format("cannot copy {}: {}", versions[version], failure.message()));
    if (is_there) fs::permissions(copy, fs::status(path_).permissions());
    if (version == 0) time = fs::last_write_time(copy);
    fs::last_write_time(copy, time);
  }
}

FileSwap::~FileSwap() {
  restore();
}

FileSwap::FileSwap(FileSwap&& other) noexcept
    : path_(std::move(other.path_)),
      place_(std::move(other.place_)),
      standing_(other.standing_),
      swapped_(std::exchange(other.swapped_, false)) {}

std::string FileSwap::version_path(std::size_t version) const {
  return fmt::format("{}/{}", place_.path(), version);
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
  // Two names of one file: rename would do nothing and leave both.
  if (inode_of(link) == standing_) return;
  if (::rename(link.c_str(), path_.c_str()) != 0) throw system_error("replace", path_, errno);
  swapped_ = true;
  standing_ = inode_of(path_);
}

void FileSwap::restore() noexcept {
  try {
    if (swapped_ && inode_of(path_) == standing_) mend(place_.path(), path_);
  } catch (const std::exception&) {
    (void)place_.keep();  // with the original in it, for the next one to mend
  }
}

}  // namespace assay::host
