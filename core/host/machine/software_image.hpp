#pragma once

#include <map>
#include <string>

namespace assay::host {

/// The image that this machine's software comes from: `CI_JOB_IMAGE` (GitLab) or `ImageOS` (GitHub) if the environment
/// has it, else `ID-VERSION_ID` of /etc/os-release, such as "debian-12". Empty if nothing says.
[[nodiscard]] std::string software_image(const std::map<std::string, std::string>& environment);

}  // namespace assay::host
