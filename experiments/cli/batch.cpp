#include "experiments/cli/batch.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/terminal.hpp"
#include "experiments/report/text.hpp"
#include "stats/parallel.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

/// What is printed of one file.
struct Item {
  json object;
  std::string line;
  ExitCode code = ExitCode::ok;
};

std::vector<std::string> files_in(const std::string& folder) {
  std::error_code failure;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path().string());
  }
  if (failure) throw Error(fmt::format("--batch {}: {}", in_quotes(folder), failure.message()));
  if (files.empty()) throw Error(fmt::format("--batch {}: no file there ends in .csv", in_quotes(folder)));
  std::sort(files.begin(), files.end());
  return files;
}

Item judged_item(const std::string& name, const JudgedFile& judged, const BatchOptions& options,
                 const report::TextStyle& style) {
  json object = result_object(judged.heading, judged.plan, judged.result);
  object["file"] = name;
  const std::string sentence = report::result_sentences(judged.plan, judged.result, style);
  return {std::move(object), fmt::format("{}: {}", printable(name), sentence),
          exit_code_of(judged.result, options.result)};
}

Item failed_item(const std::string& name, const Error& error) {
  return {{{"file", name}, {"error", error.what()}},
          fmt::format("{}: error: {}\n", printable(name), error.what()),
          ExitCode::error};
}

ExitCode code_of(const std::vector<Item>& items) {
  ExitCode highest = ExitCode::ok;
  for (const Item& item : items) {
    if (item.code == ExitCode::error) return ExitCode::error;
    highest = std::max(highest, item.code);
  }
  return highest;
}

}  // namespace

ExitCode judge_batch(const BatchOptions& options, const Judge& judge) {
  const std::vector<std::string> files = files_in(options.folder);
  report::TextStyle style = output_style(read_terminal(), options.output);
  style.time_unit = options.result.time_unit;
  style.breaks_sentences = false;  // a line each, however long
  std::vector<Item> items(files.size());
  stats::in_parallel(files.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t index = begin; index < end; ++index) {
      const std::string name = std::filesystem::path(files[index]).filename().string();
      try {
        items[index] = judged_item(name, judge(files[index]), options, style);
      } catch (const Error& error) {
        items[index] = failed_item(name, error);
      }
    }
  });
  if (options.output.json) {
    json all = json::array();
    for (Item& item : items) all.push_back(std::move(item.object));
    print_json(all);
  } else {
    std::string text;
    for (const Item& item : items) text += item.line;
    print_output(text);
  }
  return code_of(items);
}

}  // namespace assay::cli
