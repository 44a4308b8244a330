#include "experiments/trial/sources/arm_builder.hpp"

#include <filesystem>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/host/files/temporary_folder.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/sources/build_environment.hpp"
#include "experiments/trial/sources/link_order.hpp"

namespace assay::trial {
namespace {

/// The name of the arm in the names of logs.
std::string log_label(ArmIndex arm, std::size_t arms) {
  if (arm == kControl) return "control";
  return arms == 2 ? "treatment" : fmt::format("treatment-{}", arm);
}

/// Both streams go to one file, in the order in which the lines came.
Argv with_streams_joined(const Argv& command) {
  Argv argv = {"/bin/sh", "-c", "exec \"$@\" 2>&1", "sh"};
  argv.insert(argv.end(), command.begin(), command.end());
  return argv;
}

bool exited_well(const host::ProcessResult& result) {
  const auto* const exited = std::get_if<Exited>(&result.ending);
  return exited != nullptr && exited->code == 0;
}

/// Copies a log to where it stays after this session's folders are gone.
std::string keep_log(const std::string& path) {
  host::TemporaryFolder folder(host::temporary_parent(), "assay-failed-build-");
  std::string kept = folder.path() + "/log";
  std::filesystem::copy_file(path, kept);
  (void)folder.keep();
  return kept;
}

}  // namespace

std::string BuildFailed::with_last_lines() const {
  if (last_lines_.empty()) return short_ + "; it printed nothing";
  return fmt::format("{}; it printed last: {}", short_, fmt::join(last_lines_, " | "));
}

ArmBuilder::ArmBuilder(const Plan& plan, host::Launcher& launcher, const SourceFolders& folders)
    : plan_(plan),
      launcher_(launcher),
      keeps_logs_(!folders.log_folder.empty()),
      logs_(keeps_logs_ ? folders.log_folder : folders.work + "/logs") {}

void ArmBuilder::run(const ArmBuild& build, const std::function<bool()>& stopped) {
  const std::string log = logs_.path_for(log_label(build.arm, arm_count(plan_)));
  host::ProcessRequest requested = request(build, log);
  std::optional<LinkOrder> order;
  if (plan_.variable.source->builds > 1) {
    const std::uint64_t number = plan_.seed.stream(Stream::links, static_cast<std::uint64_t>(build.index))();
    order.emplace(build.folder + "/links", number, requested.environment);
  }
  const host::ProcessResult result = launcher_.run(requested);
  if (stopped()) return;
  if (!exited_well(result)) throw failed_build(build, result, log);
  if (order) links_in_other_order_ += order->links();
  logs_.add({.arm = build.arm,
             .number = build.index + 1,
             .commit = build.level.commit,
             .tree = build.level.tree,
             .log = "",
             .log_sha256 = "",
             .wall = result.usage.wall,
             .cpu = result.usage.user + result.usage.system},
            log);
}

host::ProcessRequest ArmBuilder::request(const ArmBuild& build, const std::string& log) const {
  const BuildFolders own{build.folder + "/cache", build.folder + "/tmp"};
  std::filesystem::create_directories(own.cache);
  std::filesystem::create_directories(own.temporary);
  const SourceBuild& source = *plan_.variable.source;
  host::ProcessRequest request;
  request.argv = with_streams_joined(source.build);
  request.environment = build_environment(plan_.environment, own);
  request.working_directory = build.clone;
  request.standard_output = host::ToFile{log};
  request.timeout = source.timeout;
  return request;
}

BuildFailed ArmBuilder::failed_build(const ArmBuild& build, const host::ProcessResult& result, const std::string& log) {
  last_lines_ = tail_of_log(log);
  return {fmt::format("the build of {} failed: {} {}", build.name, fmt::join(plan_.variable.source->build, " "),
                      describe_ending(result)),
          keeps_logs_ ? log : keep_log(log), build.arm, last_lines_};
}

}  // namespace assay::trial
