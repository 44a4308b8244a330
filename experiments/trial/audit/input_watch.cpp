#include "experiments/trial/audit/input_watch.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

constexpr std::int64_t kLargestReadInput = std::int64_t{256} << 20;

std::optional<host::FileStatus> input_status(const std::string& path) {
  try {
    return host::file_status(path);
  } catch (const Error&) {
    return std::nullopt;  // a prepare may remove and make it; that it is missing at the end the audit says
  }
}

/// Empty if it cannot be read any more, or would take long.
std::string input_digest(const std::string& path, const host::FileStatus& status) {
  if (status.size > kLargestReadInput || !host::is_regular_file(host::real_path(path))) return "";
  try {
    return host::blake2b_of_file(path);
  } catch (const Error&) {
    return "";
  }
}

/// Arms that are made of sources have folders of their own.
std::string input_name(const std::string& path, const ArmSetup& setup) {
  return valid_text(std::filesystem::path(path).lexically_relative(setup.base).string());
}

}  // namespace

const std::vector<std::string>& InputWatch::paths_of(const ArmSetup& setup) {
  const auto [found, is_new] = paths_.try_emplace({setup.cell, setup.arm});
  if (!is_new) return found->second;
  try {
    for (const std::string& pattern : plan_.workloads[setup.workload].inputs) {
      for (std::string& path : files_matching(setup.base, pattern)) found->second.push_back(std::move(path));
    }
  } catch (const Error&) {  // nothing is there now: the audit says so
  }
  if (!setup.standard_input.empty()) found->second.push_back(setup.standard_input);
  std::erase_if(found->second, [this](const std::string& path) { return is_swapped(path); });
  return found->second;
}

bool InputWatch::is_swapped(const std::string& path) const {
  if (plan_.variable.kind != VariableKind::file) return false;
  return host::real_path(path) == host::real_path(path_in(plan_.folder, plan_.variable.name));
}

void InputWatch::compare(const std::string& path, Input& input, const ArmSetup& setup) {
  input.is_unread = false;
  const std::string digest = input_digest(path, input.status);
  if (digest.empty() || input.digest.empty() || digest == input.digest) return;
  changes_.insert(fmt::format("input {} was not the same when a trial of {} began as when the first one did",
                              input_name(path, setup), plan_.variable.levels[setup.arm].label));
}

void InputWatch::look_before(const ArmSetup& setup, MayRead may_read) {
  for (const std::string& path : paths_of(setup)) {
    const std::optional<host::FileStatus> status = input_status(path);
    if (!status) continue;
    const auto [found, is_new] = inputs_.try_emplace(path);
    Input& input = found->second;
    if (is_new) {
      input = {*status, input_digest(path, *status), false};
      continue;
    }
    if (input.status == *status && !input.is_unread) continue;
    input.status = *status;
    input.is_unread = true;
    if (may_read == MayRead::yes) compare(path, input, setup);
  }
}

std::string InputWatch::look_after(const ArmSetup& setup) {
  std::vector<std::string> written;
  for (const std::string& path : paths_of(setup)) {
    const auto found = inputs_.find(path);
    const std::optional<host::FileStatus> status = input_status(path);
    if (found == inputs_.end() || !status) continue;
    Input& input = found->second;
    if (input.status == *status) {
      if (input.is_unread) compare(path, input, setup);  // as it was when the trial began
      continue;
    }
    // The status stays that of before: whatever is there when the next program starts is read then.
    input.is_unread = true;
    const std::string name = input_name(path, setup);
    if (setup.arm == kControl) {
      written_by_control_.insert(name);
    } else if (!written_by_control_.contains(name)) {
      written.push_back(name);
    }
  }
  if (written.empty()) return "";
  return fmt::format("trials of {} write the declared input {}, and trials of {} do not",
                     plan_.variable.levels[setup.arm].label, fmt::join(written, ", "),
                     plan_.variable.levels[kControl].label);
}

}  // namespace assay::trial
