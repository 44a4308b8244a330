#include <numeric>
#include <vector>

#include "parts.hpp"

long sum_up_to(long number) {
  std::vector<long> all(static_cast<std::size_t>(number));
  std::iota(all.begin(), all.end(), 1L);
  return std::accumulate(all.begin(), all.end(), 0L);
}
