#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/challenge.hpp"
#include "core/record/entry.hpp"
#include "core/result/result.hpp"

namespace assay::report {

/// What a claim says and what was measured, in the claim's own terms.
struct GradedClaim {
  const ClaimedMetric& metric;
  const ClaimedEffect& effect;
  const ChallengeResult& result;
  std::string_view failed = {};  ///< what made it invalid, if anything says so: "check inventory: ..."
  int cap = 0;                   ///< blocks that it could have had; 0: not known
};
/// What an entry says that failed: its checks, or else its first finding. Empty unless the grade is invalid for that.
[[nodiscard]] std::string failed_text(const ChallengeEntry& challenge);

/// "1.92x better (96 % interval 1.88x to 1.97x), 12 blocks".
[[nodiscard]] std::string measured_text(const GradedClaim& graded);
/// "exaggerated: treatment is better, but by less; the largest claim that these blocks confirm is 1.98x".
[[nodiscard]] std::string grade_text(const GradedClaim& graded);
/// What to do after this grade, in one sentence.
[[nodiscard]] std::string next_step_text(const GradedClaim& graded);
/// Control against itself, and the planted change: "control against itself: 0.99x to 1.01x", or that there was none.
[[nodiscard]] std::string controls_text(const GradedClaim& graded, double planted_percent);

/// The figures of a challenge for people on a terminal, without what the attempt's own result says.
[[nodiscard]] std::string challenge_result_text(const Plan& plan, const ChallengeResult& result,
                                                std::string_view failed = {});
/// The same without the controls, if the plan is not at hand.
[[nodiscard]] std::string challenge_result_text(const GradedClaim& graded);

/// "challenger's input large (warm)", with what an own input is called here; "in the state cold" if it is the claim's
/// workload.
[[nodiscard]] std::string own_input_title(const OwnInputGrade& own, std::string_view called);
/// The grade on an input of the challenger's own, with what was measured: "refuted: ...; 1.00x better (...)".
[[nodiscard]] std::string own_input_text(const GradedClaim& graded);
/// "holds on the claimant's workload; not in the state cold; not on the challenger's large (warm)"; empty if there is
/// neither.
[[nodiscard]] std::string own_inputs_summary(Grade of_claim, const std::vector<OwnInputGrade>& own);
/// The own inputs for people on a terminal; empty if there are none.
[[nodiscard]] std::string own_inputs_text(const ChallengeEntry& challenge);

/// "exaggerated: wall of deploy (...): at least 4.00x better ...".
[[nodiscard]] std::string challenge_headline(const ChallengeEntry& challenge);

/// A signature of a challenge.
struct ReviewSignature {
  std::string_view signer;
  std::string_view public_key;  ///< hexadecimal
};
/// Somebody allows a finding.
struct AcceptedFinding {
  int finding = 1;
  std::string_view actor;
  std::string_view reason;
};
/// What other records say about a challenge.
struct ReviewContext {
  std::string_view sha256;                  ///< of the challenge's record
  std::vector<ReviewSignature> signatures;  ///< that count; none: it is not signed
  std::vector<AcceptedFinding> accepted;
};
/// A challenge's section of REVIEW.md, in Markdown, without its markers.
[[nodiscard]] std::string review_section(const Entry& entry, const ReviewContext& context);

/// "tests/test_it.py:41: skips a test".
[[nodiscard]] std::string finding_text(const ReviewFinding& finding);

}  // namespace assay::report
