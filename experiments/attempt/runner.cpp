#include "experiments/attempt/runner.hpp"

#include <string_view>

#include <fmt/format.h>

#include "core/text/utf8.hpp"

namespace assay::attempt {
namespace {

void compare_kind(std::string_view what, const std::string& then, const std::string& now,
                  std::vector<std::string>& found) {
  if (then.empty() || then == now) return;
  found.push_back(fmt::format("{}: {} then, {} now", what, in_quotes(then), now.empty() ? "unknown" : in_quotes(now)));
}

}  // namespace

std::vector<std::string> differences_of_kind(const Machine& then, const Machine& now) {
  std::vector<std::string> found;
  compare_kind("processor", then.cpu_model, now.cpu_model, found);
  compare_kind("image", then.image, now.image, found);
  return found;
}

std::optional<std::string> note_on_other_machine(const Machine& then, const Machine& now) {
  if (then.hostname == now.hostname && then.boot_id == now.boot_id) return std::nullopt;
  if (then.hostname == now.hostname) {
    return fmt::format(
        "it was begun on {} and went on after a boot, or on another machine of that name, with the same processor and "
        "image; both trials of a block ran on one machine",
        then.hostname);
  }
  return fmt::format(
      "it was begun on {} and went on on {}, which has the same processor and image; both trials of a "
      "block ran on one machine",
      then.hostname, now.hostname);
}

}  // namespace assay::attempt
