#include "experiments/trial/audit/linker_watch.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::trial {
namespace {

std::optional<host::FileStatus> status_of(const std::string& path) {
  if (!host::is_there(path)) return std::nullopt;
  try {
    return host::file_status(path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

LinkerWatch::LinkerWatch(const std::vector<std::string>& files) {
  for (const std::string& path : files) files_[path] = status_of(path);
}

void LinkerWatch::look(const std::string& when) {
  for (auto& [path, known] : files_) {
    const std::optional<host::FileStatus> now = status_of(path);
    if (now == known) continue;
    known = now;
    if (changed_.insert(path).second) changes_.insert(fmt::format("{} changed {}", path, when));
  }
}

}  // namespace assay::trial
