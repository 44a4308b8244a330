#pragma once

#include <string>
#include <string_view>

namespace assay::report {

/// How GitHub shows an annotation.
enum class AnnotationLevel { notice, warning, error };

/// A workflow command of GitHub, by which a step annotates a run.
struct WorkflowCommand {
  AnnotationLevel level = AnnotationLevel::notice;
  std::string_view file = {};  ///< the file that it belongs to; empty: none
  std::string_view title = {};
  std::string_view message = {};  ///< may have several lines
};

/// "::error file=bench/a.toml,title=assay gate: regressed::...", with a newline. Foreign text is made safe for a log
/// and percent-encoded, so that it can neither end its part nor begin a command of its own.
[[nodiscard]] std::string workflow_command_text(const WorkflowCommand& command);

}  // namespace assay::report
