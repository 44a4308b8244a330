#include "core/trial.hpp"

#include <fmt/format.h>

namespace assay {
namespace {

struct OutcomeText {
  std::string operator()(const Measured&) const { return "measured"; }
  std::string operator()(const Exited& exited) const { return fmt::format("exited {}", exited.code); }
  std::string operator()(const Killed& killed) const {
    return fmt::format("killed by signal {}{}", killed.signal, killed.core_dumped ? " (core dumped)" : "");
  }
  std::string operator()(const TimedOut& timed_out) const {
    return fmt::format("timed out after {}", format_duration(timed_out.limit));
  }
  std::string operator()(const CheckFailed& failed) const {
    return fmt::format("check failed: {}: {}", failed.check, failed.detail);
  }
  std::string operator()(const HookFailed& failed) const {
    return fmt::format("hook failed: {}: {}", failed.hook, failed.detail);
  }
  std::string operator()(const StateUnproven& unproven) const {
    return fmt::format("state unproven: {}", unproven.detail);
  }
};

}  // namespace

std::string describe(const Outcome& outcome) {
  return std::visit(OutcomeText{}, outcome);
}

bool was_started(const Trial& trial) {
  return !is_infrastructure_failure(trial.outcome) || trial.usage.wall.count() > 0;
}

void drop_values(Trial& trial, std::size_t metrics) {
  trial.values.assign(metrics, std::nullopt);
  trial.steady.clear();
  trial.exit_code.reset();
}

}  // namespace assay
