#include "experiments/interop/export_formats.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/hyperfine_export.hpp"
#include "experiments/interop/hyperfine_tables.hpp"

namespace assay::interop {
namespace {

constexpr std::array kFormats = {
    ExportFormat{"hyperfine", "JSON with every trial's time, as hyperfine 1.20 exports it", hyperfine_text},
    ExportFormat{"hyperfine-csv", "a line of figures for each command, as hyperfine's", hyperfine_csv},
    ExportFormat{"hyperfine-markdown", "a table in Markdown, as hyperfine's", hyperfine_markdown},
};

}  // namespace

std::span<const ExportFormat> export_formats() {
  return kFormats;
}

const ExportFormat& export_format(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const auto& format) { return format.name == name; });
  if (found != kFormats.end()) return *found;
  std::vector<std::string_view> names;
  std::string list;
  for (const ExportFormat& format : kFormats) {
    names.push_back(format.name);
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", format.name, format.description);
  }
  throw Error(fmt::format("{} is no export format{}; there are: {}", in_quotes(name), did_you_mean(name, names), list));
}

}  // namespace assay::interop
