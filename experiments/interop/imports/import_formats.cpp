#include "experiments/interop/imports/import_formats.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/interop/csv_table.hpp"
#include "experiments/interop/imports/criterion_import.hpp"
#include "experiments/interop/imports/go_import.hpp"
#include "experiments/interop/imports/google_benchmark_import.hpp"
#include "experiments/interop/imports/hyperfine_import.hpp"
#include "experiments/interop/imports/import_limits.hpp"
#include "experiments/interop/imports/jmh_import.hpp"
#include "experiments/interop/imports/number_import.hpp"
#include "experiments/interop/imports/perf_stat_import.hpp"
#include "experiments/interop/imports/pyperf_import.hpp"
#include "experiments/interop/imports/pytest_benchmark_import.hpp"
#include "experiments/interop/imports/quick_json.hpp"

namespace assay::interop {
namespace {

constexpr std::array kImportFormats = {
    ImportFormat{"hyperfine", "hyperfine --export-json, versions 1 and 2", ComparedMetrics::first, is_hyperfine,
                 read_hyperfine},
    ImportFormat{"google-benchmark", "Google Benchmark's JSON", ComparedMetrics::first, is_google_benchmark,
                 read_google_benchmark},
    ImportFormat{"pytest-benchmark", "pytest-benchmark's JSON", ComparedMetrics::first, is_pytest_benchmark,
                 read_pytest_benchmark},
    ImportFormat{"pyperf", "pyperf's JSON", ComparedMetrics::first, is_pyperf, read_pyperf},
    ImportFormat{"criterion", "sample.json of criterion.rs", ComparedMetrics::first, is_criterion, read_criterion},
    ImportFormat{"jmh", "JMH -rf json", ComparedMetrics::first, is_jmh, read_jmh},
    ImportFormat{"go", "the text of go test -bench", ComparedMetrics::all, is_go, read_go},
    ImportFormat{"perf-stat", "perf stat: -x, -j or its text, one run after the other", ComparedMetrics::all,
                 is_perf_stat, read_perf_stat},
    ImportFormat{"numbers", "one number in each line", ComparedMetrics::first, is_numbers, read_numbers},
};

bool may_be_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

/// JSON lines are no single document: their first line is one.
bool is_lines_of_objects(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const bool goes_on = text.find_first_not_of(" \t\r\n", end) != std::string_view::npos;
  return goes_on && nlohmann::json::accept(text.substr(0, end));
}

std::string names_of_formats() {
  std::string names;
  for (const ImportFormat& format : kImportFormats)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", format.name);
  return names;
}

void check_values(const SampleFile& file) {
  for (const Sample& sample : file.samples) {
    for (const double value : sample.values) {
      if (std::abs(value) <= kLargestValue) continue;
      throw Error(fmt::format("{}, {}: {} is no value that can be compared: a number from -{} to {} is",
                              printable(sample.name), printable(sample.metric), value, kLargestValue, kLargestValue));
    }
  }
}

/// The first format that the file looks like, if none was chosen.
const ImportFormat* format_of(const ToolText& file, const ImportFormat* chosen) {
  for (const ImportFormat& candidate : kImportFormats) {
    if (chosen == nullptr && candidate.is_like(file)) return &candidate;
  }
  return chosen;
}

/// Reads what was parsed in the chosen format, or in the one that it looks like.
std::optional<ImportedFile> read_in_format(const ToolText& file, const ImportFormat* chosen) try {
  const ImportFormat* const format = format_of(file, chosen);
  if (format == nullptr) return std::nullopt;
  if (chosen != nullptr && !chosen->is_like(file))
    throw Error(fmt::format("this is no file of {} ({})", chosen->name, chosen->description));
  ImportedFile imported{format, format->read(file)};
  if (imported.file.samples.empty()) throw Error(fmt::format("no values in this file of {}", format->name));
  check_values(imported.file);
  return imported;
} catch (const Error& error) {
  throw error.within(std::string(file.name));
}

nlohmann::json plain_tree(const std::string& text, std::string_view name) {
  try {
    check_amount_of_json(text);
  } catch (const Error& error) {
    throw error.within(std::string(name));
  }
  return formats::parse_json(text, name);
}

}  // namespace

std::span<const ImportFormat> import_formats() {
  return kImportFormats;
}

const ImportFormat& import_format(std::string_view name) {
  const auto found = std::find_if(kImportFormats.begin(), kImportFormats.end(),
                                  [&](const ImportFormat& format) { return format.name == name; });
  if (found != kImportFormats.end()) return *found;
  std::vector<std::string_view> names;
  std::string list;
  for (const ImportFormat& format : kImportFormats) {
    names.push_back(format.name);
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", format.name, format.description);
  }
  throw Error(
      fmt::format("{} is no format that is read{}; there are: {}", in_quotes(name), did_you_mean(name, names), list));
}

std::optional<ImportedFile> import_file(const std::string& text, std::string_view name,
                                        std::optional<std::string_view> format, std::optional<NumberForm> digits) {
  const ImportFormat* const chosen = format ? &import_format(*format) : nullptr;
  if (!may_be_json(text) || is_lines_of_objects(text)) return read_in_format({text, name, nullptr, digits}, chosen);
  if (digits) {
    throw Error("JSON writes numbers in one form: leave the form of digits out").within(std::string(name));
  }
  for (const Rows rows : {Rows::packed, Rows::plain}) {
    const std::optional<nlohmann::json> tree = read_quick_json(text, rows);
    if (!tree) break;
    try {
      if (std::optional<ImportedFile> file = read_in_format({text, name, &*tree}, chosen)) return file;
    } catch (const PackedListsUnusable&) {
      continue;
    } catch (const Error&) {
      // The plain tree below has a place for each number, so it says where the mistake is.
    }
  }
  const nlohmann::json tree = plain_tree(text, name);
  std::optional<ImportedFile> file = read_in_format({text, name, &tree}, chosen);
  if (!file)
    throw Error(fmt::format("this JSON is of no tool that is read; there are: {}", names_of_formats()))
        .within(std::string(name));
  return file;
}

}  // namespace assay::interop
