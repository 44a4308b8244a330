#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/sources/build_log.hpp"

namespace assay::trial {

/// The folders in which arms are made of sources.
struct SourceFolders {
  std::string work;        ///< for clones and caches; only this session uses it
  std::string log_folder;  ///< absolute, for logs to keep; empty: only the log of a failed build is kept, as a
                           ///< temporary file
};

/// One build of an arm.
struct ArmBuild {
  ArmIndex arm = kControl;
  int index = 0;       ///< 0 for the first build of the arm
  std::string name;    ///< the arm's name in messages
  std::string folder;  ///< for the caches of this build
  std::string clone;   ///< the top of the clone that is built
  const SourceLevel& level;
};

/// The build step of an arm failed.
class BuildFailed : public Error {
 public:
  /// \param what  what happened \param log  where everything is that it printed
  BuildFailed(std::string what, const std::string& log, ArmIndex arm, std::vector<std::string> last_lines)
      : Error(what + "; what it printed is in " + log, ErrorKind::invalid),
        short_(std::move(what)),
        arm_(arm),
        last_lines_(std::move(last_lines)) {}
  [[nodiscard]] ArmIndex arm() const noexcept { return arm_; }
  /// What happened, with the last lines that the build printed and without the place of its log, for readers who get
  /// the text only.
  [[nodiscard]] std::string with_last_lines() const;

 private:
  std::string short_;
  ArmIndex arm_;
  std::vector<std::string> last_lines_;
};

/// Runs the build step of a plan's variable and keeps the logs.
class ArmBuilder {
 public:
  /// `plan` and `launcher` must outlive it.
  ArmBuilder(const Plan& plan, host::Launcher& launcher, const SourceFolders& folders);

  /// Does not judge a build that was broken off because someone asked to stop.
  /// \throws BuildFailed with command, ending and log if the build fails.
  void run(const ArmBuild& build, const std::function<bool()>& stopped);

  /// The last lines that the failed build printed.
  [[nodiscard]] const std::vector<std::string>& last_lines() const { return last_lines_; }
  /// How many links and archives got another order of objects, in all builds.
  [[nodiscard]] int links_in_other_order() const { return links_in_other_order_; }

 private:
  [[nodiscard]] host::ProcessRequest request(const ArmBuild& build, const std::string& log) const;
  [[nodiscard]] BuildFailed failed_build(const ArmBuild& build, const host::ProcessResult& result,
                                         const std::string& log);

  const Plan& plan_;
  host::Launcher& launcher_;
  bool keeps_logs_;
  BuildLogs logs_;
  int links_in_other_order_ = 0;
  std::vector<std::string> last_lines_;
};

}  // namespace assay::trial
