#pragma once

#include <array>
#include <sys/types.h>

#include "core/host/launcher/protocol.hpp"

namespace assay::host {

/// Restores the CPU set of the calling thread after a trial. While the thread sleeps, the launcher binds it to the CPU
/// that the launcher itself answers from. Waking a thread on the same CPU costs a switch; waking it on another CPU,
/// which has gone to sleep meanwhile, costs 40 us more each way (measured in a virtual machine, 8 % of the cheapest
/// trial). Neither the child nor the launcher is bound while the child runs.
class CallerAffinity {
 public:
  CallerAffinity();
  ~CallerAffinity();
  CallerAffinity(const CallerAffinity&) = delete;
  CallerAffinity& operator=(const CallerAffinity&) = delete;

  /// The thread that the launcher may bind; 0 if its CPU set cannot be read and therefore not be restored.
  [[nodiscard]] pid_t thread() const { return thread_; }

 private:
  std::array<unsigned long, launcher::kMaxCpus / launcher::kCpusPerWord> cpus_{};
  std::size_t bytes_ = 0;
  pid_t thread_ = 0;
};

}  // namespace assay::host
