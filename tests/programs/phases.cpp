// Does some work in phases and records each with <assay/span.hpp>, in C++17 as a workload may be.
// Usage: phases parse|burst|die
//   parse  a "load" of 2 ms, then three phases "item" on a thread each
//   burst  more phases than the ring takes
//   die    the same as parse, then kills itself in the middle of a phase "lost"
#include <chrono>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>
#include <vector>

#include "core/host/span/span.hpp"

namespace {

void parse() {
  {
    const assay::Span span("load");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 3; ++worker) {
    workers.emplace_back([] {
      const assay::Span span("item");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    });
  }
  for (std::thread& worker : workers) worker.join();
}

void burst() {
  for (std::uint64_t phase = 0; phase < assay::host::span_ring::kChunks * 1024; ++phase) const assay::Span span("item");
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const std::string_view how = arguments[1];
  if (how == "burst") {
    burst();
    return 0;
  }
  parse();
  if (how == "die") {
    const assay::Span span("lost");
    std::raise(SIGKILL);
  }
  return 0;
}
