#include "experiments/report/exports/export_formats.hpp"

#include <array>

#include "experiments/report/exports/annotations_export.hpp"
#include "experiments/report/exports/pull_request_export.hpp"

namespace assay::report {
namespace {

constexpr std::array kTextFormats = {
    interop::ExportFormat{"pull-request", "a comment for a pull request, in Markdown", pull_request_text},
    interop::ExportFormat{"github-annotations", "annotations of a GitHub workflow, to print in a job",
                          annotations_text},
};

std::vector<interop::ExportFormat> all_formats() {
  const auto files = interop::export_formats();
  std::vector<interop::ExportFormat> all(files.begin(), files.end());
  all.insert(all.end(), kTextFormats.begin(), kTextFormats.end());
  return all;
}

}  // namespace

const std::vector<interop::ExportFormat>& export_formats() {
  static const std::vector<interop::ExportFormat> formats = all_formats();
  return formats;
}

const interop::ExportFormat& export_format(std::string_view name) {
  return interop::format_in(export_formats(), name);
}

}  // namespace assay::report
