#include "core/host/source/promisor.hpp"

#include <string_view>

#include "core/host/files/files.hpp"
#include "core/host/source/settings.hpp"

namespace assay::host {
namespace {

/// An address that is a path starts at the top of the working tree.
std::string absolute_address(const std::string& address, const Repository& repository) {
  const bool is_relative = address.starts_with("./") || address.starts_with("../");
  return is_relative
             ? absolute_path((repository.top.empty() ? repository.common_folder : repository.top) + "/" + address)
             : address;
}

}  // namespace

void follow_promisor(Launcher& launcher, const Repository& repository, const Git& clone) {
  const Git neutral(launcher, repository.folder);
  std::string remote;
  for (const auto& [key, value] : settings_of(neutral, R"(^remote\..*\.promisor$)")) {
    constexpr std::size_t kAround = std::string_view("remote.").size() + std::string_view(".promisor").size();
    if (value == "true") remote = key.substr(std::string_view("remote.").size(), key.size() - kAround);
  }
  if (remote.empty()) return;
  const auto url = neutral.try_run({"config", "--get", "remote." + remote + ".url"});
  if (!url) return;
  const Git users(launcher, repository.folder, GitConfiguration::users);
  for (const auto& [key, value] : settings_of(users, R"(^(http|url)\.)")) clone.run({"config", "--add", key, value});
  for (const auto& [key, value] : settings_of(users, R"(^credential\.)", SettingLevel::users)) {
    clone.run({"config", "--add", key, value});
  }
  clone.run({"config", "core.repositoryFormatVersion", "1"});
  clone.run({"config", "extensions.partialClone", "origin"});
  clone.run({"config", "remote.origin.url", absolute_address(*url, repository)});
  clone.run({"config", "remote.origin.promisor", "true"});
  clone.run({"config", "remote.origin.partialCloneFilter", "blob:none"});
}

}  // namespace assay::host
