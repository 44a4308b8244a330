#include "experiments/screen/challenging/challenge_milestone.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/reviews/milestone_challenge.hpp"
#include "experiments/definition/milestones.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::screen {
namespace {

using adversary::CriterionChallenge;
using adversary::CriterionGrade;

/// Removes the copies of all challenges, whether they were run or not.
class CopiesRemoval {
 public:
  explicit CopiesRemoval(const std::vector<CriterionChallenge>& challenges) : challenges_(challenges) {}
  ~CopiesRemoval() { adversary::abandon(challenges_); }
  CopiesRemoval(const CopiesRemoval&) = delete;
  CopiesRemoval& operator=(const CopiesRemoval&) = delete;

 private:
  const std::vector<CriterionChallenge>& challenges_;
};

std::string preview_text(const Milestone& milestone, const std::vector<CriterionChallenge>& challenges) {
  std::string text = fmt::format("{}: every criterion is challenged\n", printable(milestone.name));
  for (const CriterionChallenge& challenge : challenges) {
    text +=
        fmt::format("  {}  {}\n", printable(challenge.criterion.name),
                    printable(challenge.what.empty() ? report::criterion_text(challenge.criterion) : challenge.what));
  }
  const std::vector<std::string> commands = adversary::foreign_commands(challenges);
  if (commands.empty()) return text + "It will run no foreign code.\n";
  text += "It will build and run foreign code, in fresh copies of what each criterion rests on:\n";
  for (const std::string& command : commands) text += fmt::format("  {}\n", printable(command));
  return text;
}

nlohmann::json grades_json(const Milestone& milestone, const std::vector<CriterionGrade>& grades) {
  nlohmann::json criteria = nlohmann::json::array();
  for (const CriterionGrade& grade : grades) {
    criteria.push_back({{"criterion", grade.criterion},
                        {"challenged", grade.what},
                        {"grade", to_string(grade.grade)},
                        {"record_name", grade.entry},
                        {"why", grade.why}});
  }
  return {{"schema_version", 1},
          {"command", "challenge"},
          {"milestone", milestone.name},
          {"grade", to_string(adversary::worst_grade(grades))},
          {"criteria", std::move(criteria)}};
}

std::string sentence_of(const Milestone& milestone, const std::vector<CriterionGrade>& grades) {
  return fmt::format("{}: {}\n", printable(milestone.name), to_string(adversary::worst_grade(grades)));
}

std::string grades_text(const Milestone& milestone, const std::vector<CriterionGrade>& grades) {
  constexpr int kGradeWidth = 14;
  constexpr int kEntryWidth = 18;
  int name_width = 8;
  for (const CriterionGrade& grade : grades) {
    name_width = std::max(name_width, report::display_width(printable(grade.criterion)) + 2);
  }
  std::string text = sentence_of(milestone, grades);
  for (const CriterionGrade& grade : grades) {
    text += fmt::format("  {}{}{}{}\n", report::pad_right(printable(grade.criterion), name_width),
                        report::pad_right(std::string(to_string(grade.grade)), kGradeWidth),
                        report::pad_right(grade.entry.empty() ? "no entry" : grade.entry, kEntryWidth),
                        printable(grade.what));
    if (grade.grade != Grade::confirmed) text += fmt::format("          {}\n", printable(grade.why));
  }
  return text + "Sign each entry with assay sign; what is signed confirms its criterion for a day.\n";
}

ExitCode run_all(const record::Lab& lab, const Milestone& milestone, const std::vector<CriterionChallenge>& challenges,
                 const ChallengeCommandOptions& options) {
  ProgressDisplay display(real_progress_output(options.output));
  std::vector<CriterionGrade> grades;
  for (const CriterionChallenge& challenge : challenges) {
    const adversary::CriterionEnding ending = adversary::run_criterion(lab, challenge, options.challenge, display);
    if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
    if (std::holds_alternative<adversary::MilestoneInterrupted>(ending)) {
      print_remark(fmt::format("assay: interrupted after {} of {} challenges, which are recorded", grades.size(),
                               challenges.size()));
      return ExitCode::interrupted;
    }
    grades.push_back(std::get<CriterionGrade>(ending));
  }
  if (options.output.json) {
    print_json(grades_json(milestone, grades));
  } else {
    print_output(options.output.quiet ? sentence_of(milestone, grades) : '\n' + grades_text(milestone, grades));
  }
  return exit_code_of(adversary::worst_grade(grades));
}

}  // namespace

std::optional<Milestone> milestone_called(const record::Lab& lab, const std::string& name) {
  const std::string file = lab.root() + '/' + definition::kMilestonesFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  for (Milestone& milestone : definition::parse_milestones({file, host::read_file(file)})) {
    if (milestone.name == name) return std::move(milestone);
  }
  return std::nullopt;
}

ExitCode challenge_milestone(const record::Lab& lab, const Milestone& milestone,
                             const ChallengeCommandOptions& options) {
  const std::vector<CriterionChallenge> challenges =
      adversary::prepare_milestone_challenge(lab, milestone, options.challenge);
  const CopiesRemoval removal(challenges);
  if (talks(options)) print_output(preview_text(milestone, challenges));
  if (!adversary::foreign_commands(challenges).empty() && !agrees(options)) return ExitCode::refused;
  return run_all(lab, milestone, challenges, options);
}

}  // namespace assay::screen
