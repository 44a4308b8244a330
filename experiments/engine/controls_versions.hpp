#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace assay::engine {

/// Control's versions of some files in treatment's clone, for as long as this lives: files, links and their modes. What
/// control does not have is missing meanwhile. A version that cannot be put there is left out.
class ControlsVersions {
 public:
  /// \param control, treatment  the tops of the clones \param paths  below them
  /// \param scratch  a folder to be made, on the file system of the clones
  ControlsVersions(std::filesystem::path control, std::filesystem::path treatment,
                   const std::vector<std::string>& paths, const std::string& scratch);
  ~ControlsVersions();
  ControlsVersions(const ControlsVersions&) = delete;
  ControlsVersions& operator=(const ControlsVersions&) = delete;

 private:
  [[nodiscard]] std::filesystem::path kept(std::size_t index) const { return scratch_ / std::to_string(index); }

  std::filesystem::path treatment_;
  std::vector<std::string> paths_;
  std::filesystem::path scratch_;
  std::filesystem::file_time_type placed_ = std::filesystem::file_time_type::clock::now();
};

}  // namespace assay::engine
