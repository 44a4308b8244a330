#include "core/host/process/memory_sampler.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/cgroups.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

constexpr std::chrono::milliseconds kShortestPause(100);
constexpr int kPauseToCost = 200;

struct Pages {
  std::int64_t own = 0;
  std::int64_t shared = 0;
};

/// From /proc/PID/statm (proc(5)): "SIZE RESIDENT SHARED ...", in pages.
Pages pages_of(pid_t process) {
  const std::vector<std::string> words = words_of(read_kernel_line(fmt::format("/proc/{}/statm", process)), ' ');
  if (words.size() < 3) return {};
  const auto number = [](const std::string& word) {
    std::int64_t value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
  };
  return {.own = number(words[1]) - number(words[2]), .shared = number(words[2])};
}

}  // namespace

MemorySampler::MemorySampler(nanoseconds start) : due_(start + kShortestPause) {}

void MemorySampler::look(pid_t launcher, const launcher::ProcessList& kept) {
  const nanoseconds begin = monotonic_time();
  std::vector<pid_t> others = with_descendants(kept);
  others.insert(std::upper_bound(others.begin(), others.end(), launcher), launcher);
  const std::vector<pid_t> all = with_descendants(std::vector<pid_t>{launcher});
  std::vector<pid_t> tree;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(tree));

  Pages sum;
  for (const pid_t process : tree) {
    const Pages pages = pages_of(process);
    sum.own += pages.own;
    sum.shared = std::max(sum.shared, pages.shared);
  }
  const Bytes bytes{(sum.own + sum.shared) * ::sysconf(_SC_PAGESIZE)};
  if (bytes.count > 0) peak_ = std::max(peak_.value_or(Bytes{}), bytes);

  const nanoseconds end = monotonic_time();
  due_ = end + std::max<nanoseconds>(kShortestPause, kPauseToCost * (end - begin));
}

}  // namespace assay::host
