#include "experiments/screen/refusal_text.hpp"

#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/shell_words.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/ruling.hpp"

namespace assay::screen {
namespace {

/// How to go on with a dead end.
std::string way_on(const std::vector<std::string>& assumptions) {
  if (assumptions.empty()) {
    return "it states no assumptions, so that none can have changed: another question is the way on";
  }
  return fmt::format("once \"{}\" has changed: assay reopen FILE --assumption TEXT --why TEXT",
                     fmt::join(assumptions, "\" or \""));
}

/// "regressed -> discard (worse)", or "no better level found -> discard"
std::string ruling_of(const QuotedRecord& record) {
  if (record.no_better_level) return fmt::format("{} -> {}", report::kNoBetterLevel, to_string(record.decision));
  return fmt::format("{} -> {} ({})", to_string(record.verdict), to_string(record.decision), to_string(record.reason));
}

/// "record 0002-poll of 2026-03-01 14:05 UTC says regressed -> discard (worse); see assay show 2"
std::string text_of(const QuotedRecord& record) {
  return fmt::format("record {} of {} says {}; see assay show {}", record.name, report::utc_text(record.created_ns),
                     ruling_of(record), record.number);
}

Error refused(const std::string& what) {
  return Error(what, ErrorKind::refused);
}

struct ErrorOf {
  const std::string& experiment;

  Error operator()(const AlreadyDecided& reason) const {
    return refused(fmt::format("{} is decided: {}", experiment, text_of(reason.by)));
  }
  Error operator()(const DeadEnd& reason) const {
    return refused(
        fmt::format("{} is decided, a dead end: {}; {}", experiment, text_of(reason.by), way_on(reason.assumptions)));
  }
  Error operator()(const AttemptsSpent& reason) const {
    const std::string last = reason.last ? "the last " + text_of(*reason.last) : "their records are gone";
    return refused(fmt::format("{} is a dead end: its {} attempts are spent, {}; {}", experiment, reason.allowed, last,
                               way_on(reason.assumptions)));
  }
  Error operator()(const AttemptsChanged& reason) const {
    return refused(
        fmt::format("{} asks for attempts = {}, but began with {} (record {}): they share one alpha, so restore it",
                    experiment, reason.asked, reason.began_with, reason.first.name));
  }
  Error operator()(const AlphaRaised& reason) const {
    return refused(
        fmt::format("{} asks for alpha = {}, but began with {} (record {}): all attempts share it, so restore it",
                    experiment, reason.asked, reason.began_with, reason.first.name));
  }
  Error operator()(const AsksForLess& reason) const {
    std::string changes;
    std::string words = "assay run FILE";
    for (const RequirementChange& change : reason.changes) {
      changes += (changes.empty() ? "" : "; ") + report::change_text(change);
      words += " --allow " + shell_words({label_of(change)});
    }
    return refused(
        fmt::format("{} asks for less than before: {}; restore it, or say why less is enough with: {} --why "
                    "TEXT",
                    experiment, changes, words));
  }
  Error operator()(const TargetLoosened& reason) const {
    const std::string source = reason.stated_in.empty() ? "" : fmt::format(" (record {})", reason.stated_in);
    return refused(fmt::format(
        "target {} was {}{} and is {} now: restore it, or record who relaxes it and why with: assay relax "
        "FILE {} --to VALUE --until DATE --why TEXT",
        target_name(reason.target), limit_text(reason.target, reason.in_force), source,
        reason.asked ? limit_text(reason.target, *reason.asked) : "gone", shell_words({target_name(reason.target)})));
  }
  Error operator()(const ChangedSinceBegun& reason) const {
    return Error(
        fmt::format("{} changed since its attempt {} was begun: restore it to go on, or end the attempt with: {}",
                    experiment, reason.attempt, shell_words({"assay", "close", experiment})));
  }
  Error operator()(const OtherMachine& reason) const {
    return refused(fmt::format(
        "{}: attempt {} was begun on another kind of machine ({}): go on there, or on one like it, or end "
        "the attempt with: {}",
        experiment, reason.attempt, fmt::join(reason.differences, "; "), shell_words({"assay", "close", experiment})));
  }
  Error operator()(const NoOpenAttempt&) const {
    return Error(fmt::format(
        "{}: no attempt of this hypothesis is open; assay status lists interrupted ones, which only the file as "
        "it was then goes on with or closes",
        experiment));
  }
  Error operator()(const HostBusy& reason) const {
    return refused(fmt::format("another measurement holds this host: {} (lock {}); wait for it to end", reason.holder,
                               reason.lock));
  }
  Error operator()(const NoLab& reason) const {
    return Error(fmt::format("no lab above {}: make one with: {}", reason.folder,
                             shell_words({"assay", "init", reason.folder})));
  }
};

}  // namespace

Error error_of(const Refusal& refusal) {
  return std::visit(ErrorOf{refusal.experiment}, refusal.reason);
}

}  // namespace assay::screen
