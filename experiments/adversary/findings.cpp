#include "experiments/adversary/findings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "core/enum_names.hpp"
#include "core/host/files/files.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"

namespace assay::adversary {

/// What an edited line does to what judges the trials, as far as its words say.
enum class Deed { adds_skip, changes_tolerance, changes_timeout, changes_retries, removes_assertion };

}  // namespace assay::adversary

namespace assay {

template <>
struct EnumNames<adversary::Deed> {
  static constexpr std::array<std::string_view, 5> values = {"adds a skip", "changes a tolerance", "changes a timeout",
                                                             "changes retries", "removes an assertion"};
};

}  // namespace assay

namespace assay::adversary {
namespace {

using Words = std::vector<std::string_view>;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

bool holds_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// What a file is for, by its path.
enum class FileKind { source, test, harness, ci, experiment };

bool is_test_path(const std::string& path) {
  static const Words kFolders = {"/test/", "/tests/", "/spec/", "/specs/", "/__tests__/", "/testing/"};
  static const Words kNames = {"/test_", "_test.", "_tests.", ".test.", ".spec.", "test.java", "tests.cs"};
  return holds_any("/" + path, kFolders) || holds_any("/" + path, kNames);
}

/// Records and the documents that are rendered from them: they judge nothing, and hold words such as "timeout".
bool is_kept_by_assay(const std::string& path) {
  const std::filesystem::path whole(path);
  const std::string folder = whole.parent_path().string();
  if (whole.extension() == ".json") return ("/" + folder).ends_with("/.assay/records");
  const std::string name = whole.filename().string();
  if (name == "DECISIONS.md" || name == "REVIEW.md" || name == "STATUS.md") return true;
  return whole.extension() == ".md" && ("/" + folder).ends_with("/docs/perf");
}

FileKind kind_of_file(const std::string& path) {
  static const Words kCi = {".github/",        ".gitlab-ci",  ".circleci/", "jenkinsfile",
                            "azure-pipelines", ".travis.yml", "appveyor",   "buildkite"};
  static const Words kHarness = {"conftest.py", "pytest.ini",    "tox.ini",     "noxfile", "jest.config", "karma.conf",
                                 "ctestcustom", "ctesttestfile", "phpunit.xml", ".rspec",  "testng.xml"};
  const std::string lower = lower_case(path);
  if (holds_any(lower, kCi)) return FileKind::ci;
  if (holds_any(lower, kHarness)) return FileKind::harness;
  return is_test_path(lower) ? FileKind::test : FileKind::source;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// One line that a change takes away or adds.
struct EditedLine {
  bool is_added = false;
  int number = 0;  ///< in the file it is in: the new one, or for a line that is gone the old one
  std::string_view text;
};

/// std::nullopt: nothing that its words tell.
std::optional<Deed> deed_of(const EditedLine& line) {
  static const Words kSkips = {"skip", "xfail",      "disabled_", "@ignore", "@disabled",
                               "xit(", "xdescribe(", ".todo(",    "pending("};
  static const Words kAssertions = {"assert", "expect", "require(", "check(", "should"};
  static const Words kTolerances = {"tolerance", "epsilon", "atol",  "rtol",        "approx", "abs_tol",
                                    "rel_tol",   "isclose", "near(", "almostequal", "delta="};
  static const Words kTimeouts = {"timeout", "time_limit", "deadline"};
  static const Words kRetries = {"retry", "retries", "flaky", "rerun"};
  const std::string lower = lower_case(line.text);
  if (line.is_added && holds_any(lower, kSkips)) return Deed::adds_skip;
  if (has_digit(lower) && holds_any(lower, kTolerances)) return Deed::changes_tolerance;
  if (has_digit(lower) && holds_any(lower, kTimeouts)) return Deed::changes_timeout;
  if (holds_any(lower, kRetries)) return Deed::changes_retries;
  if (!line.is_added && holds_any(lower, kAssertions)) return Deed::removes_assertion;
  return std::nullopt;
}

/// Words such as "expect" and "retry" mean something else in code that is not a test.
bool counts_anywhere(Deed deed) {
  return deed == Deed::adds_skip || deed == Deed::changes_timeout || deed == Deed::changes_tolerance;
}

std::string quoted_line(std::string_view text) {
  constexpr std::size_t kShown = 100;
  std::string shown = valid_text(std::string(trimmed(text.substr(0, kShown))));
  return "\"" + shown + "\"";
}

/// Gathers the findings of one file after another.
class Reading {
 public:
  explicit Reading(const IsExperimentFile& is_experiment) : is_experiment_(is_experiment) {}

  void begin_file(std::string path) {
    path_ = is_kept_by_assay(path) ? "" : std::move(path);
    kind_ = is_experiment_(path_) ? FileKind::experiment : kind_of_file(path_);
    named_ = false;
  }

  void take(const EditedLine& line) {
    if (path_.empty()) return;
    const bool judges = kind_ != FileKind::source;
    const std::optional<Deed> deed = deed_of(line);
    if (deed && (judges || counts_anywhere(*deed))) {
      add(line.number,
          fmt::format("{}{}: {}", to_string(*deed), line.is_added ? "" : " (old line)", quoted_line(line.text)));
    } else if (judges && !named_) {
      add(line.number, std::string(edit_of()));
    }
    named_ = named_ || judges;
  }

  [[nodiscard]] std::vector<ReviewFinding> findings() && { return std::move(findings_); }

 private:
  [[nodiscard]] std::string_view edit_of() const {
    switch (kind_) {
      case FileKind::ci:
        return "edits a CI file";
      case FileKind::harness:
        return "edits the test harness";
      case FileKind::experiment:
        return "edits the experiment file";
      case FileKind::test:
      case FileKind::source:
        break;
    }
    return "edits a test";
  }

  void add(int line, std::string what) {
    findings_.push_back({fmt::format("{}:{}", valid_text(path_), line), std::move(what)});
  }

  const IsExperimentFile& is_experiment_;
  std::string path_;  ///< empty: nothing in the file is a finding
  FileKind kind_ = FileKind::source;
  bool named_ = false;  ///< a finding names the file already
  std::vector<ReviewFinding> findings_;
};

/// The numbers at which a hunk begins: "@@ -41,2 +41,3 @@".
struct HunkStart {
  int old_line = 0;
  int new_line = 0;
};
std::optional<HunkStart> hunk_start(std::string_view line) {
  if (!line.starts_with("@@ -")) return std::nullopt;
  HunkStart start;
  const std::size_t plus = line.find(" +");
  if (plus == std::string_view::npos) return std::nullopt;
  const char* const end = line.data() + line.size();
  (void)std::from_chars(line.data() + 4, end, start.old_line);
  (void)std::from_chars(line.data() + plus + 2, end, start.new_line);
  return start;
}

/// "b/tests/test_it.py" without its first part; empty for /dev/null.
std::string path_in(std::string_view name) {
  if (name == "/dev/null") return "";
  if (name.starts_with('"') && name.ends_with('"') && name.size() > 1) name = name.substr(1, name.size() - 2);
  return std::string(name.starts_with("a/") || name.starts_with("b/") ? name.substr(2) : name);
}

/// A TOML file with a table [experiment], as it is in the folder now.
bool is_experiment_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (file.extension() != ".toml" || !std::filesystem::is_regular_file(file, ignored)) return false;
  const std::string text = "\n" + host::read_file(file.string());
  return text.find("\n[experiment]") != std::string::npos;
}

std::string revision_diff(const Plan& plan, const std::string& folder) {
  const auto& control = std::get<SourceLevel>(plan.variable.levels[kControl].value);
  const auto& treatment = std::get<SourceLevel>(plan.variable.levels[1].value);
  if (control.commit == treatment.commit) return "";
  host::Launcher launcher;
  const host::Git git(launcher, trial::repository_folder(plan.variable, folder));
  return git.output_of({"diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
                        control.commit, treatment.commit}) +
         "\n";
}

}  // namespace

std::vector<ReviewFinding> findings_in(std::string_view diff, const IsExperimentFile& is_experiment) {
  Reading reading(is_experiment);
  HunkStart next;
  std::string old_path;
  bool in_hunk = false;
  while (!diff.empty()) {
    const std::size_t end = std::min(diff.find('\n'), diff.size());
    const std::string_view line = diff.substr(0, end);
    diff.remove_prefix(std::min(end + 1, diff.size()));
    if (line.starts_with("diff ")) {
      in_hunk = false;
    } else if (const auto start = hunk_start(line)) {
      next = *start;
      in_hunk = true;
    } else if (!in_hunk && line.starts_with("--- ")) {
      old_path = path_in(line.substr(4));
    } else if (!in_hunk && line.starts_with("+++ ")) {
      const std::string new_path = path_in(line.substr(4));
      reading.begin_file(new_path.empty() ? old_path : new_path);
    } else if (in_hunk && line.starts_with('-')) {
      reading.take({.is_added = false, .number = next.old_line++, .text = line.substr(1)});
    } else if (in_hunk && line.starts_with('+')) {
      reading.take({.is_added = true, .number = next.new_line++, .text = line.substr(1)});
    } else if (in_hunk && line.starts_with(' ')) {
      ++next.old_line;
      ++next.new_line;
    }
  }
  return std::move(reading).findings();
}

std::string change_of(const Plan& plan, const std::string& folder) {
  if (!has_source(plan.variable)) return "";
  std::string diff = revision_diff(plan, folder);
  for (const Patch& patch : std::get<SourceLevel>(plan.variable.levels[1].value).patches) {
    diff += host::read_file((std::filesystem::path(folder) / patch.file).string()) + "\n";
  }
  return diff;
}

std::vector<ReviewFinding> findings_of(const Plan& plan, const std::string& folder) {
  const std::string diff = change_of(plan, folder);
  if (diff.empty()) return {};
  host::Launcher launcher;
  const std::filesystem::path top =
      host::find_repository(launcher, trial::repository_folder(plan.variable, folder)).top;
  return findings_in(diff, [&top](const std::string& path) { return is_experiment_file(top / path); });
}

}  // namespace assay::adversary
