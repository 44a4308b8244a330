#include "core/host/files/temporary_folder.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_descriptor.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLetters = "XXXXXX";  // as mkdtemp asks for them

/// An empty folder younger than this may have been made but not locked yet. A folder with contents was locked.
constexpr std::chrono::seconds kYoung{60};

int open_folder(const std::string& path) noexcept {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool was_held(const fs::path& path) {
  return !fs::is_empty(path) || fs::file_time_type::clock::now() - fs::last_write_time(path) > kYoung;
}

void visit_if_abandoned(const fs::path& path, const std::function<void(const std::string&)>& visit) {
  const FileDescriptor folder(open_folder(path.string()));
  if (folder.is_open() && ::flock(folder.number(), LOCK_EX | LOCK_NB) == 0 && was_held(path)) visit(path.string());
}

}  // namespace

TemporaryFolder::TemporaryFolder(const std::string& parent, std::string_view prefix)
    : path_(fmt::format("{}/{}{}", parent, prefix, kLetters)) {
  if (::mkdtemp(path_.data()) == nullptr) {
    throw Error(fmt::format("cannot make a temporary folder in {}: {}; set TMPDIR to a writable folder", parent,
                            std::strerror(errno)));
  }
  lock_ = open_folder(path_);
  if (lock_ >= 0) ::flock(lock_, LOCK_EX | LOCK_NB);
}

TemporaryFolder::~TemporaryFolder() {
  remove();
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  if (this != &other) {
    remove();
    path_ = std::exchange(other.path_, {});
    lock_ = std::exchange(other.lock_, -1);
  }
  return *this;
}

void TemporaryFolder::remove() noexcept {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

std::string TemporaryFolder::keep() {
  if (lock_ >= 0) ::close(std::exchange(lock_, -1));
  return std::exchange(path_, {});
}

std::string temporary_parent() {
  const char* const wanted = std::getenv("TMPDIR");
  const std::string place = wanted != nullptr && *wanted != '\0' ? wanted : "/tmp";
  std::error_code failure;
  if (!fs::is_directory(place, failure)) {
    throw Error(fmt::format("TMPDIR {}: not a folder; set TMPDIR to a writable folder", place));
  }
  return fs::canonical(place).string();
}

void visit_abandoned_folders(const std::string& parent, std::string_view prefix,
                             const std::function<void(const std::string&)>& visit) noexcept {
  std::vector<fs::path> found;
  try {
    for (const fs::directory_entry& entry : fs::directory_iterator(parent)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(prefix) && name.size() == prefix.size() + kLetters.size()) found.push_back(entry.path());
    }
  } catch (const std::exception&) {
    // What was found until then is visited all the same.
  }
  for (const fs::path& path : found) {
    try {
      visit_if_abandoned(path, visit);
    } catch (const std::exception&) {
      // A folder that vanishes meanwhile or belongs to somebody else must keep nobody from those after it.
    }
  }
}

void remove_abandoned_folders(const std::string& parent, std::string_view prefix,
                              const std::function<void(const std::string&)>& before) noexcept {
  visit_abandoned_folders(parent, prefix, [&before](const std::string& folder) {
    before(folder);
    std::error_code ignored;  // another user's, or someone else was faster
    fs::remove_all(folder, ignored);
  });
}

}  // namespace assay::host
