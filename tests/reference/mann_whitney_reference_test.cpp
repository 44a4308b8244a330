#include <vector>

#include <gtest/gtest.h>

#include "stats/reference/mann_whitney.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace mann_whitney_reference_tests {

using nlohmann::json;
using test::alternative_of;
using test::expect_interval;
using test::expect_named;
using test::reference;
using test::reference_entries;
using test::ReferenceData;

TEST(MannWhitneyReference, ProbabilitiesAreSciPys) {
  for (const json& entry : reference().at("mann_whitney")) {
    const ReferenceData data = test::reference_data(entry.at("data"));
    const TwoSamples samples{.treatment = data.treatment, .control = data.control};
    const Alternative alternative = alternative_of(entry);
    const MannWhitneyTest corrected = mann_whitney_asymptotic(samples, alternative, ContinuityCorrection::half);
    expect_named(entry, "U", corrected.u);
    expect_named(entry, "p_asymptotic_cc", corrected.p);
    expect_named(entry, "p_asymptotic_nocc",
                 mann_whitney_asymptotic(samples, alternative, ContinuityCorrection::none).p);
    expect_named(entry, "cliffs_delta", cliffs_delta(samples));
    expect_named(entry, "hodges_lehmann_two_sample", hodges_lehmann_shift(samples));

    const MannWhitneyTest chosen = mann_whitney_test(samples, alternative);
    EXPECT_EQ(chosen.exact, !entry.at("has_ties").get<bool>());
    expect_named(entry, chosen.exact ? "p_exact" : "p_asymptotic_cc", chosen.p);
  }
}

TEST(MannWhitneyReference, ShiftIntervalsAreThoseOfR) {
  for (const json& entry : reference_entries("shift_interval_reference.json", "shift_interval")) {
    const auto treatment = entry.at("treatment").get<std::vector<double>>();
    const auto control = entry.at("control").get<std::vector<double>>();
    const TwoSamples samples{.treatment = treatment, .control = control};
    expect_interval(entry, "interval", shift_interval(samples, entry.at("confidence")));
    expect_named(entry, "estimate", hodges_lehmann_shift(samples));
    expect_named(entry, "p", mann_whitney_exact(samples, Alternative::two_sided).p);
  }
}

}  // namespace mann_whitney_reference_tests
}  // namespace assay::stats
