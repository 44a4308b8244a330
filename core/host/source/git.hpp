#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// Whose git configuration is in force.
enum class GitConfiguration {
  none,   ///< the repository's own alone: no filter, template or alias of the user or the system
  users,  ///< the user's and the system's too, with their filters
};

/// git, through its command line: the stable public interface, and no licence tie.
///
/// Never runs hooks or a file system monitor, never asks at the terminal, takes no lock of the repository that it
/// could do without, and hears of no GIT_* variable of the caller's.
class Git {
 public:
  /// \param folder  absolute; where git is run. The launcher must outlive this object.
  Git(Launcher& launcher, std::string folder, GitConfiguration configuration = GitConfiguration::none);

  /// Its standard output, without the line break at its end.
  /// \throws Error with what git says and "git VERB" in front where it fails.
  [[nodiscard]] std::string output_of(const Argv& words) const;
  /// For what it does, whatever it prints. \throws Error likewise.
  void run(const Argv& words) const;
  /// The same, but nothing where git exits with another code than 0.
  [[nodiscard]] std::optional<std::string> try_run(const Argv& words) const;
  /// Names that it prints with -z.
  [[nodiscard]] std::vector<std::string> names(const Argv& words) const;

  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  [[nodiscard]] ProcessResult result_of(const Argv& words) const;

  Launcher* launcher_;
  std::string folder_;
  GitConfiguration configuration_;
};

}  // namespace assay::host
