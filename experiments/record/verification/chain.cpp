#include "experiments/record/verification/chain.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

#include <fmt/format.h>

namespace assay::record {
namespace {

/// Clocks of several machines differ, and are set now and then.
constexpr std::int64_t kForgivenAge = 86'400'000'000'000;

/// Hashes are shown so far as people compare them.
std::string shown(const std::string& sha256) {
  return sha256.substr(0, 16) + "...";
}

class Chain {
 public:
  Chain(const std::vector<RecordSummary>& records, const KnownHashes& known) : records_(records), known_(known) {
    for (const RecordSummary& record : records_) by_hash_.emplace(record.sha256, &record);
    for (const RecordSummary& record : records_) named_.insert(record.parents.begin(), record.parents.end());
  }

  [[nodiscard]] std::optional<Difference> flaw() const {
    for (const RecordSummary& record : records_) {
      for (const std::string& parent : record.parents) {
        const auto found = by_hash_.find(parent);
        if (found == by_hash_.end()) return missing({record, parent, "parent"});
        if (!is_numbered_after(record, *found->second)) {
          return Difference{record.name,
                            fmt::format("its number is not above that of its parent {}", found->second->name)};
        }
        if (record.created_ns < found->second->created_ns - kForgivenAge) {
          return Difference{record.name,
                            fmt::format("it is dated more than a day before its parent {}", found->second->name)};
        }
      }
      if (!record.settles.empty() && !by_hash_.contains(record.settles)) {
        return missing({record, record.settles, "what it settles"});
      }
    }
    return gap();
  }

 private:
  /// The record of an attempt may share the number of its opening.
  static bool is_numbered_after(const RecordSummary& record, const RecordSummary& parent) {
    const bool is_own_opening =
        is_bookkeeping(parent) && is_attempt(record) && parent.plan_sha256 == record.plan_sha256;
    return is_own_opening ? parent.number <= record.number : parent.number < record.number;
  }

  /// A hash that a record names and no file has.
  struct Reference {
    const RecordSummary& record;
    const std::string& sha256;
    std::string as;
  };

  /// A record that was changed has another hash than its children name, and so looks like one that nobody names.
  [[nodiscard]] const RecordSummary* changed_record(const Reference& reference) const {
    const auto known = known_.find(reference.sha256);
    const RecordSummary* changed = nullptr;
    for (const RecordSummary& record : records_) {
      if (known != known_.end() && record.name == known->second) return &record;
      // An opening is named by a record that may be the one that is gone.
      if (is_bookkeeping(record) || named_.contains(record.sha256)) continue;
      if (record.number >= reference.record.number) continue;
      if (changed != nullptr) return nullptr;  // two may be meant
      changed = &record;
    }
    return known == known_.end() ? changed : nullptr;
  }

  /// An opening is named by the record of its attempt, and by others only if that is open.
  [[nodiscard]] const RecordSummary* deserted_opening(const Reference& reference) const {
    for (const RecordSummary& record : records_) {
      const bool is_older = record.number < reference.record.number;
      if (is_older && is_bookkeeping(record) && !named_.contains(record.sha256)) return &record;
    }
    return nullptr;
  }

  [[nodiscard]] Difference missing(const Reference& reference) const {
    const std::string named =
        fmt::format("{} names SHA-256 {} as {}", reference.record.name, shown(reference.sha256), reference.as);
    const auto known = known_.find(reference.sha256);
    const std::optional<Difference> hole = gap();
    if (known == known_.end() && hole) return {hole->where, hole->what + ", and " + named};
    if (const RecordSummary* changed = changed_record(reference)) {
      return {changed->name, fmt::format("the file was changed after it was written: its SHA-256 is {}, but {}",
                                         shown(changed->sha256), named)};
    }
    if (known == known_.end()) {
      if (const RecordSummary* opening = deserted_opening(reference)) {
        return {opening->name, fmt::format("the record of its attempt is gone: {}", named)};
      }
    }
    if (known != known_.end()) return {known->second, fmt::format("the record is gone: {}", named)};
    return {reference.record.name, fmt::format("a record is gone or was changed: {}, which no file has", named)};
  }

  /// Every record was given the number after the highest one known: none is ever left out.
  [[nodiscard]] std::optional<Difference> gap() const {
    int expected = 1;
    for (const RecordSummary& record : records_) {
      if (record.number > expected) {
        return Difference{fmt::format("{:04}", expected),
                          fmt::format("the record is gone: {} is the next that is there", record.name)};
      }
      expected = record.number + 1;
    }
    return std::nullopt;
  }

  const std::vector<RecordSummary>& records_;
  const KnownHashes& known_;
  std::map<std::string, const RecordSummary*> by_hash_;
  std::set<std::string> named_;
};

}  // namespace

std::optional<Difference> flaw_in_chain(const std::vector<RecordSummary>& records, const KnownHashes& known) {
  return Chain(records, known).flaw();
}

}  // namespace assay::record
