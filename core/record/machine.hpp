#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// The machine that a trial ran on, as far as the kernel reports it. Unknown texts are empty.
struct Machine {
  std::string hostname;
  std::string boot_id;
  std::string kernel;
  std::string cpu_model;
  int cpu_count = 0;  ///< number of CPUs that this process may use
  std::int64_t memory_bytes = 0;
  std::string governor;        ///< frequency governor of the first CPU
  std::string virtualisation;  ///< "kvm", "none", ...
  std::string aslr;
  std::string image = {};  ///< what its software comes from: "debian-12", or the image that a CI names
  std::map<std::string, std::string> limits;  ///< cgroup CPU and memory limits, CPU set
  friend bool operator==(const Machine&, const Machine&) = default;
};

}  // namespace assay
