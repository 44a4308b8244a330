#pragma once

/// The tests of assay as functions: numbers in, numbers out. Installed as <assay/stats.hpp>; everything is in
/// namespace `assay::stats`, and links with `assay::stats`.
///
/// No function reads a clock or a file. Randomness comes from a `Seed` that you give, and the same seed gives the same
/// answer with any number of threads. Values are in whatever unit you like, and results in the same; effects of a
/// positive metric are log-ratios, `std::log(treatment / control)`, one for each block, in the order of time. What a
/// test is to show (`Alternative`), its level and its margin are always yours to state. p-values are never 0. Every
/// function says next to its declaration which hypothesis it tests, what it throws (`assay::Error`, with a line that
/// says what to do), what it costs, and where it was published.
///
/// | question | answer |
/// |---|---|
/// | Do the blocks so far show a difference, or that there is none? | `SequentialTest`, at the looks of `LookPlan` |
/// | The same, looking whenever you like | `AnytimeTest` |
/// | The same, with at most ten trials of each arm | `CostlyTest` |
/// | Does a share stay below a limit? | `shown_below`, `sequential_upper_bound`, `sequential_lower_bound` |
/// | One look at paired differences | `signed_rank_test`, `hodges_lehmann`, `sign_flip_test`, `paired_t_test` |
/// | Two samples that nobody paired | `mann_whitney_test`, `two_sample_permutation_test`, `welch_t_test` |
/// | Two shares | `mcnemar_test`, `fisher_exact_test`, `boschloo_test` |
/// | An interval for any statistic | `bca` |
/// | Several p-values of one family | `holm_adjusted` |
/// | When does a series of iterations become steady? | `find_steady_state` |
/// | How many blocks will it take? | `blocks_to_detect`, `detectable_effect` |

#include "stats/anytime/anytime_test.hpp"
#include "stats/costly/costly_test.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/holm.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/planner.hpp"
#include "stats/reference/bootstrap.hpp"
#include "stats/reference/correlation.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/reference/permutation.hpp"
#include "stats/reference/proportion.hpp"
#include "stats/reference/student.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_share.hpp"
#include "stats/sequential/sequential_test.hpp"
#include "stats/signed_rank.hpp"
#include "stats/steady/steady_state.hpp"
#include "stats/summary.hpp"
