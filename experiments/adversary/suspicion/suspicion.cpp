#include "experiments/adversary/suspicion/suspicion.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "experiments/adversary/suspicion/chain_marks.hpp"
#include "experiments/adversary/suspicion/clock_marks.hpp"
#include "experiments/adversary/suspicion/part_marks.hpp"
#include "experiments/adversary/suspicion/repeats.hpp"
#include "experiments/adversary/suspicion/sample_marks.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::adversary {
namespace {

using record::RecordSummary;

/// The samples of an experiment's earlier records, which a later one must not have again.
struct KnownSamples {
  std::string record;
  std::vector<std::int64_t> walls;
};

/// Compares the record with the last few of the same experiment.
class EarlierSamples {
 public:
  void compare(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
    constexpr std::size_t kCompared = 5;
    std::vector<KnownSamples>& known = by_experiment_[record.plan.id];
    const std::vector<std::int64_t> walls = measured_walls(record);
    for (const KnownSamples& earlier : known) {
      const Repeats repeats = repeats_in(distances_between(walls, earlier.walls));
      const double chance = std::min(1.0, repeats.chance * static_cast<double>(kCompared));
      if (repeats.pairs == 0 || chance > kSuspiciousChance) continue;
      marks.push_back(
          {name, Mark::repeated_samples,
           fmt::format("{} of its times are, to the nanosecond, times of {}", repeats.pairs, earlier.record), chance});
    }
    known.push_back({name, walls});
    if (known.size() > kCompared) known.erase(known.begin());
  }

 private:
  std::map<std::string, std::vector<KnownSamples>> by_experiment_;
};

std::optional<std::int64_t> opened_at(const std::vector<RecordSummary>& records, const std::string& plan_sha256) {
  const RecordSummary* const opening = record::find_opening(records, plan_sha256);
  return opening == nullptr ? std::nullopt : std::optional(opening->created_ns);
}

}  // namespace

std::vector<Suspicion> suspicions_in(const record::Lab& lab) {
  const std::vector<RecordSummary> records = record::list_records(lab);
  std::vector<Suspicion> marks;
  std::vector<FiledAttempt> attempts;
  EarlierSamples samples;
  for (const RecordSummary& summary : records) {
    if (!is_attempt(summary)) continue;
    Record record = record::read_record(lab, summary);
    for (Suspicion& mark : sample_marks(record, summary.name)) marks.push_back(std::move(mark));
    const std::optional<std::int64_t> opened_ns = opened_at(records, summary.plan_sha256);
    for (Suspicion& mark : clock_marks(record, summary.name, opened_ns)) marks.push_back(std::move(mark));
    for (Suspicion& mark : part_marks(record, summary.name, opened_ns ? OpeningEntry::there : OpeningEntry::missing)) {
      marks.push_back(std::move(mark));
    }
    if (!record.plan.simulation && record.plan.order == OrderSource::drawn)
      samples.compare(record, summary.name, marks);
    attempts.push_back({summary, std::move(record.plan), std::move(record.result)});
  }
  for (Suspicion& mark : chain_marks(records, attempts)) marks.push_back(std::move(mark));
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Suspicion& one, const Suspicion& other) { return one.record < other.record; });
  return marks;
}

}  // namespace assay::adversary
