#include "experiments/trial/checks/same_output_check.hpp"

#include <fmt/format.h>

namespace assay::trial {
namespace {

OutputNeed needed_output(const SameOutputCheck& check) {
  if (!check.file.empty()) return OutputNeed::nothing;
  return check.normalise.empty() ? OutputNeed::digest : OutputNeed::text;
}

std::optional<std::string> difference_of_digests(const std::string& name, const std::string& reference,
                                                 const std::string& digest) {
  constexpr std::size_t kShown = 12;
  if (digest == reference) return std::nullopt;
  return fmt::format("{} differs from control's first: SHA-256 {} against {}", name, digest.substr(0, kShown),
                     reference.substr(0, kShown));
}

ComparedWithControl judgement_of(const SameOutputCheck& check) {
  return {[check](const ObservationContext& context, const EndedTrial& trial) {
            return digest_of(context, {check.file, check.normalise}, trial);
          },
          [name = check.file.empty() ? "standard output" : check.file](const Observation& reference,
                                                                       const Observation& observation) {
            return difference_of_digests(name, std::get<std::string>(reference), std::get<std::string>(observation));
          }};
}

}  // namespace

CheckRule rule_for(const SameOutputCheck& check) {
  return {.needs = {.file = check.file, .standard_output = needed_output(check)},
          .judgement = judgement_of(check),
          .breaking_commands = [file = check.file](const BreakingContext&) {
            std::vector<BreakingCommand> arms = {null_command()};
            if (!file.empty()) arms.push_back({"empty output", write_nothing_to(file)});
            return arms;
          }};
}

}  // namespace assay::trial
