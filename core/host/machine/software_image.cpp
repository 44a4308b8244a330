#include "core/host/machine/software_image.hpp"

#include <algorithm>

#include "core/host/files/kernel_files.hpp"

namespace assay::host {
namespace {

/// The value of a line NAME=value of os-release, without its quotes.
std::string release_value(const std::string& line, const std::string& name) {
  const std::size_t equals = line.find('=');
  if (equals == std::string::npos || line.substr(0, equals) != name) return "";
  std::string value = line.substr(equals + 1);
  value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
  return value;
}

}  // namespace

std::string software_image(const std::map<std::string, std::string>& environment) {
  for (const char* name : {"CI_JOB_IMAGE", "ImageOS"}) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) return found->second;
  }
  std::string id;
  std::string version;
  for (const std::string& line : read_kernel_lines("/etc/os-release")) {
    if (id.empty()) id = release_value(line, "ID");
    if (version.empty()) version = release_value(line, "VERSION_ID");
  }
  return version.empty() ? id : id + "-" + version;
}

}  // namespace assay::host
