#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/host/binary/shared_libraries.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// The digest of a file's content, and how its path is to be written.
struct PartWriting {
  std::function<std::string(const std::string& path)> digest;
  std::function<std::string(const std::string& path)> shown;
};

/// Which program an arm runs and what is loaded with it: "executable", "executable content", for a script "interpreter"
/// and its content, and each library with its content.
/// \throws Error when the program is not there.
[[nodiscard]] std::map<std::string, std::string> program_parts(const ArmSetup& setup, host::LibrarySearch& libraries,
                                                               const PartWriting& writing);

}  // namespace assay::trial
