#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/file_status.hpp"

namespace assay::trial {

/// Watches files that every program reads when it starts (`host::files_of_the_linker`), so that a trial cannot change
/// them for the next one and put them back before the last audit. It compares their status: a microsecond each.
class LinkerWatch {
 public:
  explicit LinkerWatch(const std::vector<std::string>& files);

  /// Looks whether any of them changed since the last look. \param when  for people: "while a trial of control ran"
  void look(const std::string& when);
  /// A sentence for each file that changed: "/etc/ld.so.preload changed while a trial of treatment ran".
  [[nodiscard]] std::vector<std::string> changes() const { return {changes_.begin(), changes_.end()}; }

 private:
  std::map<std::string, std::optional<host::FileStatus>> files_;
  std::set<std::string> changes_;
  std::set<std::string> changed_;  ///< paths that are among them already
};

}  // namespace assay::trial
