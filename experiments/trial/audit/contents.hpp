#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/trial/audit/fingerprint.hpp"

namespace assay::trial {

/// For each treatment, the digests of the files that only it or only control runs or reads, over all cells. Of a
/// program behind a wrapper its own digest counts. A treatment that runs the same files as control is left out.
[[nodiscard]] std::vector<DifferingContent> differing_contents(const Plan& plan,
                                                               const std::vector<Fingerprint>& fingerprints);

/// The digests of the programs that all arms run, each once, in byte order.
[[nodiscard]] std::vector<std::string> programs_of(const std::vector<Fingerprint>& fingerprints);

}  // namespace assay::trial
