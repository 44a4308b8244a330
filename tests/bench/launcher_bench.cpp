// What one child costs through the launcher, against posix_spawn and wait4 in this very process: interleaved, so that
// both meet the same machine; medians of each and their ratios. Then the peak memory that a child shows.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "core/host/machine/strain.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {
namespace {

using Clock = std::chrono::steady_clock;

nanoseconds spawn_bare(const char* program) {
  const std::array<char*, 2> arguments = {const_cast<char*>(program), nullptr};
  const auto start = Clock::now();
  pid_t child = 0;
  rusage usage{};
  if (::posix_spawn(&child, program, nullptr, nullptr, arguments.data(), environ) != 0) std::abort();
  if (::wait4(child, nullptr, 0, &usage) != child) std::abort();
  return Clock::now() - start;
}

std::int64_t median_of(std::vector<std::int64_t> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

ProcessRequest request_for(const std::string& program) {
  ProcessRequest request;
  request.argv = {program};
  request.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  request.working_directory = "/";
  return request;
}

void compare_time(Launcher& launcher, const std::string& program, int rounds) {
  StrainMeter strain;
  const ProcessRequest request = request_for(program);
  std::vector<std::int64_t> bare;
  std::vector<std::int64_t> whole;
  std::vector<std::int64_t> reported;
  for (int round = 0; round < rounds; ++round) {
    bare.push_back(spawn_bare(program.c_str()).count());
    const auto start = Clock::now();
    strain.start();
    const ProcessResult result = launcher.run(request);
    (void)strain.finish();
    whole.push_back(nanoseconds(Clock::now() - start).count());
    reported.push_back(result.usage.wall.count());
  }
  const auto base = static_cast<double>(median_of(bare));
  std::printf("%s: bare %.1f us, launcher and strain %.3fx, reported wall %.3fx\n", program.c_str(), base / 1e3,
              static_cast<double>(median_of(whole)) / base, static_cast<double>(median_of(reported)) / base);
}

/// Under the bare loop, a small program: this one's own peak would show in its children.
double bare_max_rss_kb(Launcher& launcher, const std::string& program) {
  ProcessRequest request = request_for(ASSAY_BARE_LOOP);
  request.argv.insert(request.argv.end(), {"50", program});
  request.standard_output = Captured{.limit = 1000};
  long wall_ns = 0;
  long max_rss_kb = 0;
  const std::string text = launcher.run(request).standard_output.text;
  if (std::sscanf(text.c_str(), "%ld ns, max_rss %ld kB", &wall_ns, &max_rss_kb) != 2) std::abort();
  return static_cast<double>(max_rss_kb);
}

void compare_memory(Launcher& launcher, const std::string& program, const char* when) {
  constexpr int kRounds = 50;
  double launched = 0;
  for (int round = 0; round < kRounds; ++round) {
    launched += static_cast<double>(launcher.run(request_for(program)).usage.max_rss.count) / 1024 / kRounds;
  }
  const double bare = bare_max_rss_kb(launcher, program);
  std::printf("%s, %s: max_rss bare %.0f kB, launcher %.3fx\n", program.c_str(), when, bare, launched / bare);
}

void measure(const std::string& noop) {
  Launcher launcher;
  std::printf("spawn floor: %.1f us\n", static_cast<double>(spawn_floor(launcher, 200).count()) / 1e3);
  compare_time(launcher, noop, 2000);
  compare_time(launcher, "/bin/true", 1000);
  compare_memory(launcher, "/bin/true", "small coordinator");
  std::vector<char> held(500'000'000, 'x');
  compare_memory(launcher, "/bin/true", "coordinator grown to 500 MB");
  Launcher late;
  compare_memory(late, "/bin/true", "launcher started by 500 MB");
  held.clear();
}

}  // namespace
}  // namespace assay::host

int main() {
  assay::host::measure(ASSAY_NOOP);
}
