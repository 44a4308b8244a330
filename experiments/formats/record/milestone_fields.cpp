#include "experiments/formats/record/milestone_fields.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "experiments/formats/object.hpp"

namespace assay::formats {
namespace {

/// The members that say which experiment a criterion is about.
template <class Content>
Object<Content>& add_place(Object<Content>& object) {
  return object.template always_in<&Content::place, &ExperimentPlace::experiment>("experiment", "the experiment's name")
      .template unless_default_in<&Content::place, &ExperimentPlace::environment_name>(
          "environment", "the named class of machine; `local` by default");
}

template <class Content>
Description place_only() {
  Object<Content> object(Content::kName);
  return add_place(object);
}

void check_share(const AttributionCriterion& criterion, const Field& field) {
  if (criterion.share > 0 && criterion.share <= 1) return;
  field.at("share").fail(fmt::format("expected above 0 and at most 1, not {}", criterion.share));
}

void check_gain(const GainCriterion& criterion, const Field& field) {
  if (criterion.percent > 0) return;
  field.at("percent").fail(fmt::format("expected how much better, above 0, not {}", criterion.percent));
}

void check_criterion(const Criterion& criterion, const Field& field) {
  if (criterion.name.empty()) field.at("name").fail("a criterion needs a name, such as \"T1\"");
  if (const auto* share = std::get_if<AttributionCriterion>(&criterion.content)) check_share(*share, field);
  if (const auto* gain = std::get_if<GainCriterion>(&criterion.content)) check_gain(*gain, field);
}

void check_milestone(const Milestone& milestone, const Field& field) {
  if (milestone.name.empty()) field.at("name").fail("a milestone needs a name");
  if (milestone.criteria.empty()) field.at("criterion").fail("a milestone needs a criterion at least");
  std::set<std::string> names;
  for (const Criterion& criterion : milestone.criteria) {
    if (names.insert(criterion.name).second) continue;
    field.at("criterion").fail(fmt::format("two criteria are called \"{}\"", criterion.name));
  }
}

}  // namespace

template <>
const Description& description_of<BaselineCriterion>() {
  static const Description description = place_only<BaselineCriterion>();
  return description;
}

template <>
const Description& description_of<AttributionCriterion>() {
  static const Description description = [] {
    Object<AttributionCriterion> object(AttributionCriterion::kName);
    return Description(add_place(object).always<&AttributionCriterion::share>(
        "share", "of each cell's time that spans account for at least, 0 to 1"));
  }();
  return description;
}

template <>
const Description& description_of<TargetCriterion>() {
  static const Description description =
      Object<TargetCriterion>(TargetCriterion::kName)
          .always<&TargetCriterion::target>("target", "the target's name, as `assay status` shows it")
          .unless_default<&TargetCriterion::environment_name>(
              "environment", "the named class of machine; every one in which it was measured by default");
  return description;
}

template <>
const Description& description_of<DecisionCriterion>() {
  static const Description description = place_only<DecisionCriterion>();
  return description;
}

template <>
const Description& description_of<AdoptionCriterion>() {
  static const Description description = place_only<AdoptionCriterion>();
  return description;
}

template <>
const Description& description_of<GainCriterion>() {
  static const Description description = [] {
    Object<GainCriterion> object(GainCriterion::kName);
    return Description(
        add_place(object)
            .always<&GainCriterion::percent>("percent", "by how much it is better than the baseline, at least; above 0")
            .unless_default<&GainCriterion::cells>(
                "cells", "in every cell, or on the average over all of them; `every` by default")
            .unless_default<&GainCriterion::baseline>(
                "baseline",
                "the record of the baseline that the gain is against: its name, or its SHA-256; the first "
                "one of the experiment in the environment by default"));
  }();
  return description;
}

template <>
const Description& description_of<ClaimCriterion>() {
  static const Description description =
      Object<ClaimCriterion>(ClaimCriterion::kName)
          .always<&ClaimCriterion::claim>("claim", "the claim's record: its name, or its SHA-256");
  return description;
}

template <>
const Description& description_of<Criterion>() {
  static const Description description =
      Object<Criterion>("criterion")
          .always<&Criterion::name>("name", "what people call it: `T5`")
          .unless_default<&Criterion::text>("text", "what it stands for, in a person's words")
          .kinds<&Criterion::content>("kind", "what has to hold", "is no kind of criterion")
          .checked<check_criterion>();
  return description;
}

template <>
const Description& description_of<Milestone>() {
  static const Description description = Object<Milestone>("milestone")
                                             .always<&Milestone::name>("name", "what `assay decide --done` calls it")
                                             .always<&Milestone::criteria>("criterion", "all that has to hold")
                                             .checked<check_milestone>();
  return description;
}

template <>
const Description& description_of<CriterionEvidence>() {
  static const Description description =
      Object<CriterionEvidence>("evidence")
          .always<&CriterionEvidence::criterion>("criterion", "its name")
          .always<&CriterionEvidence::records>("records", "SHA-256 of the records that showed it")
          .always<&CriterionEvidence::confirmed_by>("confirmed_by",
                                                    "SHA-256 of records that another actor made and signed");
  return description;
}

template <>
const Description& description_of<MilestoneDone>() {
  static const Description description =
      Object<MilestoneDone>("milestone that is done")
          .always<&MilestoneDone::milestone>("milestone", "as it was stated then")
          .always<&MilestoneDone::evidence>("evidence", "one for each criterion, in order");
  return description;
}

}  // namespace assay::formats
