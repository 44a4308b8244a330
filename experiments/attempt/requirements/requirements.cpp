#include "experiments/attempt/requirements/requirements.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "experiments/attempt/requirements/demands.hpp"
#include "experiments/attempt/requirements/standing.hpp"

namespace assay::attempt {
namespace {

/// Which changes of a requirement count.
enum class Rule {
  required,  ///< it is gone or another one stands in its place: refused if it was unmet
  any,       ///< it differs: refused if it was unmet
  ordered,   ///< less of it is asked for: refused
  wider,     ///< it passes over more: refused
  equal,     ///< it differs otherwise than by growing: refused
};

struct Row {
  Requirement requirement;
  Rule rule;
};

/// What "less" is, for everything outside the identity of a hypothesis (docs/methods/attempts.md has this table).
constexpr std::array kTable = {Row{Requirement::goal, Rule::ordered},
                               Row{Requirement::margin, Rule::ordered},
                               Row{Requirement::kappa, Rule::ordered},
                               Row{Requirement::cells, Rule::equal},
                               Row{Requirement::alpha_equivalence, Rule::ordered},
                               Row{Requirement::confirm, Rule::ordered},
                               Row{Requirement::sidedness, Rule::any},
                               Row{Requirement::check, Rule::required},
                               Row{Requirement::normaliser, Rule::any},
                               Row{Requirement::ignore, Rule::wider},
                               Row{Requirement::guard, Rule::required},
                               Row{Requirement::guard_margin, Rule::ordered},
                               Row{Requirement::reached, Rule::required},
                               Row{Requirement::shares, Rule::required},
                               Row{Requirement::success_codes, Rule::any},
                               Row{Requirement::timeout, Rule::any},
                               Row{Requirement::results, Rule::any},
                               Row{Requirement::harness, Rule::any},
                               Row{Requirement::checkout, Rule::any},
                               Row{Requirement::reads, Rule::any},
                               Row{Requirement::vigilance, Rule::required},
                               Row{Requirement::budget, Rule::ordered}};

/// A change with the demand that it departs from.
struct Departure {
  RequirementChange change;
  std::string key;
  double strictness = 0;
};

const Demand* with_key(const std::vector<Demand>& demands, const std::string& key) {
  const auto found =
      std::find_if(demands.begin(), demands.end(), [&](const Demand& demand) { return demand.key == key; });
  return found == demands.end() ? nullptr : &*found;
}

const Demand* with_name(const std::vector<Demand>& demands, const std::string& name) {
  const auto found =
      std::find_if(demands.begin(), demands.end(), [&](const Demand& demand) { return demand.name == name; });
  return found == demands.end() ? nullptr : &*found;
}

/// The demand that stands in place of an earlier one: the same, else one of that name.
const Demand* counterpart(const std::vector<Demand>& demands, const Demand& was) {
  const Demand* same = with_key(demands, was.key);
  return same != nullptr ? same : with_name(demands, was.name);
}

bool passes_over_more(const Demand& was, const Demand& is) {
  return std::any_of(is.parts.begin(), is.parts.end(), [&](const std::string& part) {
    return std::find(was.parts.begin(), was.parts.end(), part) == was.parts.end();
  });
}

/// Whether the rule objects to what became of a demand. \param is  nullptr: nothing of it is left
bool departs(Rule rule, const Demand& was, const Demand* is) {
  switch (rule) {
    case Rule::required:
      return is == nullptr || is->key != was.key;
    case Rule::any:
      return is != nullptr && is->text != was.text;
    case Rule::ordered:
      return is != nullptr && is->strictness < was.strictness;
    case Rule::wider:
      return is != nullptr && passes_over_more(was, *is);
    case Rule::equal:
      return is != nullptr && is->text != was.text && is->strictness <= was.strictness;
  }
  return false;
}

bool is_always_refused(Rule rule) {
  return rule == Rule::ordered || rule == Rule::wider || rule == Rule::equal;
}

/// A margin or goal is compared under its own key only; other demands may have been named or spelt otherwise.
const Demand* later_demand(const Row& row, const std::vector<Demand>& now, const Demand& was) {
  if (row.requirement == Requirement::margin) return with_key(now, was.key);
  return counterpart(now, was);
}

std::vector<Departure> departures(const Row& row, const Plan& plan, const EarlierAttempt& earlier) {
  const DemandsOf demands = demands_of(row.requirement);
  const std::vector<Demand> now = demands(plan);
  std::vector<Departure> found;
  for (const Demand& was : demands(earlier.plan)) {
    const Demand* const is = later_demand(row, now, was);
    if (!departs(row.rule, was, is)) continue;
    Departure departure{.change = {.requirement = row.requirement,
                                   .name = was.name,
                                   .was = was.text,
                                   .is = is == nullptr ? "" : is->text,
                                   .earlier = earlier.name,
                                   .allowed = ""},
                        .key = was.key,
                        .strictness = was.strictness};
    const Edit edit = is == nullptr ? Edit::removed : Edit::altered;
    departure.change.standing =
        is_always_refused(row.rule) ? EarlierStanding::loosened : standing_of(earlier.result, departure.change, edit);
    found.push_back(std::move(departure));
  }
  return found;
}

/// Whether the attempt of `one` binds more than that of `other` does.
bool binds_more(const Departure& one, const Departure& other) {
  if (needs_allowance(one.change) != needs_allowance(other.change)) return needs_allowance(one.change);
  return one.strictness > other.strictness;
}

void add(std::vector<Departure>& all, Departure departure) {
  const auto same = std::find_if(all.begin(), all.end(), [&](const Departure& other) {
    return other.change.requirement == departure.change.requirement && other.key == departure.key;
  });
  if (same == all.end()) {
    all.push_back(std::move(departure));
  } else if (binds_more(departure, *same)) {
    *same = std::move(departure);
  }
}

/// Why somebody allowed the same change for an earlier attempt; empty if nobody did.
std::string allowed_before(const RequirementChange& change, const std::vector<EarlierAttempt>& earlier) {
  for (const EarlierAttempt& attempt : earlier) {
    for (const RequirementChange& before : attempt.plan.changes) {
      const bool is_same = before.requirement == change.requirement && before.name == change.name &&
                           before.was == change.was && before.is == change.is;
      if (is_same && !before.allowed.empty()) return before.allowed;
    }
  }
  return "";
}

}  // namespace

std::vector<RequirementChange> requirement_changes(const Plan& plan, const std::vector<EarlierAttempt>& earlier) {
  std::vector<RequirementChange> changes;
  for (const Row& row : kTable) {
    std::vector<Departure> all;
    for (const EarlierAttempt& attempt : earlier) {
      if (attempt.result.blocks == 0) continue;
      for (Departure& departure : departures(row, plan, attempt)) add(all, std::move(departure));
    }
    for (Departure& departure : all) {
      if (needs_allowance(departure.change)) departure.change.allowed = allowed_before(departure.change, earlier);
      changes.push_back(std::move(departure.change));
    }
  }
  return changes;
}

void allow(std::vector<RequirementChange>& changes, const Allowance& allowance) {
  for (const std::string& label : allowance.labels) {
    bool is_known = false;
    std::vector<std::string> known;
    known.reserve(changes.size());
    for (RequirementChange& change : changes) {
      known.push_back(label_of(change));
      if (known.back() != label) continue;
      is_known = true;
      change.allowed = allowance.why;
    }
    if (is_known) continue;
    if (known.empty()) {
      throw Error(fmt::format(
          "\"{}\" is allowed, but this attempt asks for nothing less than earlier ones did: leave it out", label));
    }
    throw Error(fmt::format("\"{}\" is allowed, but not asked for otherwise: expected one of \"{}\"{}", label,
                            fmt::join(known, "\", \""), did_you_mean(label, {known.begin(), known.end()})));
  }
}

}  // namespace assay::attempt
