#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace assay::host {

/// A folder with a random name, removed with all that is in it when its owner goes out of scope.
///
/// It is locked while it lives, so that `remove_abandoned_folders` knows those that a killed process left behind.
class TemporaryFolder {
 public:
  /// Makes `parent`/`prefix` and six random letters, for the owner alone. \throws Error that names the parent and why.
  TemporaryFolder(const std::string& parent, std::string_view prefix);
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Leaves the folder to whoever reads this: it is not removed any more. Returns its path.
  std::string keep();

 private:
  void remove() noexcept;

  std::string path_;
  int lock_ = -1;
};

/// Where temporary folders go: $TMPDIR, else /tmp. \throws Error when it is no folder.
[[nodiscard]] std::string temporary_place();

/// Calls `visit` for each folder of that prefix in `parent` that nobody holds any more, and holds it meanwhile.
void visit_abandoned_folders(const std::string& parent, std::string_view prefix,
                             const std::function<void(const std::string&)>& visit) noexcept;

/// Removes the folders of that prefix in `parent` that nobody holds any more; those that cannot be removed stay.
/// \param before  called for each while it is held, just before it goes
void remove_abandoned_folders(
    const std::string& parent, std::string_view prefix,
    const std::function<void(const std::string&)>& before = [](const std::string&) {}) noexcept;

}  // namespace assay::host
