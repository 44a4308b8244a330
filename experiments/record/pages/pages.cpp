#include "experiments/record/pages/pages.hpp"

#include <fmt/format.h>

#include "core/host/files/files.hpp"
#include "core/text/date.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/record/pages/attempt_views.hpp"
#include "experiments/record/pages/lab_figures_of.hpp"
#include "experiments/record/pages/page_assets.hpp"
#include "experiments/record/status/lab_status.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/html/articles.hpp"
#include "experiments/report/html/baseline_figure.hpp"
#include "experiments/report/html/lab_index.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kSharedScript = "report.js";

/// Makes the articles of records one by one.
class ArticleMaker {
 public:
  ArticleMaker(const Lab& lab, const std::vector<RecordSummary>& all) : lab_(lab), words_(later_words(lab, all)) {}

  [[nodiscard]] std::string article(const RecordSummary& summary, report::PictureData& data) {
    const std::string challenged = challenged_text(words_, summary.sha256);
    if (is_attempt(summary)) {
      const Record record = read_record(lab_, summary);
      figures_.add(record, summary.name);
      return report::attempt_article({summary.name, summary.sha256, record, attempt_views(record), challenged}, data);
    }
    const Entry entry = read_entry(lab_, summary);
    figures_.add(entry, summary.name);
    const auto* const baseline = std::get_if<Baseline>(&entry.content);
    const std::string figures =
        baseline == nullptr ? "" : report::phase_figures(decide::baseline_figures(*baseline), data);
    const std::string settled = settled_by(words_, summary.sha256);
    const std::string faulted = faulted_by(words_, summary.sha256);
    return report::entry_article({summary.name, entry, {summary.sha256, settled, challenged, faulted}, figures});
  }
  /// What is shown of all records together that had an article.
  [[nodiscard]] const LabFigures& figures() const { return figures_; }

 private:
  const Lab& lab_;
  LaterWords words_;
  LabFigures figures_;
};

/// Where the articles of records are.
enum class Articles { on_this_page, on_pages_of_their_own };

std::string link_to(const RecordSummary& record, Articles articles) {
  return articles == Articles::on_this_page ? "#" + record.name : record.name + ".html";
}

std::string index_of(const std::vector<RecordSummary>& records, Articles articles) {
  std::vector<report::IndexRow> rows;
  for (const RecordSummary& record : records) {
    if (is_bookkeeping(record)) continue;
    rows.push_back({.name = record.name,
                    .link = link_to(record, articles),
                    .day = report::utc_text(record.created_ns).substr(0, 10),
                    .kind = std::string(to_string(record.kind)),
                    .what = record.hypothesis.empty() ? record.experiment : record.hypothesis,
                    .verdict = std::string(verdict_words(record)),
                    .decision = std::string(name_or_empty(recorded_decision(record))),
                    .actor = record.actor});
  }
  return report::index_table(rows);
}

std::string parts_of(const LabStatus& status) {
  report::IndexPart dead_ends{"Dead ends", {}};
  report::IndexPart kept{"Kept", {}};
  for (const HypothesisHistory& history : status.hypotheses) {
    if (history.attempts.empty()) continue;  // its first attempt is still open
    const RecordSummary& last = last_word(history);
    const std::string line = fmt::format("{}: {} (in {})", last.name, last.hypothesis, history.key.environment_name);
    if (is_kept(history)) kept.lines.push_back(line);
    if (is_dead_end(history)) dead_ends.lines.push_back(line);
  }
  report::IndexPart claims{"Claims", {}};
  for (const ClaimStatus& claim : status.claims) {
    claims.lines.push_back(fmt::format("{}: {}: {}", claim.record.name, claim.text, standing_text(claim)));
  }
  report::IndexPart targets{"Targets", {}};
  for (const TargetReading& reading : status.targets) {
    targets.lines.push_back(target_sentence(reading) + (reading.status.relaxed ? "; relaxed" : ""));
  }
  return report::index_part(kept) + report::index_part(dead_ends) + report::index_part(claims) +
         report::index_part(targets);
}

report::PageAssets beside_the_page() {
  report::PageAssets assets = inline_assets();
  assets.script_file = kSharedScript;
  return assets;
}

std::string lab_title(const Lab& lab) {
  const std::size_t slash = lab.root().find_last_of('/');
  return fmt::format("assay: {}", slash == std::string::npos ? lab.root() : lab.root().substr(slash + 1));
}

}  // namespace

std::string records_page(const Lab& lab, const std::vector<RecordSummary>& shown) {
  ArticleMaker maker(lab, list_records(lab));
  report::PictureData data;
  std::string body;
  for (const RecordSummary& summary : shown) body += maker.article(summary, data);
  const std::string title = shown.size() == 1 ? shown.front().name : lab_title(lab);
  return report::page_text({title, body, data}, inline_assets());
}

std::string lab_page(const Lab& lab, Date today) {
  const LabStatus status = read_status(lab, today);
  ArticleMaker maker(lab, status.records);
  report::PictureData data;
  std::string articles;
  for (const RecordSummary& summary : status.records) {
    if (!is_bookkeeping(summary)) articles += maker.article(summary, data);
  }
  const std::string body =
      index_of(status.records, Articles::on_this_page) + parts_of(status) + maker.figures().html(data) + articles;
  return report::page_text({lab_title(lab), body, data}, inline_assets());
}

int write_site(const Lab& lab, Date today, const std::string& folder) {
  const LabStatus status = read_status(lab, today);
  ArticleMaker maker(lab, status.records);
  host::make_folder(folder);
  const report::PageAssets assets = beside_the_page();
  host::write_file_atomically(fmt::format("{}/{}", folder, kSharedScript), page_script());
  int pages = 0;
  for (const RecordSummary& summary : status.records) {
    if (is_bookkeeping(summary)) continue;
    report::PictureData data;
    const std::string body = "<nav><a href=\"index.html\">All records</a></nav>\n" + maker.article(summary, data);
    host::write_file_atomically(fmt::format("{}/{}.html", folder, summary.name),
                                report::page_text({summary.name, body, data}, assets));
    ++pages;
  }
  report::PictureData data;
  const std::string figures = maker.figures().html(data);
  const std::string body = index_of(status.records, Articles::on_pages_of_their_own) + parts_of(status) + figures;
  host::write_file_atomically(folder + "/index.html", report::page_text({lab_title(lab), body, data}, assets));
  return pages + 1;
}

}  // namespace assay::record
