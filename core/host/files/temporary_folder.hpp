#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace assay::host {

/// A folder with a random name, removed with all its contents by the destructor.
///
/// It is locked while it lives, so that `remove_abandoned_folders` recognises folders that a killed process left
/// behind.
class TemporaryFolder {
 public:
  /// Makes `parent`/`prefix` plus six random letters, accessible only to the owner. \throws Error that names the parent
  /// and the reason.
  TemporaryFolder(const std::string& parent, std::string_view prefix);
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Returns the path of the folder, which is then not removed.
  std::string keep();

 private:
  void remove() noexcept;

  std::string path_;
  int lock_ = -1;
};

/// Where temporary folders go: $TMPDIR, else /tmp. \throws Error if it is not a folder.
[[nodiscard]] std::string temporary_parent();

/// Calls `visit` for each folder with that prefix in `parent` whose owner is gone, and locks it meanwhile. If it
/// throws, the next folder follows all the same.
void visit_abandoned_folders(const std::string& parent, std::string_view prefix,
                             const std::function<void(const std::string&)>& visit) noexcept;

/// Removes the folders with that prefix in `parent` whose owner is gone. Folders that cannot be removed stay.
/// \param before  is called for each folder while it is locked, just before it is removed; a folder for which it throws
/// stays too
void remove_abandoned_folders(
    const std::string& parent, std::string_view prefix,
    const std::function<void(const std::string&)>& before = [](const std::string&) {}) noexcept;

}  // namespace assay::host
