#include "experiments/trial/metrics/span_origin.hpp"

#include <algorithm>
#include <utility>

namespace assay::trial {
namespace {

/// If they say nothing that decides it.
Nesting undecided(const SpanOrigin* inner, const SpanOrigin* outer) {
  const auto is_command = [](const SpanOrigin* one) { return one != nullptr && one->ancestors; };
  return is_command(inner) || is_command(outer) ? Nesting::assumed : Nesting::unknown;
}

Nesting in_one_process(const SpanOrigin& inner, const SpanOrigin& outer) {
  if (inner.thread && outer.thread) return inner.thread == outer.thread ? Nesting::nested : Nesting::parallel;
  const bool is_command = !outer.thread && outer.ancestors;
  return is_command ? Nesting::nested : undecided(&inner, &outer);
}

}  // namespace

std::shared_ptr<const SpanOrigin> SpanOrigins::shared(SpanOrigin origin) {
  if (origin == SpanOrigin{}) return nullptr;
  if (last_ && *last_ == origin) return last_;
  const auto [known, is_new] = known_.try_emplace(origin);
  if (is_new) known->second = std::make_shared<const SpanOrigin>(std::move(origin));
  return last_ = known->second;
}

Nesting nesting(const SpanOrigin* inner, const SpanOrigin* outer, std::string_view outer_name) {
  if (inner != nullptr && inner->parent) return *inner->parent == outer_name ? Nesting::nested : Nesting::parallel;
  if (inner == nullptr || outer == nullptr) return undecided(inner, outer);
  if (inner->chunk && inner->chunk == outer->chunk) return Nesting::nested;
  if (inner->process == outer->process) return in_one_process(*inner, *outer);
  if (!inner->process || !outer->process || !inner->ancestors) return undecided(inner, outer);
  const auto& above = *inner->ancestors;
  return std::find(above.begin(), above.end(), *outer->process) != above.end() ? Nesting::nested : Nesting::parallel;
}

}  // namespace assay::trial
