#include <fmt/format.h>

#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

struct RenderOptions {
  bool quiet = false;
};

std::string rendering_text(const record::Rendering& rendering) {
  std::string text;
  for (const std::string& name : rendering.split) {
    text += fmt::format("{}.json held several records, and each has a file of its own now\n", name);
  }
  text += fmt::format("DECISIONS.md: {}, {}\n", report::count_text(static_cast<int>(rendering.records), "record"),
                      rendering.changed ? "written anew" : "as it was");
  for (const std::string_view name : rendering.other_documents) text += fmt::format("{}: written anew\n", name);
  return text;
}

}  // namespace

ExitCode command_render(const Arguments& arguments) {
  RenderOptions options;
  CommandLine line(
      {.name = "render",
       .synopsis = "",
       .about =
           "Writes the entries of DECISIONS.md, REVIEW.md and docs/perf again from the records. Whatever people wrote "
           "around them "
           "stays. Also repairs what git made of two branches: entries that were mixed or are in "
           "conflict, and two records in one file.",
       .examples = {"git merge feature; assay render; git add -A; git commit"}});
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const record::Lab lab = lab_here();
  const record::Rendering rendering = record::render_decisions(lab);
  const record::Rendered review = record::render_review(lab);
  for (const std::string& name : rendering.orphaned) {
    print_remark(fmt::format("assay: the record {} is gone; its entry stays in DECISIONS.md", name));
  }
  if (!options.quiet) {
    print_output(rendering_text(rendering));
    if (review == record::Rendered::changed) print_output("REVIEW.md: written anew\n");
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
