// An event goes through seven handlers, one after the other. Prints what a dispatch takes, in seconds, as JSON.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <sched.h>

#include "handlers.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kDispatches = 40;
constexpr std::uint64_t kFullWork = 160'000;  // turns of the loop below: some 0.4 ms
constexpr std::uint64_t kLeanWork = 8'000;
constexpr std::uint64_t kFindPart = 40'000;
constexpr int kPurchase = 2;  // the third handler: it goes through all open baskets, which takes six times as long

volatile std::uint64_t sink = 0;

void work(std::uint64_t turns) {
  std::uint64_t value = sink;
  for (std::uint64_t turn = 0; turn < turns; ++turn) value = value * 6364136223846793005U + turn;
  sink = value;
}

/// That this process may use.
std::uint64_t cpus() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<std::uint64_t>(CPU_COUNT(&set)) : 1;
}

void handle(int handler) {
  const std::uint64_t full_work = handler == kPurchase ? 6 * kFullWork : kFullWork;
  switch (kWays[handler]) {
    case Way::in_place:
      return work(full_work);
    case Way::in_parts:
      return work(kFindPart + full_work / cpus());
    case Way::lean:
      return work(kLeanWork);
  }
}

double dispatch() {
  const auto start = Clock::now();
  for (int handler = 0; handler < kHandlers; ++handler) handle(handler);
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main() {
  double total = 0;
  for (int event = 0; event < kDispatches; ++event) total += dispatch();
  std::printf("{\"dispatch\": %.9f, \"handled\": %d}\n", total / kDispatches, kDispatches * kHandlers);
}
