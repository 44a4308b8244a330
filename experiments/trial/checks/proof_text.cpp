#include "experiments/trial/checks/proof_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"

namespace assay::trial {
namespace {

using nlohmann::json;

/// The arms that the check let through, or that it caught.
std::vector<std::string> arms_of(const CheckProof& proof, bool caught) {
  std::vector<std::string> names;
  for (const BrokenArm& arm : proof.broken) {
    if (arm.caught.has_value() == caught) names.push_back(arm.what);
  }
  return names;
}

std::string name_of(const CheckProof& proof) {
  return fmt::format("{} ({})", printable(proof.check), printable(proof.workload));
}

/// The reports of control's two runs did not have the same tests.
std::string unstable_names_text(const CheckProof& proof) {
  constexpr std::size_t kShown = 5;
  std::string text = fmt::format(
      "  {}: {} test names changed between two runs of control; take out what changes with normalise, or leave such "
      "tests out with ignore:\n",
      name_of(proof), proof.unstable.size());
  for (std::size_t index = 0; index < proof.unstable.size() && index < kShown; ++index) {
    text += fmt::format("    {}\n", printable(proof.unstable[index]));
  }
  if (proof.unstable.size() > kShown) text += fmt::format("    and {} more\n", proof.unstable.size() - kShown);
  return text;
}

}  // namespace

std::string proofs_text(const std::vector<CheckProof>& proofs) {
  std::string text;
  for (const CheckProof& proof : proofs) {
    if (proof.holds()) {
      text += fmt::format("  {}: can fail: {}\n", name_of(proof), fmt::join(arms_of(proof, true), ", "));
    }
    if (!proof.unstable.empty()) text += unstable_names_text(proof);
  }
  return text;
}

std::string refusal_of(const CheckProof& proof) {
  if (proof.control_failure) {
    return fmt::format("check {} fails on control as it is: {}", name_of(proof), printable(*proof.control_failure));
  }
  return fmt::format(
      "check {} passes on a broken arm ({}): it can veto nothing; let it look at what this very trial "
      "did",
      name_of(proof), fmt::join(arms_of(proof, false), ", "));
}

json proofs_json(const std::vector<CheckProof>& proofs) {
  json list = json::array();
  for (const CheckProof& proof : proofs) {
    json arms = json::array();
    for (const BrokenArm& arm : proof.broken) {
      arms.push_back({{"arm", arm.what},
                      {"caught", arm.caught.has_value()},
                      {"detail", arm.caught ? json(printable(*arm.caught)) : json()}});
    }
    list.push_back({{"check", proof.check},
                    {"workload", proof.workload},
                    {"holds", proof.holds()},
                    {"control_failure", proof.control_failure ? json(printable(*proof.control_failure)) : json()},
                    {"broken_arms", std::move(arms)},
                    {"unstable_names", proof.unstable}});
  }
  return list;
}

}  // namespace assay::trial
