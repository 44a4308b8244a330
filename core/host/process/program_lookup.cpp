#include "core/host/process/program_lookup.hpp"

#include <cerrno>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace assay::host {
namespace {

/// The folders that execvp(3) searches if the environment has no PATH.
constexpr const char* kStandardPath = "/bin:/usr/bin";

enum class Found { nothing, not_runnable, program };

Found look_at(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return Found::nothing;
  return ::access(path.c_str(), X_OK) == 0 ? Found::program : Found::not_runnable;
}

std::string text_of(int error_number) {
  return std::generic_category().message(error_number);
}

/// The request that the kernel refused, with its value.
std::string refused_setting(const ProcessRequest& request, launcher::Step step) {
  const Limits& limits = request.limits;
  switch (step) {
    case launcher::Step::folder:
      return fmt::format("its working directory {}", request.working_directory);
    case launcher::Step::cpus:
      return fmt::format("the CPUs {}", fmt::join(limits.cpus, ","));
    case launcher::Step::nice:
      return fmt::format("nice = {}", limits.nice.value_or(0));
    case launcher::Step::memory:
      return fmt::format("memory = {} B", limits.memory.value_or(Bytes{}).count);
    case launcher::Step::open_files:
      return fmt::format("open_files = {}", limits.open_files.value_or(0));
    case launcher::Step::inheritance:
      return "the niceness, CPUs and limits that all trials have; a trial or a service lowered those of the launcher";
    case launcher::Step::streams:
      return "its streams";
    case launcher::Step::spawn:
    case launcher::Step::exec:
    case launcher::Step::none:
      break;
  }
  return "";
}

}  // namespace

std::string path_seen_by_child(const ProcessRequest& request, const std::string& path) {
  return path.empty() || path.front() == '/' ? path : request.working_directory + "/" + path;
}

std::string find_program(const ProcessRequest& request) {
  if (request.argv.empty() || request.argv[0].empty()) {
    throw Error("cannot start an empty command; give a program and its arguments");
  }
  const std::string& name = request.argv[0];
  if (name.find('/') != std::string::npos) return name;

  const auto variable = request.environment.find("PATH");
  const std::string folders = variable == request.environment.end() ? kStandardPath : variable->second;
  std::string not_runnable;
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const std::string folder = end == begin ? "." : folders.substr(begin, end - begin);
    std::string path = path_seen_by_child(request, fmt::format("{}/{}", folder, name));
    const Found found = look_at(path);
    if (found == Found::program) return path;
    if (found == Found::not_runnable && not_runnable.empty()) not_runnable = path;
    begin = end + 1;
  }
  if (!not_runnable.empty()) {
    throw Error(fmt::format("cannot start \"{}\": {} is not executable; chmod +x it", name, not_runnable));
  }
  throw Error(
      fmt::format("cannot start \"{}\": no such program in PATH ({}); what only a shell knows (an alias, a function) "
                  "needs one: give -S sh, or in a file shell = \"...\" instead of command = [...]",
                  name, folders));
}

Error start_error(const ProcessRequest& request, const std::string& program, launcher::Step failed_step,
                  int error_number) {
  const std::string& name = request.argv[0];
  if (failed_step != launcher::Step::exec) {
    const std::string setting = refused_setting(request, failed_step);
    return Error(fmt::format("cannot start \"{}\"{}{}: {}", name, setting.empty() ? "" : " with ", setting,
                             text_of(error_number)));
  }
  if (error_number == ENOENT && look_at(path_seen_by_child(request, program)) != Found::nothing) {
    return Error(fmt::format("cannot start \"{}\": the interpreter that the file names is missing", name));
  }
  if (error_number == ENOEXEC) {
    return Error(fmt::format(
        R"(cannot start "{}": it is no program; a script needs a first line like "#!/bin/sh", or a shell)", name));
  }
  if (error_number == E2BIG) {
    return Error(fmt::format("cannot start \"{}\": its arguments and environment are too large for the kernel", name));
  }
  return Error(fmt::format("cannot start \"{}\": {}", name, text_of(error_number)));
}

}  // namespace assay::host
