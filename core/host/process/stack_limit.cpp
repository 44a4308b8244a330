#include "core/host/process/stack_limit.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::host {

void check_stack_limit() {
  // Measured: an unoptimised `assay run` of one workload needs 100 to 128 KiB; JSON nested as deeply as is read adds to
  // that.
  constexpr rlim_t kKibibyte = 1024;
  constexpr rlim_t kNeeded = 512 * kKibibyte;
  rlimit stack{};
  if (::getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur == RLIM_INFINITY || stack.rlim_cur >= kNeeded) return;
  throw Error(
      fmt::format("the stack may grow to {} KiB only (ulimit -s), and assay needs {}: raise it with ulimit -s {}",
                  stack.rlim_cur / kKibibyte, kNeeded / kKibibyte, kNeeded / kKibibyte));
}

}  // namespace assay::host
