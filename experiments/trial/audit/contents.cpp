#include "experiments/trial/audit/contents.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace assay::trial {
namespace {

using Digests = std::set<std::string>;

/// Whether the part's value is the digest of a file that the arm runs or reads.
bool is_content(const Part& part) {
  switch (part.kind) {
    case PartKind::executable:
    case PartKind::interpreter:
    case PartKind::library:
      return part.facet == PartFacet::content;
    case PartKind::named_file:
    case PartKind::input:
    case PartKind::standard_input:
    case PartKind::swapped_file:
      return true;
    default:
      return false;
  }
}

Digests contents_of(const Fingerprint& fingerprint) {
  const bool is_wrapped = !fingerprint.wrapped_program.empty();
  Digests contents;
  if (is_wrapped) contents.insert(fingerprint.wrapped_program);
  for (const auto& [part, value] : fingerprint.parts) {
    if (is_content(part) && !(is_wrapped && is_of_program(part))) contents.insert(value);
  }
  return contents;
}

Digests contents_of_arm(const std::vector<Fingerprint>& fingerprints, ArmIndex arm) {
  Digests contents;
  for (const Fingerprint& fingerprint : fingerprints) {
    if (fingerprint.arm == arm) contents.merge(contents_of(fingerprint));
  }
  return contents;
}

std::vector<std::string> only_in(const Digests& one, const Digests& other) {
  std::vector<std::string> only;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(only));
  return only;
}

}  // namespace

std::vector<DifferingContent> differing_contents(const Plan& plan, const std::vector<Fingerprint>& fingerprints) {
  std::vector<DifferingContent> all;
  const Digests control = contents_of_arm(fingerprints, kControl);
  for (ArmIndex arm = 1; arm < arm_count(plan); ++arm) {
    const Digests treatment = contents_of_arm(fingerprints, arm);
    DifferingContent content{
        .treatment = arm, .of_control = only_in(control, treatment), .of_treatment = only_in(treatment, control)};
    if (!content.of_control.empty() || !content.of_treatment.empty()) all.push_back(std::move(content));
  }
  return all;
}

std::vector<std::string> programs_of(const std::vector<Fingerprint>& fingerprints) {
  Digests programs;
  for (const Fingerprint& fingerprint : fingerprints) {
    const std::string* const executable = find_part(fingerprint.parts, {PartKind::executable, "", PartFacet::content});
    if (!fingerprint.wrapped_program.empty()) {
      programs.insert(fingerprint.wrapped_program);
    } else if (executable != nullptr) {
      programs.insert(*executable);
    }
  }
  return {programs.begin(), programs.end()};
}

}  // namespace assay::trial
