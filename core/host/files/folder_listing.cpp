#include "core/host/files/folder_listing.hpp"

#include <algorithm>
#include <string_view>

namespace assay::host {

bool FolderListing::is_unchanged() const {
  struct stat now {};
  return folder_ && ::stat(path_.c_str(), &now) == 0 && now.st_dev == opened_.st_dev && now.st_ino == opened_.st_ino &&
         now.st_mode == opened_.st_mode;
}

void FolderListing::open() {
  folder_.reset(::opendir(path_.c_str()));
  if (folder_ && ::fstat(::dirfd(folder_.get()), &opened_) != 0) folder_.reset();
}

std::optional<std::vector<std::string>> FolderListing::names() {
  if (is_unchanged()) {
    ::rewinddir(folder_.get());
  } else {
    open();
  }
  if (!folder_) return std::nullopt;
  std::vector<std::string> names;
  while (const dirent* const entry = ::readdir(folder_.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace assay::host
