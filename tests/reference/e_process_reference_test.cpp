#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/reference/e_process_path.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace e_process_reference_tests {

using nlohmann::json;
using test::evidence_against;
using test::expect_named;

TEST(EProcessReference, ValuesAreThoseOfAnIndependentProgram) {
  for (const json& entry : test::reference().at("e_process")) {
    const Evidence evidence = evidence_against(entry.at("theta"), test::reference_log_ratios(entry.at("data")));
    expect_named(entry, "e_clip_up", std::exp(evidence.log_clip_above));
    expect_named(entry, "e_clip_down", std::exp(evidence.log_clip_below));
    expect_named(entry, "e_sign_KT", std::exp(evidence.log_sign));
    expect_named(entry, "e_two_sided_mix", std::exp(evidence.log_total));
  }
}

}  // namespace e_process_reference_tests
}  // namespace assay::stats
