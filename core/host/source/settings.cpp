#include "core/host/source/settings.hpp"

#include <algorithm>

namespace assay::host {

std::vector<Setting> settings_of(const Git& git, const std::string& keys, SettingLevel level) {
  Argv words = {"config", "--null"};
  if (level == SettingLevel::users) words.emplace_back("--global");
  words.insert(words.end(), {"--get-regexp", keys});
  std::vector<Setting> settings;
  for (const std::string& part : Git::parts_of(git.try_run(words).value_or(""))) {
    const std::size_t end = std::min(part.find('\n'), part.size());
    settings.emplace_back(part.substr(0, end), end == part.size() ? "true" : part.substr(end + 1));
  }
  return settings;
}

}  // namespace assay::host
