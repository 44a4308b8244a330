#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <vector>

namespace assay::stats {

/// Calls work(begin, end) on disjoint ranges that together cover 0 .. count-1, each on its own thread; with one thread,
/// on the thread of the caller. If a call throws, the exception is rethrown here after all calls have ended.
template <class Work>
void in_parallel(std::size_t count, int threads, const Work& work) {
  const std::size_t parts = std::min(count, static_cast<std::size_t>(std::max(threads, 1)));
  if (parts <= 1) return work(std::size_t{0}, count);
  std::vector<std::future<void>> running;
  running.reserve(parts);
  for (std::size_t part = 0; part < parts; ++part) {
    running.push_back(std::async(std::launch::async, [&work, begin = count * part / parts,
                                                      end = count * (part + 1) / parts] { work(begin, end); }));
  }
  for (std::future<void>& part : running) part.wait();
  for (std::future<void>& part : running) part.get();
}

}  // namespace assay::stats
