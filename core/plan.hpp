#pragma once

#include <chrono>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/budget.hpp"
#include "core/challenge.hpp"
#include "core/check.hpp"
#include "core/design.hpp"
#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/requirement_change.hpp"
#include "core/seed.hpp"
#include "core/target.hpp"
#include "core/variable.hpp"
#include "core/workload.hpp"

namespace assay {

/// What several cells claim together (docs/methods/many-comparisons.md).
enum class ClaimRule {
  any,    ///< better somewhere and not worse elsewhere
  all,    ///< better in every cell
  suite,  ///< better on average over the cells, by one test
};

/// What the attempt tries to show.
enum class Goal {
  improve,    ///< better by the margin
  not_worse,  ///< not worse by the margin, for refactorings and gates
};

/// Where the order of the arms in each block comes from.
enum class OrderSource {
  drawn,    ///< by assay, from the seed
  told,     ///< by the data: they were measured elsewhere
  unknown,  ///< the data do not say
};

/// When an attempt is looked at.
enum class LookMode {
  planned,  ///< at numbers of blocks that follow from the first look and the cap
  once,     ///< after all blocks, of which there are exactly max_blocks
  anytime,  ///< after every block, by evidence that may be looked at at any time; needs no cap
};

/// A direction that was declared before the first trial gets 0.9 of alpha, the other 0.1.
enum class Sidedness { two_sided, expect_better, expect_worse };

/// The smallest and the largest error rate that may be asked for. From 1/2 on, a one-sided test shows anything.
constexpr double kSmallestAlpha = 1e-12;
constexpr double kLargestAlpha = 0.4;

/// The rules of 0.1.0, and those by which attempts that begin now are judged (docs/methods/rules.md).
inline constexpr int kOldestRules = 1;
inline constexpr int kNewestRules = 2;

/// The cap of an anytime protocol without a cap.
inline constexpr int kNoCap = std::numeric_limits<int>::max();

/// Every constant of the inference. These are the defaults of files and options (docs/formats/experiment.md).
struct Protocol {
  double alpha = 0.05;              ///< two-sided error rate of the difference, over all attempts
  double alpha_equivalence = 0.05;  ///< error rate of each of the two equivalence tests
  double power = 0.9;               ///< used only for plans and advice
  double kappa = 0.5;               ///< improved needs the interval beyond kappa * margin
  int min_blocks = 6;               ///< first look; at least 6
  int max_blocks = 200;             ///< the cap, which is the last look; kNoCap for none, only if anytime
  LookMode looks = LookMode::planned;
  std::optional<bool> look_every_block;  ///< std::nullopt: if the first look finds that trials take a minute or more
  Design design = Design::blocks;
  int inner = 1;  ///< trials of each arm in a block, interleaved and reduced to one value
  InnerStatistic inner_statistic = InnerStatistic::median;
  std::optional<nanoseconds> max_time;
  std::optional<int> confirm;  ///< fresh blocks, the only ones that the effect is quoted from; see confirmatory_blocks
  int attempts = 3;
  ClaimRule claim = ClaimRule::any;
  Goal goal = Goal::improve;
  Sidedness sidedness = Sidedness::two_sided;
  bool side_by_side = false;  ///< workloads run at once as far as their weights fit (docs/methods/side-by-side.md)
  friend bool operator==(const Protocol&, const Protocol&) = default;
};

/// A known truth that replaces the machine, for tests and for planning. Values are drawn from the seed.
struct Simulation {
  double baseline_seconds = 0.1;
  Percent shift{0};             ///< change of treatment against control
  Percent noise{3};             ///< standard deviation of a trial on the log scale
  nanoseconds pace{0};          ///< real time that each trial takes
  double failure_rate = 0;      ///< share of treatment trials that exit 1
  std::vector<Percent> shifts;  ///< one for each level except the first; empty: `shift` for all
  friend bool operator==(const Simulation&, const Simulation&) = default;
};

/// A fault that the checks have to catch. A challenge plants it into both arms (docs/methods/claims.md).
struct Plant {
  std::string name;
  Patch patch;  ///< breaks the program
  friend bool operator==(const Plant&, const Plant&) = default;
};

/// Everything that is fixed before the first trial. It is hashed as canonical JSON (docs/formats/plan.md).
struct Plan {
  std::string id;  ///< name of the experiment, a slug
  std::string hypothesis;
  std::vector<std::string> assumptions;
  std::string phase;  ///< of a baseline, that the idea is to shorten; empty: none is named
  Variable variable;
  std::vector<Workload> workloads;
  std::vector<State> states;
  std::vector<Metric> metrics;  ///< exactly one is primary
  std::vector<Check> checks;
  std::vector<Plant> plants;
  std::vector<Target> targets;
  Budget budget;  ///< of the node: what one trial may take of it at most
  Protocol protocol;
  /// Which cells run side by side, if the protocol asks for it: each cell in one group, the cells of a group ascending.
  std::vector<std::vector<std::size_t>> groups = {};
  int rules = kOldestRules;                ///< by which its blocks are judged, whenever that is done
  int attempt = 1;                         ///< 1 .. protocol.attempts
  std::string reopened_by;                 ///< SHA-256 of the record that lifted the dead end; empty if there is none
  std::vector<RequirementChange> changes;  ///< what earlier attempts at the hypothesis asked for otherwise
  bool vigilant = false;                   ///< trials after the last block look for programs that notice measuring
  bool exploratory = false;                ///< `compare`: full alpha at every attempt, no decision unless asked
  std::string environment_name = "local";
  std::string engine = "local";  ///< the name of the engine that runs the blocks; not used if there is a simulation
  std::string folder;            ///< absolute; relative paths and commands start here
  std::map<std::string, std::string>
      environment;                             ///< frozen environment of every trial, without what the variable sets
  std::map<std::string, std::string> secrets;  ///< rules of 0.1.0: name -> SHA-256 of a value that is never written
                                               ///< down; the value itself is in `environment` while trials run
  /// Name -> HMAC-SHA-256, under the lab's key, of a value that no plan or record holds; the value itself is in
  /// `environment` while trials run.
  std::map<std::string, std::string> environment_hmac;
  Seed seed{0};              ///< all random choices follow from it
  Seed stated_seed{0};       ///< what `seed` was mixed from together with `seed_entropy`, if that is not empty
  std::string seed_entropy;  ///< 32 bytes in hexadecimal; empty: `seed` is as it was stated
  OrderSource order = OrderSource::drawn;
  std::optional<Simulation> simulation;     ///< std::nullopt: the real machine
  std::optional<ChallengeTerms> challenge;  ///< set if the attempt measures a claim again
  friend bool operator==(const Plan&, const Plan&) = default;
};

/// A workload in one state.
struct Cell {
  std::size_t workload = 0;
  std::size_t state = 0;
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// All cells, workload by workload, each in the order of its states.
[[nodiscard]] std::vector<Cell> cells(const Plan& plan);
[[nodiscard]] const Workload& workload_of(const Plan& plan, const Cell& cell);
[[nodiscard]] const State& state_of(const Plan& plan, const Cell& cell);
/// The state of one arm: that of the cell, unless the variable is the state.
[[nodiscard]] const State& state_of(const Plan& plan, const Cell& cell, ArmIndex arm);
[[nodiscard]] std::size_t arm_count(const Plan& plan);
/// Whether the levels race for the best instead of each being compared with the first (docs/methods/levels.md).
[[nodiscard]] bool is_race(const Plan& plan);
/// The number of fresh blocks that confirm a comparison: after an early stop, or for the winner of a race against the
/// first level. 0 means none.
[[nodiscard]] int confirmatory_blocks(const Plan& plan);
/// "custom-html (warm)". The state is left out if there is only one, or if it is the variable.
[[nodiscard]] std::string cell_name(const Plan& plan, const Cell& cell);
/// Whether a metric is read from spans, so that trials keep their phases.
[[nodiscard]] bool reads_spans(const Plan& plan);
/// Index of the one primary metric.
[[nodiscard]] std::size_t primary_metric(const Plan& plan);
/// Whether a list of workload names contains this one. An empty list stands for all.
[[nodiscard]] bool applies_to(const std::vector<std::string>& workloads, std::string_view workload);

[[nodiscard]] bool looks_once(const Protocol& protocol);
[[nodiscard]] bool looks_anytime(const Protocol& protocol);

/// The number of trials of each arm in each part of a costly design whose order is drawn separately: up to each look,
/// or a quad.
[[nodiscard]] std::vector<int> costly_strata(const Protocol& protocol);

/// The number of trials of each arm in one block. In a costly design, where a block of the schedule is one trial, the
/// number in a pair of them.
[[nodiscard]] int rounds_per_block(const Protocol& protocol);

/// The two-sided alpha of one attempt. With R attempts the first gets 0.8 alpha, each later one 0.2 alpha / (R - 1); an
/// exploratory plan has all of it each time. Unspent alpha never goes to another attempt.
[[nodiscard]] double attempt_alpha(const Plan& plan);
[[nodiscard]] double attempt_alpha_equivalence(const Plan& plan);

template <>
struct EnumNames<ClaimRule> {
  static constexpr std::array<std::string_view, 3> values = {"any", "all", "suite"};
};

template <>
struct EnumNames<Goal> {
  static constexpr std::array<std::string_view, 2> values = {"improve", "not-worse"};
};

template <>
struct EnumNames<OrderSource> {
  static constexpr std::array<std::string_view, 3> values = {"drawn", "told", "unknown"};
};

template <>
struct EnumNames<Sidedness> {
  static constexpr std::array<std::string_view, 3> values = {"two-sided", "better", "worse"};
};

}  // namespace assay
