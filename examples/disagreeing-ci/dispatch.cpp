// An event goes through seven handlers, one after the other. Prints what a dispatch takes, in seconds, as JSON.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

#include "handlers.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kDispatches = 40;
constexpr std::uint64_t kFullWork = 160'000;  // turns of the loop below: some 0.4 ms
constexpr std::uint64_t kLeanWork = 8'000;

volatile std::uint64_t sink = 0;

void work(std::uint64_t turns) {
  std::uint64_t value = sink;
  for (std::uint64_t turn = 0; turn < turns; ++turn) value = value * 6364136223846793005U + turn;
  sink = value;
}

void handle(Way way, std::vector<std::thread>& helpers) {
  switch (way) {
    case Way::in_place:
      return work(kFullWork);
    case Way::helper:
      helpers.emplace_back([] { work(kFullWork); });
      return;
    case Way::lean:
      return work(kLeanWork);
  }
}

double dispatch() {
  const auto start = Clock::now();
  std::vector<std::thread> helpers;
  for (const Way way : kWays) handle(way, helpers);
  for (std::thread& helper : helpers) helper.join();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main() {
  double total = 0;
  for (int event = 0; event < kDispatches; ++event) total += dispatch();
  std::printf("{\"dispatch\": %.9f, \"handled\": %d}\n", total / kDispatches, kDispatches * kHandlers);
}
