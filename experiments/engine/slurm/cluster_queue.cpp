#include "experiments/engine/slurm/cluster_queue.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>

#include "core/host/machine/clock.hpp"

namespace assay::engine {
namespace {

/// Blocks that an experiment may have waiting beside others: those up to a first look.
constexpr std::size_t kTurn = 6;

bool wants_nodes(const BlocksInFlight& blocks) {
  return blocks.missing + blocks.waiting > 0;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ClusterQueue::ClusterQueue(Settings settings)
    : limit_(settings.node_time), head_start_end_(host::monotonic_time() + settings.head_start) {
  for (const int priority : settings.priorities) members_.push_back({.priority = priority});
}

Admission ClusterQueue::admit(std::size_t member, BlocksInFlight now) {
  const std::lock_guard lock(mutex_);
  Member& asking = members_.at(member);
  const std::size_t missing = now.missing;
  asking.in_flight = std::move(now);
  asking.has_asked = true;
  const Admission affordable = within_budget(asking, missing);
  const auto* const admitted = std::get_if<Admitted>(&affordable);
  if (admitted == nullptr) return affordable;
  if (comes_later(asking)) return NotYet{};
  const std::size_t blocks = std::min(admitted->blocks, turn_of(asking));
  if (blocks == 0) return NotYet{};
  asking.in_flight.missing -= blocks;
  asking.in_flight.waiting += blocks;
  return Admitted{blocks};
}

void ClusterQueue::see(std::size_t member, BlocksInFlight now) {
  const std::lock_guard lock(mutex_);
  members_.at(member).in_flight = std::move(now);
  members_.at(member).has_asked = true;
}

void ClusterQueue::block_ended(std::size_t member, nanoseconds held) {
  const std::lock_guard lock(mutex_);
  Member& its = members_.at(member);
  its.spent += held;
  its.ended_time += held;
  ++its.ended;
}

void ClusterQueue::task_lost(std::size_t member, nanoseconds held) {
  const std::lock_guard lock(mutex_);
  members_.at(member).spent += held;
}

void ClusterQueue::stop(std::size_t member) {
  const std::lock_guard lock(mutex_);
  members_.at(member).is_stopped = true;
}

bool ClusterQueue::is_stopped(std::size_t member) const {
  const std::lock_guard lock(mutex_);
  return members_.at(member).is_stopped;
}

void ClusterQueue::leave(std::size_t member) {
  const std::lock_guard lock(mutex_);
  Member& leaving = members_.at(member);
  leaving.is_here = false;
  leaving.in_flight = {};
  leaving.job_names.clear();
}

nanoseconds ClusterQueue::node_time(std::size_t member) const {
  const std::lock_guard lock(mutex_);
  return members_.at(member).spent;
}

bool ClusterQueue::is_spent() const {
  const std::lock_guard lock(mutex_);
  return limit_ && spent() >= *limit_;
}

nanoseconds ClusterQueue::spent() const {
  return std::accumulate(members_.begin(), members_.end(), nanoseconds{},
                         [](nanoseconds sum, const Member& member) { return sum + member.spent; });
}

/// What a block takes, judged by those that ended; std::nullopt if none has.
std::optional<nanoseconds> ClusterQueue::expected(const Member& member) {
  if (member.ended == 0) return std::nullopt;
  return member.ended_time / member.ended;
}

/// What the blocks in flight will have taken when they end.
nanoseconds ClusterQueue::reserved() const {
  nanoseconds sum{};
  for (const Member& member : members_) {
    const nanoseconds block = expected(member).value_or(nanoseconds{});
    sum += static_cast<std::int64_t>(member.in_flight.waiting) * block;
    for (const nanoseconds held : member.in_flight.running) sum += std::max(held, block);
  }
  return sum;
}

Admission ClusterQueue::within_budget(const Member& member, std::size_t blocks) const {
  if (!limit_) return Admitted{blocks};
  const nanoseconds left = *limit_ - spent();
  const std::optional<nanoseconds> block = expected(member);
  if (left.count() <= 0 || (block && *block > left)) return NodeTimeIsSpent{};
  const nanoseconds free = left - reserved();
  if (free.count() <= 0) return NotYet{};
  if (!block) {
    const std::size_t others = member.in_flight.waiting + member.in_flight.running.size();
    if (others >= kTurn) return NotYet{};
    return Admitted{std::min(blocks, kTurn - others)};
  }
  if (block->count() <= 0) return Admitted{blocks};
  return Admitted{std::min(blocks, static_cast<std::size_t>(free / *block))};
}

/// How many more blocks it may have waiting. Submitting single blocks would be many arrays, so that half a turn must be
/// free.
std::size_t ClusterQueue::turn_of(const Member& member) const {
  const bool shares = std::any_of(members_.begin(), members_.end(), [&member](const Member& other) {
    return &other != &member && other.is_here && other.priority == member.priority;
  });
  const std::size_t missing = member.in_flight.missing;
  if (!shares) return missing;
  const std::size_t most = std::max(kTurn, member.in_flight.running.size());
  const std::size_t free = most - std::min(most, member.in_flight.waiting);
  return 2 * free < most && free < missing ? 0 : std::min(free, missing);
}

/// Whether blocks of a higher priority wait for nodes, or will do so in a moment.
bool ClusterQueue::comes_later(const Member& member) const {
  const bool is_beginning = host::monotonic_time() < head_start_end_;
  return std::any_of(members_.begin(), members_.end(), [&member, is_beginning](const Member& other) {
    if (!other.is_here || other.priority <= member.priority) return false;
    return wants_nodes(other.in_flight) || (!other.has_asked && is_beginning);
  });
}

std::optional<std::vector<QueueRow>> ClusterQueue::rows(std::size_t member, SlurmClient& client,
                                                        const std::vector<std::string>& job_names, nanoseconds poll) {
  const std::lock_guard reading_lock(reading_mutex_);
  Member& asking = members_.at(member);
  const bool has_all = std::all_of(job_names.begin(), job_names.end(),
                                   [this](const std::string& name) { return is_among(reading_.job_names, name); });
  const bool is_fresh = reading_.number > asking.last_reading && host::monotonic_time() - reading_.at < poll;
  if (!has_all || !is_fresh) {
    std::vector<std::string> all;
    {
      const std::lock_guard lock(mutex_);
      asking.job_names = job_names;
      for (const Member& each : members_) all.insert(all.end(), each.job_names.begin(), each.job_names.end());
    }
    reading_ = {.number = reading_.number + 1, .at = {}, .job_names = all, .rows = client.queue(all)};
    reading_.at = host::monotonic_time();
  }
  asking.last_reading = reading_.number;
  if (!reading_.rows) return std::nullopt;
  std::vector<QueueRow> own;
  std::copy_if(reading_.rows->begin(), reading_.rows->end(), std::back_inserter(own),
               [&job_names](const QueueRow& row) { return is_among(job_names, row.job_name); });
  return own;
}

}  // namespace assay::engine
