#include "experiments/trial/checks/reports/tap_summaries.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::trial {

void TapSummaries::list(TestEnd end) {
  ++listed_;
  if (end == TestEnd::failed) ++listed_failures_;
}

void TapSummaries::state(const TapSum& sum, std::string_view line) {
  switch (sum.counts) {
    case TapSum::Counts::tests:
      close_sums();
      open_.tests = sum.number;
      return;
    case TapSum::Counts::tests_of_all:
      tests_of_all_ = std::max(tests_of_all_, sum.number);
      return;
    case TapSum::Counts::failed:
      failures_ += sum.number;
      if (sum.number > 0) last_failure_ = line;
      break;
    case TapSum::Counts::passed:
    case TapSum::Counts::others:
      break;
  }
  open_.is_split = true;
  open_.accounted_for += sum.number;
}

void TapSummaries::state_trouble(std::string_view line) {
  ++troubles_;
  last_failure_ = line;
}

void TapSummaries::close_sums() {
  tests_ += open_.tests;
  if (open_.is_split) unaccounted_for_ += std::max<std::int64_t>(open_.tests - open_.accounted_for, 0);
  open_ = {};
}

void TapSummaries::compare_with(TestInventory& inventory) {
  close_sums();
  if (last_failure_ && listed_failures_ == 0) {
    throw Error(fmt::format("it states failures (\"{}\") and lists no test that failed", *last_failure_));
  }
  const UnlistedTests unlisted{
      std::max<std::int64_t>(std::max(tests_, tests_of_all_) - listed_, 0),
      std::max<std::int64_t>(failures_ - listed_failures_, 0) + unaccounted_for_,
      0,
  };
  add_unlisted(inventory, "the summary", unlisted);
  // In a reference with a failed test such lines are there too: only more of them than in the reference are a loss.
  add_unlisted(inventory, "the driver", {.tests = 0, .failed = troubles_, .skipped = 0});
}

}  // namespace assay::trial
