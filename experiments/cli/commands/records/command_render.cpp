#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/output_destination.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/date.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/record/pages/pages.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::cli {
namespace {

struct RenderOptions {
  bool quiet = false;
  std::optional<std::string> html;
  std::optional<std::string> site;
  std::vector<std::string> records;
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

CommandLine render_line(RenderOptions& options) {
  CommandLine line(
      {.name = "render",
       .synopsis = "[RECORD...]",
       .about =
           "Writes the entries of DECISIONS.md, REVIEW.md and docs/perf again from the records. Whatever people wrote "
           "around them stays. Also repairs what git made of two branches: entries that were mixed or are in conflict, "
           "and two records in one file. With --html or --site it writes pages for a browser instead.",
       .exit_codes = described({ExitCode::ok, ExitCode::error}),
       .examples = {"git merge feature; assay render; git add -A; git commit", "assay render --html report.html 7",
                    "assay render --site public"}});
  line.word({"RECORD", "with --html: only these records, as `assay show` finds them; else the whole lab"},
            into(options.records), Occurs::any);
  line.option("html", {"FILE", "write one page with pictures, which needs no network; - writes to standard output"},
              into(options.html));
  line.option("site", {"DIR", "write a page for each record, and an index that can be searched"}, into(options.site));
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

void check_words(const RenderOptions& options) {
  if (options.html && options.site) throw Error("--html and --site: give one of them");
  if (!options.records.empty() && !options.html) {
    throw Error(fmt::format("{}: records are chosen only with --html FILE", options.records.front()));
  }
}

void write_pages(const record::Lab& lab, const RenderOptions& options) {
  const Date today = date_of(host::unix_time_ns());
  if (options.site) {
    if (*options.site == "-")
      throw Error("--site: expected a folder; only the one page of --html goes to standard output");
    refuse_lab_folder(*options.site);
    const int pages = record::write_site(lab, today, *options.site);
    if (!options.quiet) print_output(fmt::format("{}: {}\n", *options.site, report::count_text(pages, "page")));
    return;
  }
  std::vector<record::RecordSummary> chosen;
  for (const std::string& which : options.records) chosen.push_back(record::find_summary(lab, which));
  const host::OutputDestination destination = output_destination(*options.html);
  write_to(destination, chosen.empty() ? record::lab_page(lab, today) : record::records_page(lab, chosen));
  const bool page_is_output = destination.place() == host::place_of_standard_output();
  if (!options.quiet && !page_is_output) print_output(fmt::format("{}: written\n", *options.html));
}

void write_documents(const record::Lab& lab, const RenderOptions& options) {
  const record::Rendering rendering = record::render_decisions(lab);
  const record::Rendered review = record::render_review(lab);
  for (const std::string& name : rendering.orphaned) {
    print_remark(fmt::format("assay: the record {} is gone; its entry stays in DECISIONS.md", name));
  }
  if (options.quiet) return;
  print_output(rendering_text(rendering));
  if (review == record::Rendered::changed) print_output("REVIEW.md: written anew\n");
}

}  // namespace

ExitCode command_render(const Arguments& arguments) {
  RenderOptions options;
  CommandLine line = render_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_words(options);
  const record::Lab lab = lab_here();
  if (options.html || options.site) {
    write_pages(lab, options);
  } else {
    write_documents(lab, options);
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
