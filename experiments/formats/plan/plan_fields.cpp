#include "experiments/formats/plan/plan_fields.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/formats/object.hpp"

namespace assay::formats {
namespace {

constexpr int kPlanFormat = 1;

void check_rules(const Plan& plan, const Field& field) {
  if (plan.rules >= kOldestRules && plan.rules <= kNewestRules) return;
  const Field rules = field.at("rules");
  if (plan.rules < kOldestRules) rules.fail("expected a number from 1 on");
  rules.fail("this plan is judged by the rules of a newer assay: install that one");
}

struct FormatCodec {
  static void write(const Plan&, CanonicalWriter& writer) { writer.value(kPlanFormat); }
  static void read(const Field& field, Plan&) {
    if (field.integer() != kPlanFormat) field.fail("this plan was written by a newer assay, which reads it");
  }
  static Form form() { return Form::fixed(kPlanFormat); }
};

/// A secret's value is never written down.
struct PublicEnvironmentCodec {
  static void write(const Plan& plan, CanonicalWriter& writer) {
    std::map<std::string, std::string> environment = plan.environment;
    for (const auto& [name, hash] : plan.secrets) environment.erase(name);
    for (const auto& [name, hash] : plan.environment_hmac) environment.erase(name);
    Codec<std::map<std::string, std::string>>::write(environment, writer);
  }
  static void read(const Field& field, Plan& plan) { plan.environment = field.text_by_name(); }
  static Form form() { return Codec<std::map<std::string, std::string>>::form(); }
};

const Percent* share_read(const State& state) {
  return state.evict.empty() ? nullptr : &state.reads;
}
Percent& share_of(State& state) {
  return state.reads;
}

const Seed* stated_seed_read(const Plan& plan) {
  return plan.seed_entropy.empty() ? nullptr : &plan.stated_seed;
}
Seed& stated_seed_of(Plan& plan) {
  return plan.stated_seed;
}

bool has_state(const Plan& plan, const std::string& name) {
  return std::any_of(plan.states.begin(), plan.states.end(), [&](const State& state) { return state.name == name; });
}

[[noreturn]] void refuse_state(const Field& field, const std::string& name) {
  field.fail(fmt::format("the state {} is not among the states", in_quotes(name)));
}

void check_states(const Plan& plan, const Field& field) {
  for (const Level& level : plan.variable.levels) {
    const auto* const state = std::get_if<StateLevel>(&level.value);
    if (state != nullptr && !has_state(plan, state->state)) refuse_state(field.at("variable"), state->state);
  }
  for (const Workload& workload : plan.workloads) {
    for (const std::string& name : workload.states) {
      if (!has_state(plan, name)) refuse_state(field.at("workloads"), name);
    }
  }
}

/// A challenge has control and treatment, and beside them none or both of its own arms.
void check_challenge(const Plan& plan, const Field& field) {
  if (!plan.challenge) return;
  const std::size_t levels = plan.variable.levels.size();
  const std::size_t expected = plan.challenge->planted_percent > 0 ? kControlDelayed + 1 : 2;
  if (levels != expected) field.at("variable").fail("a challenge has two levels, or four if a change is planted");
  for (const std::string& name : plan.challenge->own_workloads) {
    const auto found = std::find_if(plan.workloads.begin(), plan.workloads.end(),
                                    [&name](const Workload& workload) { return workload.name == name; });
    if (found == plan.workloads.begin() || found == plan.workloads.end()) {
      field.at("challenge").fail(fmt::format("{} is no workload beside the claim's", in_quotes(name)));
    }
  }
  if (plan.challenge->number < 1) field.at("challenge").fail("challenges count from 1");
}

/// Each cell is in one group, or there are none.
void check_groups(const Plan& plan, const Field& field) {
  if (plan.protocol.side_by_side == plan.groups.empty()) {
    field.at(plan.groups.empty() ? "protocol" : "groups")
        .fail("cells run side by side exactly if the protocol asks for it");
  }
  if (plan.groups.empty()) return;
  std::vector<std::size_t> grouped;
  for (const std::vector<std::size_t>& group : plan.groups) {
    if (group.empty() || !std::is_sorted(group.begin(), group.end())) {
      field.at("groups").fail("expected the cells of a group in their order");
    }
    grouped.insert(grouped.end(), group.begin(), group.end());
  }
  std::sort(grouped.begin(), grouped.end());
  std::vector<std::size_t> all(cells(plan).size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (grouped != all) field.at("groups").fail("expected every cell of the plan in exactly one group");
  if (plan.rules == kOldestRules || is_costly(plan.protocol.design) || plan.protocol.design == Design::duet ||
      is_race(plan)) {
    field.at("groups").fail("by these rules, or in this design, nothing runs side by side");
  }
}

/// What the analysis relies on: a plan from a damaged file is refused with one line.
void check_plan(const Plan& plan, const Field& field) {
  check_rules(plan, field);
  const auto primaries = std::count_if(plan.metrics.begin(), plan.metrics.end(),
                                       [](const Metric& metric) { return metric.role == MetricRole::primary; });
  if (primaries != 1) field.at("metrics").fail("exactly one metric is primary");
  const std::optional<MetricCondition>& reached = plan.variable.reached;
  const bool is_known = !reached || std::any_of(plan.metrics.begin(), plan.metrics.end(),
                                                [&](const Metric& metric) { return metric.name == reached->metric; });
  if (!is_known)
    field.at("variable").fail(fmt::format("the metric {} is not among the metrics", in_quotes(reached->metric)));
  check_states(plan, field);
  check_challenge(plan, field);
  check_groups(plan, field);
}

/// What is asked, and of what.
void add_question(Object<Plan>& plan) {
  plan.from_whole<FormatCodec>("format", "a program refuses a number that it does not know")
      .always<&Plan::id>("id", "the experiment's name")
      .always<&Plan::hypothesis>("hypothesis", "what the change is believed to do")
      .always<&Plan::assumptions>("assumptions", "what must stay true for the decision to hold")
      .unless_default<&Plan::phase>("phase", "the phase of a baseline that the idea is to shorten")
      .always<&Plan::variable>("variable", "the one thing that differs between the arms")
      .always<&Plan::workloads>("workloads", "what is run, with every default filled in")
      .always<&Plan::states>("states", "how caches and services stand when a trial starts")
      .always<&Plan::metrics>("metrics", "what is measured; exactly one is primary")
      .always<&Plan::checks>("checks", "what must hold on every trial")
      .unless_default<&Plan::plants>("plants", "faults that a challenge plants into both arms")
      .unless_default<&Plan::targets>("targets", "limits that metrics must keep")
      .unless_default<&Plan::budget>("budget", "the most that one trial may take of its node")
      .always<&Plan::protocol>("protocol", "the constants of the inference")
      .unless_default<&Plan::groups>("groups",
                                     "which cells run side by side, counted from 0 as the plan lists them: each "
                                     "is in one group; left out if all are measured alone");
}

/// Which attempt at it this is, and by which rules it is judged.
void add_attempt(Object<Plan>& plan) {
  plan.unless_default<&Plan::rules>("rules", "the rules by which its blocks are judged; left out: 1, those of 0.1.0")
      .always<&Plan::attempt>("attempt", "counts from 1 to `protocol.attempts`")
      .unless_default<&Plan::reopened_by>("reopened_by", "SHA-256 of the record that lifted the dead end")
      .unless_default<&Plan::changes>("changes",
                                      "what earlier attempts at the hypothesis asked for otherwise; see "
                                      "[attempts.md](../methods/attempts.md)")
      .unless_default<&Plan::vigilant>("vigilant",
                                       "true: trials after the last block look for programs that notice measuring")
      .always<&Plan::exploratory>("exploratory", "true: `assay compare`, which uses all of alpha every time");
}

/// Where it is run, and what chance and truth come from.
void add_environment(Object<Plan>& plan) {
  plan.always<&Plan::environment_name>("environment_name", "the named class of machine")
      .unless_default<&Plan::engine>("engine",
                                     "the engine that runs the blocks; left out for `local`, and if there "
                                     "is a `simulation`")
      .always<&Plan::folder>("folder", "absolute; relative paths and commands start here")
      .from_whole<PublicEnvironmentCodec>("environment", "what trials may see of the caller's environment")
      .always<&Plan::secrets>("secrets", "SHA-256 of `NAME=value` for each variable whose value is not written down")
      .unless_default<&Plan::environment_hmac>(
          "environment_hmac",
          "HMAC-SHA-256 of `NAME=value` under the lab's key for each variable whose value is not written down")
      .always<&Plan::seed>("seed", "all random choices follow from it")
      .found_by<stated_seed_read, stated_seed_of>("stated_seed",
                                                  "the seed that was mixed with `seed_entropy` into `seed`")
      .unless_default<&Plan::seed_entropy>("seed_entropy",
                                           "32 bytes in hexadecimal that were drawn when the attempt was opened; "
                                           "see [random.md](random.md)")
      .unless_default<&Plan::order>("order", "where the arms' order comes from; left out if the seed draws it")
      .if_set<&Plan::simulation>("simulation", "a known truth in place of a machine")
      .if_set<&Plan::challenge>("challenge", "the claim that is measured again; left out if there is none");
}

}  // namespace

template <>
const Description& description_of<State>() {
  static const Description description =
      Object<State>("state")
          .always<&State::name>("name", "what people call it; unique in the plan")
          .always<&State::warmup>("warmup", "discarded trials of each arm before the first block")
          .unless_default<&State::evict>("evict", "globs of files that must not be in memory when a trial starts")
          .unless_default<&State::prepare>("prepare", "run before every trial, after the workload's `prepare`")
          .unless_default<&State::conclude>("conclude", "run after every trial, before the workload's `conclude`")
          .unless_default<&State::prove>("prove", "must exit 0 immediately before the trial")
          .found_by<share_read, share_of>("reads_percent",
                                          "the share of the evicted bytes that each trial must read "
                                          "for itself; only with `evict`");
  return description;
}

template <>
const Description& description_of<RequirementChange>() {
  static const Description description =
      Object<RequirementChange>("change")
          .always<&RequirementChange::requirement>("requirement", "what is asked for otherwise")
          .unless_default<&RequirementChange::name>("name", "the check, metric, workload or state that it is about")
          .always<&RequirementChange::was>("was", "what the earlier attempt asked for")
          .always<&RequirementChange::is>("is", "what this attempt asks for; empty: nothing")
          .always<&RequirementChange::earlier>("earlier", "the earlier attempt's record, or `attempt` and its number")
          .always<&RequirementChange::standing>("standing",
                                                "how the earlier attempt left the requirement; all but `held` must be "
                                                "allowed")
          .unless_default<&RequirementChange::allowed>("allowed", "why somebody allows it");
  return description;
}

template <>
const Description& description_of<ChallengeTerms>() {
  static const Description description =
      Object<ChallengeTerms>("challenge")
          .always<&ChallengeTerms::claim>("claim", "SHA-256 of the record that states the claim")
          .unless_default<&ChallengeTerms::record>("record", "SHA-256 of the record that the claim rests on")
          .always<&ChallengeTerms::number>("number", "counts the challenges of the claim; sets the error rate")
          .always<&ChallengeTerms::metric>("metric", "the metric that the claim is about")
          .always<&ChallengeTerms::effect>("effect", "what is claimed")
          .unless_default<&ChallengeTerms::planted_percent>(
              "planted_percent", "by which the fourth level is worse than control; left out if nothing was planted")
          .unless_default<&ChallengeTerms::good_blocks>(
              "good_blocks", "whether the result has the ratio among blocks without failures, if trials failed")
          .unless_default<&ChallengeTerms::own_workloads>(
              "own_workloads",
              "names of the challenger's own, which are measured beside the claim's; that comes first");
  return description;
}

template <>
const Description& description_of<Plant>() {
  static const Description description =
      Object<Plant>("plant")
          .always<&Plant::name>("name", "what the fault is called")
          .always_in<&Plant::patch, &Patch::file>("patch", "the patch file that breaks the program")
          .always_in<&Plant::patch, &Patch::sha256>("sha256", "SHA-256 of its content");
  return description;
}

template <>
const Description& description_of<Budget>() {
  static const Description description =
      Object<Budget>("budget")
          .if_set<&Budget::memory>("memory_bytes", "of the whole process tree, at its peak")
          .if_set<&Budget::disk>("disk_bytes", "by which file systems may grow, at the peak")
          .if_set<&Budget::cpus>("cpus", "CPU time per wall time, in the median trial");
  return description;
}

template <>
const Description& description_of<Plan>() {
  static const Description description = [] {
    Object<Plan> plan("plan");
    add_question(plan);
    add_attempt(plan);
    add_environment(plan);
    return Description(plan.checked<check_plan>());
  }();
  return description;
}

}  // namespace assay::formats
