#include "experiments/trial/checks/no_leaks_check.hpp"

namespace assay::trial {
namespace {

std::vector<BreakingCommand> arms_that_leave_something(const BreakingContext& context) {
  const std::string file = path_in(context.working_directory, "assay-left-this-to-be-found");
  return {{"a process left running", shell_line("sleep 1000 >/dev/null 2>&1 &")},
          {"a file left in the working directory", write_nothing_to(file), file},
          {"a file left in $TMPDIR", shell_line(R"(: > "$TMPDIR/left")")}};
}

}  // namespace

CheckRule rule_for(const NoLeaksCheck&) {
  return {.needs = {}, .judgement = WatchedForLeaks{}, .breaking_commands = arms_that_leave_something};
}

}  // namespace assay::trial
