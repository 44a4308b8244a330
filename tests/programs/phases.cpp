// Does some work in phases and records each with <assay/span.hpp>, in C++17 as a workload may be.
// Usage: phases parse|burst|die|many|raw
//   parse  a "load" of 2 ms, then three phases "item" on a thread each
//   burst  more phases than the ring takes
//   many   a million phases "item", one after another
//   raw    the least that as many cost: their lines, written to $ASSAY_SPANS through one buffer
//   die    the same as parse, then kills itself in the middle of a phase "lost"
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
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

constexpr int kMany = 1000000;

void many() {
  for (int phase = 0; phase < kMany; ++phase) const assay::Span span("item");
}

/// Each phase lasts a nanosecond, so that all of them lie within the trial.
bool write_raw() {
  const char* const path = std::getenv("ASSAY_SPANS");
  std::FILE* const file = path == nullptr ? nullptr : std::fopen(path, "a");
  if (file == nullptr) return false;
  const std::uint64_t start = assay::host::span_ring::monotonic_ns();
  for (std::uint64_t phase = start; phase < start + kMany; ++phase) {
    std::fprintf(file, "{\"name\":\"item\",\"start_ns\":%llu,\"end_ns\":%llu}\n",
                 static_cast<unsigned long long>(phase), static_cast<unsigned long long>(phase + 1));
  }
  return std::fclose(file) == 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const std::string_view how = arguments[1];
  if (how == "burst") {
    burst();
    return 0;
  }
  if (how == "many") {
    many();
    return 0;
  }
  if (how == "raw") return write_raw() ? 0 : 1;
  parse();
  if (how == "die") {
    const assay::Span span("lost");
    std::raise(SIGKILL);
  }
  return 0;
}
