#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// Whether git may fetch what is missing. A repository's own configuration names the programs that would do it.
enum class Fetching { refused, allowed };

/// Which git configuration is in force.
enum class GitConfiguration {
  none,   ///< only that of the repository: no filters, templates or aliases of the user or the system
  users,  ///< also that of the user and the system, with their filters
};

/// git through its command line, which is the stable public interface and creates no licence tie.
///
/// It never runs hooks, a file system monitor, a pager, or another program that the configuration of a repository names
/// for comparing or reaching it. It never asks at the terminal, takes no optional locks of the repository, and does not
/// see the GIT_* variables of the caller. Filters of a repository are the one exception that its files ask for: no verb
/// that would run them may be used in the user's own repository (docs/security.md).
class Git {
 public:
  /// \param folder  absolute; git runs in it. The launcher must outlive this object.
  Git(Launcher& launcher, std::string folder, GitConfiguration configuration = GitConfiguration::none,
      Fetching fetching = Fetching::refused);

  /// Returns the standard output of git without the final line break.
  /// \throws Error with the message of git after "git VERB" if it fails.
  [[nodiscard]] std::string output_of(const Argv& words) const;
  /// Runs git for its effect and ignores its output. \throws Error as above.
  void run(const Argv& words) const;
  /// Like `output_of`, but std::nullopt if git exits with a code other than 0.
  [[nodiscard]] std::optional<std::string> try_run(const Argv& words) const;
  /// The exit code of git; std::nullopt if a signal or the timeout ended it.
  [[nodiscard]] std::optional<int> exit_code_of(const Argv& words) const;
  /// The output of git for a text on its standard input. \throws Error as above.
  [[nodiscard]] std::string answer_to(const std::string& input, const Argv& words) const;
  /// The names that git prints with -z.
  [[nodiscard]] std::vector<std::string> names(const Argv& words) const;

  /// The parts of an output that are separated by NUL.
  [[nodiscard]] static std::vector<std::string> parts_of(const std::string& output);

  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  [[nodiscard]] ProcessResult result_of(const Argv& words, const std::string& input = "") const;

  Launcher* launcher_;
  std::string folder_;
  GitConfiguration configuration_;
  Fetching fetching_;
};

}  // namespace assay::host
