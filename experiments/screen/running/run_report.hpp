#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/running/run_request.hpp"
#include "experiments/screen/running/run_summary.hpp"

namespace assay::screen {

/// One of the files of the command.
struct FileRun {
  std::size_t index = 0;
  FileEnd if_open = FileEnd::interrupted;     ///< what it means if the attempt stays open
  std::optional<nanoseconds> node_time = {};  ///< of a cluster
};

/// Takes the ends of all files of a command, prints each result as it comes, and at the end what they all came to. The
/// request and the experiments must outlive it.
class RunReport {
 public:
  RunReport(const RunRequest& request, const std::vector<attempt::ExperimentFile>& experiments);

  /// \throws Error if it is the refusal of the only file, or the result cannot be written.
  void take(const FileRun& file, attempt::Ending ending);
  /// The run of one file failed. \throws that error if it is the only file.
  void take(const FileRun& file, const Error& error);
  void leave_out(const FileRun& file, const std::string& why);

  /// The run of one file failed, and the caller lets that end the command.
  void note_failure(const FileRun& file, const Error& error);
  /// With --json one object, for several files one that lists them; else a summary of several.
  void print_end();
  /// The same if an error ends the command: what there is, for programs.
  void print_at_error();

  /// The names of the records so far.
  [[nodiscard]] std::vector<std::string> records() const;
  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  /// What was measured for one experiment, and how it is shown.
  struct Shown {
    std::size_t file = 0;
    AttemptHeading heading = {};
    attempt::Outcome outcome = {};
    std::optional<attempt::FiledRecord> record = {};
  };

  [[nodiscard]] bool is_only_file() const { return experiments_.size() == 1; }
  /// A program is told of an arm that could not be built or set up like of any other result.
  void add_unmeasured(std::size_t file, const Error& error);
  void note_error(const FileRun& file, const Error& error, FileEnd end);
  void print(const Shown& shown, FileEnd end);
  /// What the attempt says about the targets of its file, a line each. Without targets no other record is read.
  [[nodiscard]] std::string targets_text(const Shown& shown) const;
  void confirm_told(const Shown& shown) const;
  void print_objects();
  void print_how_to_go_on() const;

  const RunRequest& request_;
  const std::vector<attempt::ExperimentFile>& experiments_;
  std::vector<Shown> shown_;
  std::vector<FileSummary> files_;  ///< in the order of the command line
  ExitCode code_ = ExitCode::ok;
};

/// The exit code of the two that asks for more attention.
[[nodiscard]] ExitCode most_serious(ExitCode one, ExitCode other);

}  // namespace assay::screen
