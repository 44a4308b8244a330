#include "experiments/formats/record/milestone_json.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "experiments/formats/record/milestone_fields.hpp"

namespace assay::formats {
namespace {

using KnownKeys = std::vector<std::string_view>;

/// The keys of an object; for a criterion those of every kind.
KnownKeys known_keys(const Description& description) {
  KnownKeys keys;
  if (description.kind() != nullptr) keys.push_back(description.kind()->key);
  for (const Member& member : description.members()) keys.push_back(member.key);
  return keys;
}

void refuse_unknown_keys(const Field& table, const KnownKeys& keys) {
  for (const Field& member : table.members()) {
    if (std::find(keys.begin(), keys.end(), member.key()) != keys.end()) continue;
    member.fail(fmt::format("there is no such key{}", did_you_mean(member.key(), keys)));
  }
}

Milestone milestone_at(const Field& table) {
  refuse_unknown_keys(table, known_keys(description_of<Milestone>()));
  for (const Field& criterion : table.at("criterion").elements()) {
    refuse_unknown_keys(criterion, known_keys(description_of<Criterion>()));
  }
  return read_as<Milestone>(table);
}

}  // namespace

std::vector<Milestone> milestones_at(const Field& root) {
  refuse_unknown_keys(root, {"milestone"});
  std::vector<Milestone> all;
  for (const Field& table : root.at("milestone").elements()) {
    Milestone milestone = milestone_at(table);
    const bool twice = std::any_of(all.begin(), all.end(),
                                   [&milestone](const Milestone& earlier) { return earlier.name == milestone.name; });
    if (twice) table.fail(fmt::format("the milestone \"{}\" is there twice: leave one out", milestone.name));
    all.push_back(std::move(milestone));
  }
  return all;
}

}  // namespace assay::formats
