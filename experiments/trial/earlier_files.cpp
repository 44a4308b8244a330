#include "experiments/trial/earlier_files.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_status.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

std::string name_when_kept(const std::string& path) {
  const fs::path whole(path);
  return (whole.parent_path() / fmt::format(".{}.before-assay", whole.filename().string())).string();
}

void remove_earlier(const std::string& path) {
  if (!host::is_regular_file(path)) return;  // what a trial made of another kind is found when it is read
  std::error_code failure;
  fs::remove(path, failure);
  if (failure) throw Error(fmt::format("cannot remove the earlier {}: {}", path, failure.message()));
}

}  // namespace

EarlierFiles::~EarlierFiles() {
  for (const auto& [path, first] : first_) {
    if (first.kept.empty()) continue;
    std::error_code gone;
    if (host::is_there(path)) {
      fs::remove(first.kept, gone);
    } else {
      fs::rename(first.kept, path, gone);
    }
  }
}

void EarlierFiles::take_away(const std::string& path) {
  const std::string real = host::real_path(path);
  const auto [found, is_first] = first_.try_emplace(real);
  First& first = found->second;
  if (is_first) {
    first.is_left_alone = host::is_there(real) && !host::is_regular_file(real);
    const std::string kept = name_when_kept(real);
    if (host::is_there(kept)) {
      first.kept = kept;  // of a session that was killed
    } else if (host::is_regular_file(real)) {
      std::error_code failure;
      fs::rename(real, kept, failure);
      if (failure) throw Error(fmt::format("cannot move the earlier {} aside: {}", real, failure.message()));
      first.kept = kept;
    }
  }
  if (!first.is_left_alone) remove_earlier(real);
}

void EarlierFiles::take_away_if_made_since(const std::string& path) {
  const std::string real = host::real_path(path);
  const auto [found, is_first] = first_.try_emplace(real);
  if (is_first) found->second.is_left_alone = host::is_there(real);
  if (!found->second.is_left_alone) remove_earlier(real);
}

}  // namespace assay::trial
