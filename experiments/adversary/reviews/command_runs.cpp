#include "experiments/adversary/reviews/command_runs.hpp"

#include <map>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/process/process.hpp"
#include "core/text/split_command.hpp"
#include "experiments/attempt/challenge_attempt.hpp"
#include "experiments/attempt/stop_sources.hpp"

namespace assay::adversary {
namespace {

constexpr std::size_t kKeptOutput = 2000;

std::map<std::string, std::string> environment_in(const CommandPlace& place) {
  const std::map<std::string, std::string> caller = host::caller_environment();
  std::map<std::string, std::string> environment;
  for (const char* name : {"LANG", "TMPDIR", "ASSAY_LOCK_DIR", "XDG_RUNTIME_DIR"}) {
    if (const auto found = caller.find(name); found != caller.end()) environment.insert(*found);
  }
  const auto path = caller.find("PATH");
  environment["PATH"] = path == caller.end() ? place.tools : place.tools + ":" + path->second;
  environment["HOME"] = place.home;
  environment["ASSAY_ACTOR"] = place.actor;
  return environment;
}

/// The last line that says something.
std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const std::size_t begin = text.rfind('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1,
                     end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

struct EndingText {
  std::string operator()(const Exited& exited) const { return fmt::format("exited {}", exited.code); }
  std::string operator()(const Killed& killed) const { return fmt::format("killed by signal {}", killed.signal); }
  std::string operator()(const TimedOut&) const { return "timed out"; }
};

ReviewItem item_of(const std::string& command, const host::ProcessResult& result) {
  const auto* const exited = std::get_if<Exited>(&result.ending);
  const bool is_good = exited != nullptr && is_good_end(command, exited->code);
  ReviewItem item{.aspect = ReviewAspect::command,
                  .of = command,
                  .stated = "it runs",
                  .found = std::visit(EndingText{}, result.ending),
                  .fault = is_good ? ReviewFault::none : ReviewFault::command_failed};
  const std::string complaint = last_line(result.standard_error.text);
  if (!is_good && !complaint.empty()) item.found += ": " + complaint;
  return item;
}

}  // namespace

bool is_good_end(const std::string& command, int code) {
  if (code == 0) return true;
  constexpr int kWorse = 2;
  constexpr int kInconclusive = 3;
  if (code != kWorse && code != kInconclusive) return false;
  try {
    const Argv words = split_command(command);
    return !words.empty() && words.front() == "assay";
  } catch (const Error&) {  // a pipe, or what else only a shell understands
    return false;
  }
}

std::optional<std::vector<ReviewItem>> run_commands(const std::vector<std::string>& commands, const CommandPlace& place,
                                                    const attempt::RunOptions& options, attempt::Observer& observer) {
  host::Launcher launcher(attempt::signing_key_folder());
  attempt::StopSources stop(options);
  stop.watch({&launcher});
  std::vector<ReviewItem> items;
  for (const std::string& command : commands) {
    if (stop.request() != StopRequest::none) break;
    observer.step_began(command);
    host::ProcessRequest request;
    request.argv = {"/bin/sh", "-c", command};
    request.environment = environment_in(place);
    request.working_directory = place.folder;
    request.standard_output = host::Drained{};
    request.standard_error = host::Captured{kKeptOutput};
    items.push_back(item_of(command, launcher.run(request)));
  }
  const bool is_asked_to_stop = stop.request() != StopRequest::none;
  stop.watch({});
  observer.measuring_ended();  // nothing of the last step stays on a terminal
  if (is_asked_to_stop) return std::nullopt;
  return items;
}

}  // namespace assay::adversary
