#pragma once

#include "experiments/decide/challenge/grading.hpp"

namespace assay::adversary {

// Grades are given by the analysis of an attempt; those who price claims use the same functions.
using decide::challenge_alpha;
using decide::confirmed_claim;
using decide::confirming_ratio;
using decide::grade_not_worse;
using decide::grade_ratio;
using decide::kAlphaOfPlanted;
using decide::kRefutingShare;
using decide::Moment;
using decide::RatioBounds;

}  // namespace assay::adversary
