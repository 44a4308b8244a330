#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "core/result/budget_use.hpp"
#include "core/result/challenge_result.hpp"
#include "core/result/decision.hpp"
#include "core/result/diagnostic.hpp"
#include "core/result/labels.hpp"
#include "core/result/level_search.hpp"
#include "core/result/metric_result.hpp"
#include "core/result/verdict.hpp"

namespace assay {

/// How often a test failed in trials that a check failed by it.
struct FailedTest {
  std::string test;
  int failed_control = 0;    ///< trials
  int failed_treatment = 0;  ///< trials
  friend bool operator==(const FailedTest&, const FailedTest&) = default;
};

struct CheckResult {
  std::string name;
  bool passed = true;
  int failed_control = 0;              ///< trials
  int failed_treatment = 0;            ///< trials
  std::string detail;                  ///< of the first failure
  std::vector<FailedTest> tests = {};  ///< those that failed it by failing, in byte order
  int reported_control = 0;            ///< if there are such tests: trials that ended well enough to be checked
  int reported_treatment = 0;          ///< the same
  friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// One treatment against control in one cell.
struct Comparison {
  NamedCell cell;
  NamedArm control;
  NamedArm treatment{.index = 1};
  Design design = Design::blocks;  ///< what its blocks are
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  Stop stop = Stop::cap;
  int blocks = 0;        ///< complete ones, analysed
  int fresh_blocks = 0;  ///< those of them that were run after the stop to confirm it
  int failed_control = 0;
  int failed_treatment = 0;
  std::optional<double> failure_p;    ///< exact McNemar; if any trial failed
  std::vector<MetricResult> metrics;  ///< primary first, then guards, then observed
  std::vector<CheckResult> checks;
  std::vector<Diagnostic> diagnostics;
  std::vector<BudgetUse> budget = {};  ///< one for each part that the plan limits: what treatment took of it
  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// The primary metric averaged over all cells, for one treatment.
struct SuiteResult {
  NamedArm control;
  NamedArm treatment;
  int cells = 0;
  MetricResult average;  ///< without figures of the arms
  friend bool operator==(const SuiteResult&, const SuiteResult&) = default;
};

/// Another time of the same trials that would settle the question in fewer blocks, by its noise alone: its effect was
/// not looked at.
struct QuickerMetric {
  std::string metric;
  int blocks = 0;  ///< for the margin
  friend bool operator==(const QuickerMetric&, const QuickerMetric&) = default;
};

/// What it would take to settle an inconclusive comparison.
struct Advice {
  std::optional<double> detectable_percent;  ///< the smallest effect these blocks show with the plan's power
  std::optional<int> blocks_needed;          ///< for the margin
  std::optional<double> seconds_needed;      ///< at this attempt's pace
  std::optional<double> step_percent = {};   ///< the values' step, if it is what keeps the margin from being shown:
                                             ///< then no number of blocks is enough
  std::optional<QuickerMetric> quicker = {};
  friend bool operator==(const Advice&, const Advice&) = default;
};

/// The outcome of one attempt: everything that is reported, computed from plan, blocks and audit only. It carries what
/// it refers to, so that nobody needs the plan to read it.
struct AttemptResult {
  Protocol protocol;
  Metric primary;            ///< the plan's primary metric
  bool exploratory = false;  ///< no decision is recorded
  bool simulated = false;    ///< every trial was
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  Stop stop = Stop::cap;
  bool not_worse = false;
  int blocks = 0;
  int trials = 0;
  int failed_control = 0;
  int failed_treatment = 0;
  int void_blocks = 0;                     ///< run again because a hook or a proof of the state failed
  int lost_blocks = 0;                     ///< broken off, or void, after a trial of them had started (rules 2)
  std::vector<RequirementChange> changes;  ///< of the plan: what earlier attempts asked for otherwise
  AuditResult audit;
  std::vector<Comparison> comparisons;  ///< cell by cell, treatment by treatment; for a race, the best levels' fresh
                                        ///< blocks against the first level
  std::vector<LevelSearch> searches;    ///< one per cell if the levels race; empty otherwise
  std::vector<SuiteResult> suite;       ///< one per treatment if the claim is the suite; empty otherwise
  Advice advice;
  std::optional<double> futile_chance = {};  ///< that blocks up to the cap decide anything, if that stopped the attempt
  std::optional<ChallengeResult> challenge;  ///< the grade, if the plan measures a claim again
  std::vector<OwnInputGrade> own_inputs = {};  ///< of the challenger: each graded by itself, beside `challenge`
  friend bool operator==(const AttemptResult&, const AttemptResult&) = default;
};

/// What a result of this plan refers to, filled in; nothing is measured or decided yet.
[[nodiscard]] AttemptResult blank_result(const Plan& plan);
[[nodiscard]] Comparison blank_comparison(const Plan& plan, std::size_t cell, ArmIndex treatment);
[[nodiscard]] LevelSearch blank_search(const Plan& plan, std::size_t cell);
[[nodiscard]] SuiteResult blank_suite(const Plan& plan, ArmIndex treatment);

}  // namespace assay
