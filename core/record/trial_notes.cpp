#include "core/record/trial_notes.hpp"

#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text/taken.hpp"

namespace assay {
namespace {

constexpr std::string_view kRepeated = "warm-ups repeated before it: ";
constexpr std::string_view kLeftRunning = "still running at its end: pid ";

std::string in_words(const LeftRunning& process) {
  return fmt::format("{}{} {}", kLeftRunning, process.pid, process.command_line);
}

/// Accepts only words that are written in the same way again, since records are hashed as they are written.
std::optional<int> read_repeated(std::string_view note) {
  std::string_view rest = note;
  if (!take_prefix(rest, kRepeated)) return std::nullopt;
  const std::optional<int> count = take_number(rest);
  if (!count || *count <= 0 || fmt::format("{}{}", kRepeated, *count) != note) return std::nullopt;
  return count;
}

std::optional<LeftRunning> read_left_running(std::string_view note) {
  std::string_view rest = note;
  if (!take_prefix(rest, kLeftRunning)) return std::nullopt;
  const std::optional<int> pid = take_number(rest);
  if (!pid || !take_prefix(rest, " ")) return std::nullopt;
  LeftRunning process{*pid, std::string(rest)};
  if (in_words(process) != note) return std::nullopt;
  return process;
}

}  // namespace

std::vector<std::string> notes_in_words(const Trial& trial) {
  std::vector<std::string> words;
  if (trial.warm_ups_repeated > 0) words.push_back(fmt::format("{}{}", kRepeated, trial.warm_ups_repeated));
  for (const LeftRunning& process : trial.left_running) words.push_back(in_words(process));
  words.insert(words.end(), trial.notes.begin(), trial.notes.end());
  return words;
}

void read_notes(std::vector<std::string> words, Trial& trial) {
  auto note = words.begin();
  if (note != words.end()) {
    if (const std::optional<int> repeated = read_repeated(*note)) {
      trial.warm_ups_repeated = *repeated;
      ++note;
    }
  }
  for (; note != words.end(); ++note) {
    std::optional<LeftRunning> process = read_left_running(*note);
    if (!process) break;
    trial.left_running.push_back(std::move(*process));
  }
  trial.notes.assign(std::make_move_iterator(note), std::make_move_iterator(words.end()));
}

}  // namespace assay
