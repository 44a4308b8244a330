#include "experiments/adversary/suspicion/part_marks.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace assay::adversary {
namespace {

/// Only the first session of an attempt tells its warm-ups, and a killed one may have lost what it had not written.
bool is_of_one_session(const Record& record) {
  return record.interruptions_ns.empty() && record.result.stop != Stop::interrupted;
}

bool has_warm_ups(const Plan& plan) {
  return std::all_of(plan.states.begin(), plan.states.end(), [](const State& state) { return state.warmup > 0; });
}

/// A block that is run again stands for as many void ones before it.
std::optional<std::string> missing_void_block(const Record& record) {
  for (std::size_t index = 0; index < record.blocks.size(); ++index) {
    const Block& block = record.blocks[index];
    const auto before = record.blocks.begin() + static_cast<std::ptrdiff_t>(index);
    const auto kept = std::count_if(record.blocks.begin(), before, [&block](const Block& earlier) {
      return earlier.cell == block.cell && earlier.number == block.number && is_void(earlier);
    });
    if (block.rerun <= kept) continue;
    return fmt::format("block {} was run again {}, and the record has only {} void blocks of that number", block.number,
                       block.rerun == 1 ? "once" : fmt::format("{} times", block.rerun), kept);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Suspicion> part_marks(const Record& record, const std::string& name, OpeningEntry opening) {
  std::vector<Suspicion> marks;
  const Plan& plan = record.plan;
  if (plan.rules == kOldestRules || plan.simulation || plan.order != OrderSource::drawn) return marks;
  const auto add = [&](std::string what) { marks.push_back({name, Mark::parts_missing, std::move(what), {}}); };
  if (opening == OpeningEntry::missing && !plan.exploratory) {
    add("no entry of the chain says that the attempt was opened");
  }
  const bool is_here = plan.engine == Plan{}.engine;
  if (!is_here || !is_of_one_session(record) || record.blocks.empty()) return marks;
  if (has_warm_ups(plan) && record.result.audit.warm_ups.empty()) add("its warm-ups are not in it");
  // Workloads that run side by side are run again together, also those that had not started.
  if (!plan.groups.empty()) return marks;
  if (auto missing = missing_void_block(record)) add(*std::move(missing));
  return marks;
}

}  // namespace assay::adversary
