#pragma once

#include <map>
#include <optional>
#include <string>
#include <sys/types.h>

namespace assay::host {

/// Shows which processes have run since it was made. Costs some 10 us for each thread of the machine.
class ProcessActivity {
 public:
  ProcessActivity();

  /// False only for a process that was there before and none of whose threads had a CPU since.
  [[nodiscard]] bool has_run(pid_t process) const;

 private:
  std::map<pid_t, std::string> before_;
};

}  // namespace assay::host
