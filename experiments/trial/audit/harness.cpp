#include "experiments/trial/audit/harness.hpp"

#include <filesystem>

#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// True for `sh -c LINE`, the form in which experiment files and the command line write a line for the shell.
bool is_shell_line(const Argv& command) {
  return command.size() == 3 && command[1] == "-c";
}

std::vector<std::string> words_of(const Argv& command) {
  if (!is_shell_line(command)) return command;
  constexpr std::string_view kMarks = " \t\n;|&<>()\"'`$=";
  std::vector<std::string> words;
  const std::string& line = command[2];
  for (std::size_t begin = line.find_first_not_of(kMarks); begin != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(kMarks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kMarks, end);
  }
  return words;
}

class HarnessFiles {
 public:
  HarnessFiles(const ArmSetup& setup, const std::set<std::string>& tracked) : setup_(setup), tracked_(tracked) {}

  void add_tracked(const Argv& command) {
    for (const std::string& path : files_named_by(command, setup_)) {
      if (tracked_.contains(fs::path(path).lexically_relative(setup_.source).string())) files_.insert(path);
    }
  }
  void add_matching(const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
      for (std::string& path : files_matching(setup_.base, pattern, "harness")) files_.insert(std::move(path));
    }
  }
  [[nodiscard]] std::vector<std::string> all() const { return {files_.begin(), files_.end()}; }

 private:
  const ArmSetup& setup_;
  const std::set<std::string>& tracked_;
  std::set<std::string> files_;
};

}  // namespace

std::vector<std::string> files_named_by(const Argv& command, const ArmSetup& setup) {
  std::vector<std::string> files;
  const std::vector<std::string> words = words_of(command);
  for (std::size_t index = 0; index < words.size(); ++index) {
    // A program without a slash is looked for in PATH, whatever lies in the folder.
    if (index == 0 && words[index].find('/') == std::string::npos) continue;
    const std::string path = path_in(setup.working_directory, words[index]);
    std::error_code ignored;
    if (path.starts_with(setup.source + "/") && fs::is_regular_file(path, ignored)) files.push_back(path);
  }
  return files;
}

std::vector<std::string> harness_files(const Plan& plan, const ArmSetup& setup, const std::set<std::string>& tracked) {
  const SourceBuild& source = *plan.variable.source;
  const Workload& workload = plan.workloads[setup.workload];
  HarnessFiles files(setup, tracked);
  if (source.harness) files.add_matching(*source.harness);
  // In 0.1.0 a list took the place of the default.
  const bool has_default = !source.harness || plan.rules > kOldestRules;
  if (has_default && !source.build.empty()) files.add_tracked(setup.argv);
  for (const Argv* hook :
       {&workload.hooks.setup, &workload.hooks.prepare, &workload.hooks.conclude, &workload.hooks.cleanup}) {
    files.add_tracked(*hook);
  }
  for (const Check& check : plan.checks) {
    if (!applies_to(check.workloads, workload.name)) continue;
    for (const Argv& command : rule_of(check).needs.commands) files.add_tracked(command);
  }
  return files.all();
}

}  // namespace assay::trial
