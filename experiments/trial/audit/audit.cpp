#include "experiments/trial/audit/audit.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/trial/audit/difference.hpp"

namespace assay::trial {
namespace {

/// The text for a part that differs between the arms and should not.
std::string intruder_text(const std::string& label, const Part& part) {
  if (part.kind == PartKind::harness) {
    return fmt::format("the harness file {} differs: the change also alters what measures it", part.name);
  }
  return fmt::format("{} also differs in {}", label, to_string(part));
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

void compare_arms(const Plan& plan, const Fingerprint& control, const Fingerprint& treatment, AuditResult& result) {
  const Workload& workload = workload_of(plan, cells(plan)[treatment.cell]);
  for (const Part& part : differing_parts(control.parts, treatment.parts)) {
    if (part.kind == PartKind::changed_file) continue;  // reported for each arm by itself
    if (is_declared({plan, workload, control, treatment, part})) {
      add_once(result.differs, name_of(plan.variable));
    } else {
      add_once(result.intruders, intruder_text(plan.variable.levels[treatment.arm].label, part));
    }
  }
}

/// For a part of the machine the text has both values.
std::string changed_text(const Part& part, const Fingerprint& first, const Fingerprint& now) {
  if (!is_of_machine(part)) return fmt::format("{} changed during the attempt", to_string(part));
  const std::string* const before = find_part(first.parts, part);
  const std::string* const after = find_part(now.parts, part);
  return fmt::format("{} changed during the attempt (from {} to {})", to_string(part),
                     before == nullptr ? "none" : *before, after == nullptr ? "none" : *after);
}

/// Fingerprints that version 0.1.0 took have no settings.
bool has_settings(const Fingerprint& fingerprint) {
  return std::any_of(fingerprint.parts.begin(), fingerprint.parts.end(),
                     [](const auto& part) { return part.first.kind == PartKind::setting; });
}

/// Libraries that every program loads may slow down one arm only.
void note_preloaded(const Fingerprint& now, AuditResult& result) {
  const std::string* const libraries = find_part(now.parts, {PartKind::setting, "/etc/ld.so.preload"});
  if (libraries == nullptr) return;
  add_once(result.notes, fmt::format("/etc/ld.so.preload makes every program load {}", *libraries));
}

/// A reboot is only noted, since both trials of a block are on one side of it.
void compare_times(const Fingerprint& first, const Fingerprint& now, AuditResult& result) {
  const bool knows_settings = has_settings(first);
  for (const Part& part : differing_parts(first.parts, now.parts)) {
    if (part.kind == PartKind::changed_file) continue;  // reported for each arm by itself
    if (part.kind == PartKind::setting && !knows_settings) continue;
    if (part.kind == PartKind::boot) {
      add_once(result.notes, "the machine was started anew during the attempt");
    } else {
      add_once(result.intruders, changed_text(part, first, now));
    }
  }
}

/// No clone may change once it was built, whether by another arm's build, by its own trials or by another arm's. The
/// clones of an earlier session are gone, so only those of this session count.
void find_changed_files(const Plan& plan, const Fingerprint& now, AuditResult& result) {
  for (const auto& [part, how] : now.parts) {
    if (part.kind != PartKind::changed_file) continue;
    add_once(result.intruders,
             fmt::format("file {} of {}'s clone {}", part.name, plan.variable.levels[now.arm].label, how));
  }
}

bool holds_one_tree(const Variable& variable) {
  const auto tree = [](const Level& level) { return std::get<SourceLevel>(level.value).tree; };
  return std::all_of(variable.levels.begin(), variable.levels.end(),
                     [&](const Level& level) { return tree(level) == tree(variable.levels.front()); });
}

/// True for the content of a file that a build makes anew.
bool is_built(const Variable& variable, const Fingerprint& fingerprint, const Part& part) {
  if (!has_source(variable) || part.facet != PartFacet::content) return false;
  const std::string* const path = find_part(fingerprint.parts, path_part(part));
  return path != nullptr && lies_in_clone(*path);
}

}  // namespace

AuditResult changes_between(const Plan& plan, const std::vector<Fingerprint>& first,
                            const std::vector<Fingerprint>& now) {
  ASSAY_ASSERT(first.size() == now.size());
  AuditResult result;
  for (std::size_t index = 0; index < now.size(); ++index) {
    compare_times(first[index], now[index], result);
    find_changed_files(plan, now[index], result);
    note_preloaded(now[index], result);
  }
  result.passed = result.intruders.empty();
  return result;
}

AuditResult audit(const Plan& plan, const std::vector<Fingerprint>& first, const std::vector<Fingerprint>& now) {
  ASSAY_ASSERT(first.size() == now.size() && now.size() == cells(plan).size() * arm_count(plan));
  AuditResult result;
  for (std::size_t index = 0; index < now.size(); ++index) {
    const std::size_t control = index - now[index].arm;
    if (now[index].arm != kControl) compare_arms(plan, now[control], now[index], result);
    compare_times(first[index], now[index], result);
    find_changed_files(plan, now[index], result);
    note_preloaded(now[index], result);
  }
  // The commits say which files differ; `Reach` proves that the difference is in what was run.
  if (has_source(plan.variable) && !holds_one_tree(plan.variable)) add_once(result.differs, name_of(plan.variable));
  if (result.differs.empty() && result.intruders.empty()) {
    result.notes.emplace_back("both arms are the same: an A/A comparison");
  }
  result.passed = result.intruders.empty();
  return result;
}

std::vector<std::string> take_over_machine(std::vector<Fingerprint>& first, const std::vector<Fingerprint>& now) {
  std::vector<std::string> notes;
  for (std::size_t index = 0; index < now.size(); ++index) {
    for (const Part& part : differing_parts(first[index].parts, now[index].parts)) {
      if (!is_of_machine(part)) continue;
      const bool is_its_name = part.kind == PartKind::host || part.kind == PartKind::boot;
      if (!is_its_name) add_once(notes, "on another machine: " + changed_text(part, first[index], now[index]));
      const std::string* const here = find_part(now[index].parts, part);
      if (here != nullptr) {
        first[index].parts[part] = *here;
      } else {
        first[index].parts.erase(part);
      }
    }
  }
  return notes;
}

std::vector<std::string> take_over_builds(const Plan& plan, std::vector<Fingerprint>& first,
                                          const std::vector<Fingerprint>& now) {
  std::vector<std::string> notes;
  for (std::size_t index = 0; index < now.size(); ++index) {
    for (const Part& part : differing_parts(first[index].parts, now[index].parts)) {
      if (!is_built(plan.variable, now[index], part)) continue;
      add_once(notes,
               fmt::format("{} of {} was built again when the attempt was taken up, and is not the same as before",
                           to_string(part), plan.variable.levels[now[index].arm].label));
      const std::string* const built = find_part(now[index].parts, part);
      if (built != nullptr) {
        first[index].parts[part] = *built;
      } else {
        first[index].parts.erase(part);
      }
    }
  }
  return notes;
}

std::string name_of(const Variable& variable) {
  if (variable.name.empty()) return std::string(to_string(variable.kind));
  return fmt::format("{} {}", to_string(variable.kind), variable.name);
}

}  // namespace assay::trial
