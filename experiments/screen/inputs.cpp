#include "experiments/screen/inputs.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/date.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::screen {

attempt::ExperimentFile read_experiment(const std::string& file, const attempt::FileOverrides& overrides) try {
  Remarks remarks;
  return attempt::read_experiment(file, overrides, remarks);
} catch (const attempt::CapOfFixedBlocks& mistake) {
  throw Error(
      fmt::format("{}: its protocol has blocks = {}, so -M (--max-blocks) {} has nothing to cap; change the file", file,
                  mistake.blocks(), overrides.max_blocks.value_or(0)));
}

record::Lab lab_of(const attempt::ExperimentFile& experiment) {
  std::optional<record::Lab> lab = attempt::find_lab(experiment);
  if (!lab) throw error_of({experiment.name, NoLab{experiment.folder}});
  return *lab;
}

record::Lab lab_here() {
  const std::string folder = std::filesystem::current_path().string();
  std::optional<record::Lab> lab = record::Lab::find(folder);
  if (!lab) throw Error(fmt::format("no lab in {} or above it; assay init makes one", folder));
  return *lab;
}

std::string given_text(const std::string& option, const std::string& text) {
  std::string line = valid_text(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char letter) { return std::iscntrl(letter) != 0; }, ' ');
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos) throw Error(fmt::format("{} is missing or empty: say it in a few words", option));
  return line.substr(first, line.find_last_not_of(' ') + 1 - first);
}

std::string given_day(const std::string& option, const std::string& text) {
  try {
    const Date day = parse_date(text);
    if (day < date_of(host::unix_time_ns())) throw Error(fmt::format("{} is past: expected today or later", text));
    return format_date(day);
  } catch (const Error& error) {
    throw error.within(option);
  }
}

}  // namespace assay::screen
