#include "experiments/interop/exports/export_formats.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/exports/github_benchmark_export.hpp"
#include "experiments/interop/exports/go_export.hpp"
#include "experiments/interop/exports/google_benchmark_export.hpp"
#include "experiments/interop/exports/hyperfine_export.hpp"
#include "experiments/interop/exports/hyperfine_tables.hpp"
#include "experiments/interop/exports/junit_export.hpp"
#include "experiments/interop/exports/opentelemetry_export.hpp"
#include "experiments/interop/exports/trials_export.hpp"

namespace assay::interop {
namespace {

constexpr std::array kExportFormats = {
    ExportFormat{"hyperfine", "JSON with every trial's time, as hyperfine 1.20 exports it", hyperfine_text},
    ExportFormat{"hyperfine-csv", "hyperfine's table as CSV", hyperfine_csv},
    ExportFormat{"hyperfine-markdown", "hyperfine's table as Markdown", hyperfine_markdown},
    ExportFormat{"hyperfine-asciidoc", "hyperfine's table as AsciiDoc", hyperfine_asciidoc},
    ExportFormat{"hyperfine-orgmode", "hyperfine's table for Emacs org-mode", hyperfine_orgmode},
    ExportFormat{"google-benchmark", "JSON with every trial as a repetition, for compare.py", google_benchmark_text},
    ExportFormat{"go", "lines of go test -bench, for benchstat", go_text},
    ExportFormat{"github-benchmark", "medians as JSON for github-action-benchmark", github_benchmark_text},
    ExportFormat{"junit", "comparisons as test cases in XML", junit_text},
    ExportFormat{"opentelemetry", "attempt, blocks and trials as spans in OpenTelemetry's JSON", opentelemetry_text},
    ExportFormat{"trials", "every trial as a line of CSV", trials_csv_text},
};

}  // namespace

std::span<const ExportFormat> export_formats() {
  return kExportFormats;
}

const ExportFormat& format_in(std::span<const ExportFormat> formats, std::string_view name) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const ExportFormat& format) { return format.name == name; });
  if (found != formats.end()) return *found;
  std::vector<std::string_view> names;
  std::string list;
  for (const ExportFormat& format : formats) {
    names.push_back(format.name);
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", format.name, format.description);
  }
  throw Error(fmt::format("{} is no export format{}; there are: {}", in_quotes(name), did_you_mean(name, names), list));
}

const ExportFormat& export_format(std::string_view name) {
  return format_in(kExportFormats, name);
}

}  // namespace assay::interop
