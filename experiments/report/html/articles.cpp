#include "experiments/report/html/articles.hpp"

#include <set>

#include <fmt/format.h>

#include "core/text/arm_command.hpp"
#include "experiments/report/command_names.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/html/html_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

/// A fact of a record: what it is called, and plain text.
std::string fact(std::string_view name, std::string_view text) {
  return text.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html_text(text));
}

/// What each arm ran; of arms that run one command also what they differ in, such as a revision.
std::vector<std::string> arm_texts(const Plan& plan) {
  std::vector<std::string> commands;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    commands.push_back(arm_command(plan, cells(plan).front(), arm));
  }
  const bool is_one = std::set<std::string>(commands.begin(), commands.end()).size() == 1;
  if (!is_one || compares_with_itself(plan)) return commands;
  std::vector<std::string> texts;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    Variable only_this = plan.variable;
    only_this.levels = {plan.variable.levels[arm]};
    texts.push_back(describe(only_this) + (commands[arm].empty() ? "" : "; runs " + commands[arm]));
  }
  return texts;
}

std::string facts_of(const AttemptArticle& article) {
  const Record& record = article.record;
  const Plan& plan = record.plan;
  std::string facts = fact("question", plan.hypothesis);
  const std::vector<std::string> texts = cells(plan).empty() ? std::vector<std::string>() : arm_texts(plan);
  for (ArmIndex arm = 0; arm < texts.size(); ++arm) {
    facts += fact(html_text(arm_name(named_arm(plan, arm))), texts[arm]);
  }
  facts += fact("where", fmt::format("{}, {}", plan.environment_name, machine_text(record.machine)));
  facts += fact("when and by whom", fmt::format("{}, {}", utc_text(record.created_ns), record.actor));
  return facts + fact("measured again", article.challenged);
}

std::string decision_line(const AttemptResult& result) {
  if (result.exploratory || result.challenge) return "";
  const std::string_view decision = to_string(result.decision);
  return fmt::format("<p>Decision: <span class=\"{}\">{}</span></p>\n", decision, decision);
}

std::string paragraphs(const std::string& lines) {
  std::string html;
  std::size_t at = 0;
  while (at < lines.size()) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    if (end > at) html += fmt::format("<p class=\"result\">{}</p>\n", html_text(lines.substr(at, end - at)));
    at = end + 1;
  }
  return html;
}

}  // namespace

std::string html_lines(std::string_view text) {
  std::string html;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    html += html_text(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return html;
}

std::string attempt_article(const AttemptArticle& article, PictureData& data) {
  TextStyle style;
  style.unicode = true;
  style.width = 100;
  style.early_end = EarlyEnd::closed;
  const Record& record = article.record;
  style.is_graded = record.result.challenge.has_value();
  const std::string name = html_text(article.name);
  std::string html = fmt::format("<article id=\"{}\">\n<h2>{}</h2>\n", name, name);
  const bool keeps_labels = record.plan.rules == kOldestRules;
  const AttemptResult result = keeps_labels ? record.result : named_by_commands(record.result, record.plan);
  html += paragraphs(result_sentences(result, style)) + decision_line(record.result);
  html += "<dl>\n" + facts_of(article) + "</dl>\n";
  for (const ComparisonView& comparison : article.comparisons) {
    const std::string title = cell_title(comparison.comparison.cell);
    const std::string figures = comparison_figures(comparison, data);
    if (!figures.empty() && !title.empty()) html += fmt::format("<h3>{}</h3>\n", html_text(title));
    html += figures;
  }
  for (const LevelSearch& search : record.result.searches)
    html += search_figure(search, record.plan.variable.name, data);
  html += fmt::format("<details><summary>Everything as text</summary>\n<pre>{}</pre></details>\n",
                      html_lines(record_text(record, article.sha256, style)));
  return html + "</article>\n";
}

std::string entry_article(const EntryArticle& article) {
  const std::string name = html_text(article.name);
  return fmt::format("<article id=\"{}\">\n<h2>{}</h2>\n{}<pre>{}</pre>\n</article>\n", name, name, article.figures,
                     html_lines(entry_text(article.entry, article.standing)));
}

}  // namespace assay::report
