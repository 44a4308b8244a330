#include "experiments/record/history/neighbours.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/result/decision.hpp"
#include "core/result/verdict.hpp"

namespace assay::record {
namespace {

using formats::QuestionOutline;
using nlohmann::json;
using Words = std::vector<std::string>;

/// Stands in the command of an outline for words that differ between the arms.
constexpr std::string_view kDifferingWords = "{}";

/// So many words and hooks may be added or removed in all.
constexpr std::size_t kMostEdits = 2;

/// The length of the longest list of words that both have in this order.
std::size_t common_length(const Words& one, const Words& other) {
  std::vector<std::size_t> above(other.size() + 1, 0);
  for (const std::string& word : one) {
    std::vector<std::size_t> row(other.size() + 1, 0);
    for (std::size_t at = 0; at < other.size(); ++at) {
      row[at + 1] = word == other[at] ? above[at] + 1 : std::max(above[at + 1], row[at]);
    }
    above = std::move(row);
  }
  return above.back();
}

std::size_t edits(const Words& one, const Words& other) {
  return one.size() + other.size() - 2 * common_length(one, other);
}

bool runs_the_same_program(const AskedQuestion& question, const RecordSummary& record, const Words& one,
                           const Words& other) {
  if (one.empty() || other.empty()) return one.empty() && other.empty();
  if (one.front() == other.front()) return true;
  return !question.programs.empty() && question.programs == record.programs;
}

bool has_nearly_the_same_command(const AskedQuestion& question, const RecordSummary& record, const QuestionOutline& one,
                                 const QuestionOutline& other) {
  if (!runs_the_same_program(question, record, one.command, other.command)) return false;
  // What stands for words that differ is compared with the levels.
  const auto arguments = [](const Words& words) {
    Words common = words.empty() ? words : Words(std::next(words.begin()), words.end());
    std::erase(common, kDifferingWords);
    return common;
  };
  return edits(arguments(one.command), arguments(other.command)) + edits(one.hooks, other.hooks) <= kMostEdits;
}

bool have_different_trees(const QuestionOutline& one, const QuestionOutline& other) {
  return !one.treatment_tree.empty() && !other.treatment_tree.empty() && one.treatment_tree != other.treatment_tree;
}

/// Whether every treatment of one is of another commit than every treatment of the other.
bool are_about_different_trees(const AskedQuestion& question, const RecordSummary& record) {
  const auto differs_from_all = [&record](const QuestionOutline& one) {
    return std::all_of(record.questions.begin(), record.questions.end(),
                       [&one](const QuestionOutline& other) { return have_different_trees(one, other); });
  };
  return !question.outlines.empty() && !record.questions.empty() &&
         std::all_of(question.outlines.begin(), question.outlines.end(), differs_from_all);
}

bool has_same_content(const AskedQuestion& question, const RecordSummary& record) {
  const auto is_there = [&record](const DifferingContent& one) {
    if (one.of_control.empty() && one.of_treatment.empty()) return false;
    return std::any_of(record.contents.begin(), record.contents.end(), [&one](const DifferingContent& other) {
      return one.of_control == other.of_control && one.of_treatment == other.of_treatment;
    });
  };
  return std::any_of(question.contents.begin(), question.contents.end(), is_there);
}

json member_or_null(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? json() : *found;
}

/// The words of one arm that the other does not have, in their order.
std::vector<std::string> differing_words(const json& levels, std::size_t arm) {
  std::vector<std::string> words;
  const auto found = levels.find("words");
  if (found == levels.end()) return words;
  for (const json& pair : *found) {
    const json& of_arm = pair[arm];
    if (of_arm.is_string()) words.push_back(of_arm.get<std::string>());
    if (of_arm.is_array()) {
      for (const json& word : of_arm) words.push_back(word.get<std::string>());
    }
  }
  return words;
}

bool holds_in_order(const std::vector<std::string>& words, const std::vector<std::string>& few) {
  auto wanted = few.begin();
  for (const std::string& word : words) {
    if (wanted != few.end() && word == *wanted) ++wanted;
  }
  return wanted == few.end();
}

/// Whether all that differs in earlier levels (`QuestionOutline::levels`) differs in these in the same way: the
/// variables that are set, the words in their order, and the content. A further variable or word changes nothing, so a
/// question with one includes the question without it; the content, if there is any, must be equal. So of commits each
/// of another tree none includes another.
bool includes_levels(const std::string& levels, const std::string& earlier) {
  if (levels == earlier) return true;
  const json now = json::parse(levels, nullptr, false);
  const json before = json::parse(earlier, nullptr, false);
  if (!now.is_object() || !before.is_object() || before.empty()) return false;
  if (member_or_null(now, "content") != member_or_null(before, "content")) return false;
  const json set = member_or_null(now, "set");
  const json earlier_set = member_or_null(before, "set");
  for (auto setting = earlier_set.begin(); setting != earlier_set.end(); ++setting) {
    const auto same = set.is_object() ? set.find(setting.key()) : set.end();
    if (same == set.end() || *same != *setting) return false;
  }
  return holds_in_order(differing_words(now, 0), differing_words(before, 0)) &&
         holds_in_order(differing_words(now, 1), differing_words(before, 1));
}

/// Whether what differs in the record's arms differs in the question's too, whatever else does there.
bool has_same_levels(const AskedQuestion& question, const RecordSummary& record) {
  for (const QuestionOutline& one : question.outlines) {
    for (const QuestionOutline& other : record.questions) {
      if (!includes_levels(one.levels, other.levels)) continue;
      if (has_nearly_the_same_command(question, record, one, other)) return true;
    }
  }
  return false;
}

bool is_same_machine(const MachineIdentity& one, const MachineIdentity& other) {
  if (!one.boot_id.empty() && one.boot_id == other.boot_id) return true;
  return !one.description.empty() && one.description == other.description;
}

std::optional<Nearness> nearness_to(const AskedQuestion& question, const RecordSummary& record) {
  if (question.simulated != record.simulated) return std::nullopt;
  const bool is_same_environment = question.key.environment_name == record.environment_name;
  if (!is_same_environment && !is_same_machine(question.machine, record.machine)) return std::nullopt;
  if (question.key.sha256 == record.hypothesis_sha256) return Nearness::other_environment;
  if (are_about_different_trees(question, record)) return std::nullopt;
  if (has_same_content(question, record)) return Nearness::same_content;
  if (has_same_levels(question, record)) return Nearness::same_levels;
  return std::nullopt;
}

/// Whether the record was discarded, or leaves its question open, for more than an accident of its trials.
bool binds_others(const RecordSummary& record) {
  if (!is_attempt(record)) return true;
  // That attempts are spent makes no accident a finding.
  const bool is_accident = record.verdict == Verdict::invalid && record.reason != DecisionReason::broken;
  return !is_accident && record.decision != Decision::keep;
}

std::optional<Neighbour> neighbour_in(const HypothesisHistory& history, const AskedQuestion& question) {
  if (history.key == question.key || is_kept(history)) return std::nullopt;
  std::vector<RecordSummary> records = history.attempts;
  records.insert(records.end(), history.openings.begin(), history.openings.end());
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    if (!binds_others(*record)) continue;
    const std::optional<Nearness> nearness = nearness_to(question, *record);
    if (nearness) return Neighbour{.record = record->name, .sha256 = record->sha256, .nearness = *nearness};
  }
  return std::nullopt;
}

}  // namespace

AskedQuestion asked_question(const Plan& plan, const HypothesisKey& key, const MachineIdentity& machine) {
  return {.key = key,
          .simulated = plan.simulation.has_value(),
          .outlines = formats::question_outlines(plan),
          .contents = {},
          .programs = {},
          .machine = machine};
}

std::vector<Neighbour> neighbours_of(const AskedQuestion& question, const std::vector<RecordSummary>& records) {
  std::vector<Neighbour> neighbours;
  for (const HypothesisHistory& history : hypotheses_in(records)) {
    if (std::optional<Neighbour> neighbour = neighbour_in(history, question)) {
      neighbours.push_back(*std::move(neighbour));
    }
  }
  return neighbours;
}

}  // namespace assay::record
