#pragma once

#include <string>

#include "core/error.hpp"
#include "core/host/launcher/protocol.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// The path as the child sees it: a relative path starts at its working directory.
[[nodiscard]] std::string path_seen_by_child(const ProcessRequest& request, const std::string& path);

/// The program that argv[0] names, found as by execvp(3) in the PATH of the environment of the child. It is never run
/// by a shell. \throws Error if argv is empty or no folder has such a program.
[[nodiscard]] std::string find_program(const ProcessRequest& request);

/// The reason why the kernel did not start it: `cannot start "./x": Permission denied`.
[[nodiscard]] Error start_error(const ProcessRequest& request, const std::string& program, launcher::Step failed_step,
                                int error_number);

}  // namespace assay::host
