#include "experiments/trial/workspace.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/process/ports.hpp"
#include "core/host/span/span_program.hpp"
#include "experiments/trial/drawn_order.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// Trials see it in their paths. It does not name this program, so that no trial behaves otherwise for it, and nobody
/// else gives folders such a name, since those that are abandoned are removed.
constexpr std::string_view kPrefix = "tmp.r7kq2-";
constexpr std::string_view kPrefixOf010 = "assay-";

host::TemporaryFolder make_root() {
  const std::string place = host::temporary_parent();
  for (const std::string_view prefix : {kPrefix, kPrefixOf010}) {
    host::remove_abandoned_folders(place, prefix, host::end_orphans_of);
  }
  return host::TemporaryFolder(place, kPrefix);
}

}  // namespace

Workspace::Workspace(std::size_t arms, const std::string& lock_path)
    : root_(make_root()), watch_(root_.path()), temporary_files_(root_.path() + "/tmp") {
  std::vector<ArmResources> made;
  for (const int port : host::free_ports(arms)) {
    arm_folders_.emplace_back(root_.path(), "arm-");
    made.push_back({arm_folders_.back().path(), port});
  }
  for (const ArmIndex place : drawn_order(arms)) resources_.arms.push_back(made[place]);
  resources_.lock_path = lock_path;
  resources_.temporary_folder = root_.path() + "/tmp";
  resources_.spans_file = root_.path() + "/spans";
  fs::create_directory(resources_.temporary_folder);
}

Workspace::Workspace(const Plan& plan, const std::string& lock_path, SpanUse span_use)
    : Workspace(arm_count(plan), lock_path) {
  resources_.span_use = span_use;
  const bool reads = std::any_of(plan.workloads.begin(), plan.workloads.end(),
                                 [&plan](const Workload& workload) { return reads_spans(plan, workload); });
  if (span_use == SpanUse::as_read && !reads) return;
  resources_.tools = root_.path() + "/tools";
  fs::create_directory(resources_.tools);
  host::write_span_program(resources_.tools);
}

std::vector<std::string> Workspace::clear_temporary_folder() {
  std::error_code failure;
  const std::optional<std::vector<std::string>> names = temporary_files_.names();
  if (!names) {  // the trial removed the folder itself, or its rights
    fs::remove_all(resources_.temporary_folder, failure);
    fs::create_directory(resources_.temporary_folder, failure);
    if (failure) {
      throw Error(fmt::format("cannot make the trials' temporary folder {}: {}", resources_.temporary_folder,
                              failure.message()));
    }
    return {};
  }
  for (const std::string& name : *names) fs::remove_all(fs::path(resources_.temporary_folder) / name, failure);
  return *names;
}

}  // namespace assay::trial
