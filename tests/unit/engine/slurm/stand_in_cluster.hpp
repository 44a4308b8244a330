#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::engine {

/// Stand-ins for Slurm's commands, first on PATH while it lives. squeue fails `failures` times, then prints `queue` as
/// long as scancel was called less than `cancellations` times.
class StandInCluster {
 public:
  struct Script {
    int failures = 0;
    std::string queue = {};
    int cancellations = 1;
  };
  explicit StandInCluster(const Script& script) {
    write("sbatch", "exit 0\n");
    write("scancel", counting("scancel-calls"));
    write("squeue", counting("squeue-calls") + "[ $n -gt " + std::to_string(script.failures) + " ] || exit 1\n" +
                        "[ \"$(cat scancel-calls 2>/dev/null || echo 0)\" -ge " + std::to_string(script.cancellations) +
                        " ] || printf '%b' '" + script.queue + "'\n");
    ::setenv("PATH", (folder_.path() + ":" + path_).c_str(), 1);
  }
  ~StandInCluster() { ::setenv("PATH", path_.c_str(), 1); }
  StandInCluster(const StandInCluster&) = delete;
  StandInCluster& operator=(const StandInCluster&) = delete;

  [[nodiscard]] int readings() const { return count_in("squeue-calls"); }
  [[nodiscard]] int cancellations() const { return count_in("scancel-calls"); }

 private:
  /// Adds 1 to the number in a file, which is then $n.
  static std::string counting(const std::string& name) {
    return "n=$(($(cat " + name + " 2>/dev/null || echo 0) + 1)); echo $n > " + name + "\n";
  }
  void write(const std::string& name, const std::string& script) const {
    const std::string path = folder_ / name;
    std::ofstream(path) << "#!/bin/sh\ncd " << folder_.path() << "\n" << script;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }
  [[nodiscard]] int count_in(const std::string& name) const {
    const std::string path = folder_ / name;
    return std::filesystem::exists(path) ? std::stoi(host::read_file(path)) : 0;
  }

  test::ScratchFolder folder_;
  std::string path_ = std::getenv("PATH");
};

}  // namespace assay::engine
