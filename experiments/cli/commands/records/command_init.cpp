#include <fmt/format.h>

#include "core/host/files/files.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/starter.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

using record::Lab;

struct InitOptions {
  std::string folder = ".";
};

/// Whether the folder itself is a lab; one above it does not count.
bool is_lab(const std::string& folder) {
  const std::optional<Lab> lab = Lab::find(folder);
  return lab && lab->root() == host::absolute_path(folder);
}

/// The path by which the user reaches a file of the folder from here.
std::string path_from_here(const InitOptions& options, std::string_view file) {
  if (options.folder == ".") return std::string(file);
  return fmt::format("{}{}{}", options.folder, options.folder.ends_with('/') ? "" : "/", file);
}

/// For git: entries of two branches are all kept, and `assay render` puts them in order.
constexpr std::string_view kAttribute = "DECISIONS.md merge=union";

/// What happened to .gitattributes; empty if it has the line already.
std::string set_attributes(const InitOptions& options) {
  const std::string file = path_from_here(options, ".gitattributes");
  if (host::create_file_atomically(file, fmt::format("{}\n", kAttribute)) == host::Creation::created) {
    return fmt::format("wrote {}: git keeps the decisions of both branches; after a merge: assay render\n", file);
  }
  if (host::read_file(file).find(kAttribute) != std::string::npos) return "";
  return fmt::format("{} stays as it is; for merges add the line: {}\n", file, kAttribute);
}

ExitCode run(const InitOptions& options) {
  const bool was_there = is_lab(options.folder);
  const Lab lab = Lab::create(options.folder);
  const std::string file = path_from_here(options, "experiment.toml");
  const host::Creation starter = host::create_file_atomically(file, starter_experiment());
  print_output(fmt::format("{} {}\n", was_there ? "there is a lab already in" : "made a lab in", lab.root()));
  print_output(starter == host::Creation::created
                   ? fmt::format("wrote {}: two commands to compare, until you put your own question there\n", file)
                   : fmt::format("{} is there already and stays as it is\n", file));
  print_output(set_attributes(options));
  print_output(
      fmt::format("\nnext:\n"
                  "  assay check {0}    look for mistakes\n"
                  "  assay run {0}      measure, decide, and record in {1}\n",
                  file, path_from_here(options, "DECISIONS.md")));
  return ExitCode::ok;
}

}  // namespace

ExitCode command_init(const Arguments& arguments) {
  InitOptions options;
  CommandLine line(
      {.name = "init",
       .synopsis = "[FOLDER]",
       .about = "Makes a lab: the folder .assay/, which keeps what was measured and decided. Writes a commented "
                "experiment.toml to start from, and a line for git in .gitattributes. Files that exist "
                "already stay as they are.",
       .exit_codes = described({ExitCode::ok, ExitCode::error}),
       .examples = {"assay init", "assay init perf-lab"}});
  line.word({"FOLDER", "folder for the lab; made if it does not exist (default: here)"}, into(options.folder),
            Occurs::at_most_once);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  return run(options);
}

}  // namespace assay::cli
