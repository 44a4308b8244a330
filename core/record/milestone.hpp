#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"

namespace assay {

/// An experiment in one environment.
struct ExperimentPlace {
  std::string experiment;
  std::string environment_name = "local";
  friend bool operator==(const ExperimentPlace&, const ExperimentPlace&) = default;
};

/// The baseline in force measured every workload in every state, and nothing changed meanwhile.
struct BaselineCriterion {
  static constexpr std::string_view kName = "baseline";
  ExperimentPlace place;
  friend bool operator==(const BaselineCriterion&, const BaselineCriterion&) = default;
};

/// In the baseline in force, spans account for at least this share of each cell's time.
struct AttributionCriterion {
  static constexpr std::string_view kName = "attribution";
  ExperimentPlace place;
  double share = 0.9;  ///< 0 to 1
  friend bool operator==(const AttributionCriterion&, const AttributionCriterion&) = default;
};

/// The target is met by its interval, and not relaxed.
struct TargetCriterion {
  static constexpr std::string_view kName = "target";
  std::string target;                 ///< its name: "custom-html/warm/wall/median"
  std::string environment_name = {};  ///< empty: every one in which it was measured
  friend bool operator==(const TargetCriterion&, const TargetCriterion&) = default;
};

/// The experiment was tried, and is decided: kept, or a dead end.
struct DecisionCriterion {
  static constexpr std::string_view kName = "decided";
  ExperimentPlace place;
  friend bool operator==(const DecisionCriterion&, const DecisionCriterion&) = default;
};

/// The experiment's change is adopted, and nothing says that it must be reverted.
struct AdoptionCriterion {
  static constexpr std::string_view kName = "adopted";
  ExperimentPlace place;
  friend bool operator==(const AdoptionCriterion&, const AdoptionCriterion&) = default;
};

/// In which figures of a cumulative gain a criterion has to hold.
enum class GainCells {
  every,  ///< each workload in each state
  suite,  ///< only the average over all of them
};

/// The last cumulative gain of the experiment against a certain baseline is at least this, by its interval.
struct GainCriterion {
  static constexpr std::string_view kName = "gain";
  ExperimentPlace place;
  double percent = 0;  ///< how much better, above 0
  GainCells cells = GainCells::every;
  std::string baseline =
      {};  ///< name of its record, or SHA-256; empty: the first one of the experiment and environment
  friend bool operator==(const GainCriterion&, const GainCriterion&) = default;
};

/// The claim is upheld, and was confirmed by another actor.
struct ClaimCriterion {
  static constexpr std::string_view kName = "claim";
  std::string claim;  ///< name of its record, or SHA-256
  friend bool operator==(const ClaimCriterion&, const ClaimCriterion&) = default;
};

using CriterionContent = std::variant<BaselineCriterion, AttributionCriterion, TargetCriterion, DecisionCriterion,
                                      AdoptionCriterion, GainCriterion, ClaimCriterion>;

/// One thing that has to hold before a milestone is done.
struct Criterion {
  std::string name;  ///< "T5"
  std::string text;  ///< what it stands for, in a person's words; may be empty
  CriterionContent content;
  friend bool operator==(const Criterion&, const Criterion&) = default;
};

struct Milestone {
  std::string name;
  std::vector<Criterion> criteria;  ///< at least one; their names differ
  friend bool operator==(const Milestone&, const Milestone&) = default;
};

template <>
struct EnumNames<GainCells> {
  static constexpr std::array<std::string_view, 2> values = {"every", "suite"};
};

/// The records that showed a criterion when its milestone was declared done.
struct CriterionEvidence {
  std::string criterion;                  ///< its name
  std::vector<std::string> records;       ///< SHA-256
  std::vector<std::string> confirmed_by;  ///< SHA-256 of records that another actor made and signed
  friend bool operator==(const CriterionEvidence&, const CriterionEvidence&) = default;
};

/// A milestone is declared done.
struct MilestoneDone {
  Milestone milestone;                      ///< as it was stated then
  std::vector<CriterionEvidence> evidence;  ///< one for each criterion, in order
  friend bool operator==(const MilestoneDone&, const MilestoneDone&) = default;
};

}  // namespace assay
