#include "experiments/adversary/suspicion/chain_marks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/attempt/requirements/requirements.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/neighbours.hpp"

namespace assay::adversary {
namespace {

using record::RecordSummary;

class LabMarks {
 public:
  LabMarks(const std::vector<RecordSummary>& records, const std::vector<FiledAttempt>& attempts)
      : records_(records), attempts_(attempts), ancestry_(records) {}

  [[nodiscard]] std::vector<Suspicion> marks() && {
    for (const FiledAttempt& attempt : attempts_) {
      if (is_counted(attempt)) {
        find_missing(attempt);
        find_twice(attempt);
        find_moved_plan(attempt);
        find_near(attempt);
      }
      find_same_draws(attempt);
    }
    find_abandoned();
    return std::move(marks_);
  }

 private:
  /// Comparisons and challenges spend no attempt.
  static bool is_counted(const FiledAttempt& attempt) { return !attempt.plan.exploratory && !attempt.plan.challenge; }

  static bool is_same_question(const RecordSummary& one, const RecordSummary& other) {
    return one.hypothesis_sha256 == other.hypothesis_sha256 && one.environment_name == other.environment_name &&
           one.simulated == other.simulated;
  }

  void add(const FiledAttempt& attempt, Mark mark, std::string what) {
    marks_.push_back({attempt.summary.name, mark, std::move(what), std::nullopt});
  }

  /// Whether the opening's attempt has no record, and nobody closed it.
  [[nodiscard]] bool is_left_open(const RecordSummary& opening) const {
    if (opening.kind != RecordKind::opening) return false;
    return std::none_of(records_.begin(), records_.end(), [&opening](const RecordSummary& record) {
      return record.settles == opening.sha256 || (is_attempt(record) && record.plan_sha256 == opening.plan_sha256);
    });
  }

  /// Earlier attempts on the way to this one, with and without a record, since the same reopening.
  [[nodiscard]] int earlier_attempts(const FiledAttempt& attempt) const {
    int count = 0;
    for (const FiledAttempt& other : attempts_) {
      const bool is_earlier = is_counted(other) && is_same_question(other.summary, attempt.summary) &&
                              other.plan.reopened_by == attempt.plan.reopened_by &&
                              ancestry_.knows(attempt.summary, other.summary);
      count += is_earlier ? 1 : 0;
    }
    for (const RecordSummary& record : records_) {
      const bool is_open =
          is_left_open(record) && is_same_question(record, attempt.summary) && ancestry_.knows(attempt.summary, record);
      count += is_open ? 1 : 0;
    }
    return count;
  }

  void find_missing(const FiledAttempt& attempt) {
    const int earlier = earlier_attempts(attempt);
    if (earlier + 1 >= attempt.plan.attempt) return;
    add(attempt, Mark::attempts_missing,
        fmt::format("it is attempt {}, and {} before it {} in the lab", attempt.plan.attempt, earlier,
                    earlier == 1 ? "is" : "are"));
  }

  void find_twice(const FiledAttempt& attempt) {
    for (const FiledAttempt& other : attempts_) {
      const bool is_twice = is_counted(other) && is_same_question(other.summary, attempt.summary) &&
                            other.plan.reopened_by == attempt.plan.reopened_by &&
                            other.plan.attempt == attempt.plan.attempt &&
                            ancestry_.knows(attempt.summary, other.summary);
      if (!is_twice) continue;
      add(attempt, Mark::alpha_twice,
          fmt::format("it is attempt {} at the question, and so is {}", attempt.plan.attempt, other.summary.name));
      return;
    }
  }

  void find_same_draws(const FiledAttempt& attempt) {
    if (attempt.plan.seed_entropy.empty()) return;
    for (const FiledAttempt& other : attempts_) {
      if (&other == &attempt) return;
      if (other.plan.seed_entropy != attempt.plan.seed_entropy) continue;
      add(attempt, Mark::seed_twice,
          fmt::format("its seed was mixed with the same 32 random bytes as that of {}", other.summary.name));
      return;
    }
  }

  [[nodiscard]] std::vector<attempt::EarlierAttempt> bound_by(const FiledAttempt& attempt) const {
    std::vector<attempt::EarlierAttempt> earlier;
    for (const FiledAttempt& other : attempts_) {
      const bool binds = is_counted(other) && is_same_question(other.summary, attempt.summary) &&
                         ancestry_.knows(attempt.summary, other.summary);
      if (binds) earlier.push_back({other.summary.name, other.plan, other.result});
    }
    return earlier;
  }

  static bool is_allowed(const Plan& plan, const RequirementChange& change) {
    return std::any_of(plan.changes.begin(), plan.changes.end(), [&change](const RequirementChange& recorded) {
      return label_of(recorded) == label_of(change) && !recorded.allowed.empty();
    });
  }

  void find_moved_plan(const FiledAttempt& attempt) {
    // The rules of 0.1.0 held no attempt against an earlier one.
    if (attempt.plan.rules == kOldestRules) return;
    Plan plan = attempt.plan;
    plan.changes.clear();
    for (const RequirementChange& change : attempt::requirement_changes(plan, bound_by(attempt))) {
      if (!needs_allowance(change) || !change.allowed.empty() || is_allowed(attempt.plan, change)) continue;
      add(attempt, Mark::plan_moved,
          fmt::format("{} was {} in {} and is {}, and nobody has allowed that", label_of(change), change.was,
                      change.earlier, change.is.empty() ? "not asked for" : change.is));
    }
  }

  /// A keep of a question that was asked before in other words says so.
  void find_near(const FiledAttempt& attempt) {
    const RecordSummary& summary = attempt.summary;
    if (attempt.plan.rules == kOldestRules || attempt.result.decision != Decision::keep) return;
    std::vector<RecordSummary> before;
    for (const RecordSummary& record : records_) {
      const bool is_own_opening = record.plan_sha256 == summary.plan_sha256;
      if (ancestry_.knows(summary, record) && !is_own_opening) before.push_back(record);
    }
    const record::AskedQuestion question = {.key = {summary.hypothesis_sha256, summary.environment_name},
                                            .simulated = summary.simulated,
                                            .outlines = summary.questions,
                                            .contents = summary.contents,
                                            .programs = summary.programs,
                                            .machine = summary.machine};
    for (const Neighbour& neighbour : record::neighbours_of(question, before)) {
      const bool is_named = std::find(summary.near.begin(), summary.near.end(), neighbour.record) != summary.near.end();
      if (is_named) continue;
      add(attempt, Mark::plan_moved,
          fmt::format("it is kept, and asks in other words what {} asked ({})", neighbour.record,
                      to_string(neighbour.nearness)));
    }
  }

  /// An attempt that was opened and never ended, although another one at the same question was begun after it.
  void find_abandoned() {
    for (const RecordSummary& opening : records_) {
      if (!is_left_open(opening)) continue;
      for (const FiledAttempt& later : attempts_) {
        const bool is_later =
            is_counted(later) && is_same_question(opening, later.summary) && ancestry_.knows(later.summary, opening);
        if (!is_later) continue;
        marks_.push_back(
            {opening.name, Mark::attempts_missing,
             fmt::format("the attempt that was opened has no record, and {} was made after it", later.summary.name),
             std::nullopt});
        break;
      }
    }
  }

  const std::vector<RecordSummary>& records_;
  const std::vector<FiledAttempt>& attempts_;
  record::Ancestry ancestry_;
  std::vector<Suspicion> marks_;
};

}  // namespace

std::vector<Suspicion> chain_marks(const std::vector<RecordSummary>& records,
                                   const std::vector<FiledAttempt>& attempts) {
  return LabMarks(records, attempts).marks();
}

}  // namespace assay::adversary
