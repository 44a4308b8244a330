#include "experiments/record/actor.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/text/valid_text.hpp"

namespace assay::record {
namespace {

/// One line of text without blanks around it.
std::string tidy(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](unsigned char letter) { return std::iscntrl(letter) != 0; }, ' ');
  const std::size_t first = name.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return valid_text(name.substr(first, name.find_last_not_of(' ') + 1 - first));
}

}  // namespace

std::string current_actor(const std::optional<std::string>& asked) {
  if (asked) {
    std::string actor = tidy(*asked);
    if (actor.empty()) throw Error("the actor is empty: give a name or an address");
    return actor;
  }
  const char* from_environment = std::getenv("ASSAY_ACTOR");
  if (from_environment != nullptr) {
    std::string actor = tidy(from_environment);
    if (!actor.empty()) return actor;
  }
  const std::string by_git = tidy(host::git_user_email().value_or(""));
  return by_git.empty() ? tidy(host::user_at_host()) : by_git;
}

std::string other_git_identity(const std::string& actor) {
  std::string identity = tidy(host::git_user_email().value_or(""));
  return identity == actor ? "" : identity;
}

}  // namespace assay::record
