#pragma once

#include <string>

#include "core/error.hpp"
#include "core/host/launcher/protocol.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// A path as the child would see it: relative ones lie in its working directory.
[[nodiscard]] std::string path_seen_by_child(const ProcessRequest& request, const std::string& path);

/// The program that argv[0] names, searched for like execvp(3) does in the PATH of the child's environment; never run
/// by a shell. \throws Error when argv is empty or no folder holds such a program.
[[nodiscard]] std::string find_program(const ProcessRequest& request);

/// Why the kernel did not start it, in words: `cannot start "./x": Permission denied`.
[[nodiscard]] Error start_error(const ProcessRequest& request, const std::string& program, launcher::Step failed_step,
                                int error_number);

}  // namespace assay::host
