#pragma once

#include <functional>
#include <string>

#include "core/host/binary/shared_libraries.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/audit/part.hpp"

namespace assay::trial {

/// How a fingerprint describes a file: by the digest of its content, and by its path as people are to read it.
struct FileDescription {
  std::function<std::string(const std::string& path)> digest;
  std::function<std::string(const std::string& path)> shown;
};

/// The paths and contents of the program that an arm runs, of its interpreter if it is a script, and of each library
/// that is loaded.
/// \throws Error if there is no such program.
[[nodiscard]] Parts program_parts(const ArmSetup& setup, host::LibrarySearch& libraries, const FileDescription& files);

/// The file that does the work of an arm whose command begins with a wrapper (`env`, `sh -c`, `python3`): its path.
/// Empty if there is no wrapper, or no such file.
[[nodiscard]] std::string wrapped_program(const ArmSetup& setup);

}  // namespace assay::trial
