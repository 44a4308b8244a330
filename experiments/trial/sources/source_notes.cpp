#include "experiments/trial/sources/source_notes.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// "a.bin", "a.bin and 3 more".
std::string first_of(const std::vector<std::string>& paths) {
  const std::string first = printable(paths.front());
  return paths.size() == 1 ? first : fmt::format("{} and {} more", first, paths.size() - 1);
}

/// The words of the commands that may name files, as paths from an arm's folder; those of a line for a shell are taken
/// apart at blanks.
std::set<std::string> file_words(const std::vector<Workload>& workloads) {
  std::set<std::string> words;
  for (const Workload& workload : workloads) {
    for (const std::string& argument : workload.command) {
      std::istringstream parts(argument);
      for (std::string word; parts >> word;) {
        const bool is_path = word.front() != '-' && word.front() != '/' && word.find_first_of("*?{}$") == word.npos;
        if (is_path) words.insert((fs::path(workload.working_directory) / word).lexically_normal());
      }
    }
  }
  return words;
}

}  // namespace

bool asks_for(const SourceBuild& source, CheckoutStep step) {
  return std::find(source.checkout.begin(), source.checkout.end(), step) != source.checkout.end();
}

std::string note_on(const host::CheckoutGap& gap, const std::string& arm, const SourceBuild& source) {
  if (gap.kind == host::CheckoutGap::Kind::submodules) {
    return fmt::format(
        R"({} lacks the files of its submodules ({}): checkout = ["submodules"] or --checkout submodules gets them)",
        arm, first_of(gap.paths));
  }
  const std::string files = fmt::format("{} has files as the repository stores them, since no filter {} was run ({})",
                                        arm, in_quotes(gap.filter), first_of(gap.paths));
  if (!asks_for(source, CheckoutStep::filters)) {
    return fmt::format(R"({}: checkout = ["filters"] or --checkout filters runs those of your git configuration)",
                       files);
  }
  const std::string how =
      gap.filter == "lfs" ? "git lfs install" : fmt::format("git config --global filter.{}.smudge", gap.filter);
  return fmt::format(
      "{}: your own git configuration defines none, and that of a repository runs nothing; define it with: {}", files,
      how);
}

std::vector<std::string> notes_on_missing_files(const std::vector<Workload>& workloads,
                                                const std::vector<ArmFolder>& arms) {
  std::vector<std::string> notes;
  for (const std::string& word : file_words(workloads)) {
    std::vector<std::string> with;
    std::vector<std::string> without;
    for (const ArmFolder& arm : arms) {
      std::error_code unreadable;
      const bool there = fs::is_regular_file(fs::path(arm.folder) / word, unreadable);
      (there ? with : without).push_back(arm.name);
    }
    if (with.empty() || without.empty()) continue;
    notes.push_back(fmt::format(
        "{} is in {} and not in {}, which can therefore not run it: compare revisions that both have it, or name one "
        "file for all arms by its absolute path",
        printable(word), fmt::join(with, " and "), fmt::join(without, " and ")));
  }
  return notes;
}

}  // namespace assay::trial
