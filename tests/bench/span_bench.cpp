// What a span costs above the two readings of the clock that it cannot do without: rounds of each, in turn, in one
// run; medians. And what it costs where no trial is around it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

#include "core/host/span/span.hpp"

namespace {

constexpr int kRounds = 200;
constexpr int kSpansPerRound = 5000;

double ns_each(const std::function<void()>& round) {
  const auto start = assay::host::span_ring::monotonic_ns();
  round();
  return static_cast<double>(assay::host::span_ring::monotonic_ns() - start) / kSpansPerRound;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void clock_twice() {
  for (int span = 0; span < kSpansPerRound; ++span) {
    const auto start = assay::host::span_ring::monotonic_ns();
    asm volatile("" : : "r"(start) : "memory");
    const auto end = assay::host::span_ring::monotonic_ns();
    asm volatile("" : : "r"(end) : "memory");
  }
}

void spans(std::string_view name) {
  for (int span = 0; span < kSpansPerRound; ++span) {
    const assay::Span recorded(name);
    asm volatile("" : : : "memory");
  }
}

}  // namespace

int main() {
  std::array<char, 32> folder = {"/tmp/assay-span-bench-XXXXXX"};
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  const std::string file = std::string(folder.data()) + "/spans";
  std::vector<double> outside;
  for (int round = 0; round < kRounds; ++round) outside.push_back(ns_each([] { spans("phase"); }));

  assay::host::span_ring::Recorder recorder((file + ".ring").c_str());
  assay::host::span_ring::set_process_recorder(&recorder);
  std::vector<double> clock;
  std::vector<double> recorded;
  for (int round = 0; round < kRounds; ++round) {
    clock.push_back(ns_each(clock_twice));
    recorded.push_back(ns_each([] { spans("a phase of some work"); }));
  }
  std::printf("two readings of the clock %.1f ns, a span %.1f ns: %.1f ns above; outside a trial %.1f ns\n",
              median_of(clock), median_of(recorded), median_of(recorded) - median_of(clock), median_of(outside));
  ::unlink((file + ".ring").c_str());
  ::rmdir(folder.data());
}
