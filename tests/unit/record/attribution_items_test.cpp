#include "experiments/record/reviews/attribution_items.hpp"

#include <gtest/gtest.h>

#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/record/reviews/attribution_figures.hpp"
#include "experiments/report/baseline/baseline_section.hpp"
#include "tests/unit/record/sample_baseline.hpp"

namespace assay::record {
namespace attribution_items_tests {

/// A baseline's section as it is rendered; empty if it has none.
std::string section_of(const Baseline& baseline) {
  Entry entry;
  entry.number = 1;
  entry.content = baseline;
  const BaselineFigures figures = decide::baseline_figures(baseline);
  return report::attribution_section(report::FiledBaseline{entry, figures, {.sha256 = "", .settled_by = ""}})
      .value_or("");
}

std::string section() {
  return section_of(sample_baseline());
}

std::string edited(const std::string& from, const std::string& to) {
  std::string text = section();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << text;
  return text.replace(at, from.size(), to);
}

std::vector<ReviewItem> faults(const std::string& text) {
  std::vector<ReviewItem> items = attribution_items(section(), text);
  std::erase_if(items, [](const ReviewItem& item) { return item.fault == ReviewFault::none; });
  return items;
}

/// The line of the table that begins with this phase, with its end.
std::string line_of(const std::string& phase) {
  const std::string text = section();
  const std::size_t at = text.find("| " + phase);
  return text.substr(at, text.find('\n', at) + 1 - at);
}

TEST(AttributionItems, HoldForTheDocumentAsItIsRendered) {
  const std::vector<ReviewItem> items = attribution_items(section(), section());
  EXPECT_EQ(grade_of(items), Grade::confirmed);
  // Three rows with a rank and a share in two states, and three levers.
  ASSERT_EQ(items.size(), 12U);
  EXPECT_EQ(items[0].name, "pull");
  EXPECT_EQ(items[0].found, "1");
  EXPECT_EQ(items[1].of, "site (cold)");
  EXPECT_NE(items[1].found.find("50.0 %"), std::string::npos);
  EXPECT_EQ(items[9].aspect, ReviewAspect::lever);
}

TEST(AttributionItems, NameEachPhaseWhoseRankWasEdited) {
  const std::vector<ReviewItem> found =
      faults(edited(line_of("pull") + line_of("start"), line_of("start") + line_of("pull")));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].aspect, ReviewAspect::rank);
  EXPECT_EQ(found[0].name, "pull");
  EXPECT_EQ(found[0].stated, "2");
  EXPECT_EQ(found[0].found, "1");
  EXPECT_EQ(found[0].fault, ReviewFault::differs);
  EXPECT_EQ(found[1].name, "start");
  EXPECT_EQ(grade_of(found), Grade::refuted);
}

TEST(AttributionItems, NameAnEditedShare) {
  const std::vector<ReviewItem> found = faults(edited("50.0 %", "51.0 %"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].aspect, ReviewAspect::share);
  EXPECT_EQ(found[0].name, "pull");
  EXPECT_EQ(found[0].of, "site (cold)");
}

TEST(AttributionItems, NameAnEditedLever) {
  const std::vector<ReviewItem> found = faults(edited("1. pull: ", "1. start: "));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].aspect, ReviewAspect::lever);
  EXPECT_EQ(found[0].name, "1");
}

TEST(AttributionItems, NameAPhaseThatWasRemoved) {
  const std::vector<ReviewItem> found = faults(edited(line_of("start"), ""));
  ASSERT_EQ(found.size(), 4U);  // its rank and both shares, and the rank of what follows
  EXPECT_EQ(found[0].name, "start");
  EXPECT_EQ(found[0].fault, ReviewFault::missing);
}

TEST(AttributionItems, NameAPhaseThatNoTrialHas) {
  const std::vector<ReviewItem> found = faults(edited("| pull", "| pull more"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().name, "pull more");
  EXPECT_EQ(found.back().fault, ReviewFault::gone);
}

TEST(AttributionItems, AreAllMissingIfTheDocumentHasNoSection) {
  const std::vector<ReviewItem> items = attribution_items(section(), "");
  EXPECT_EQ(items.size(), faults("").size());
  EXPECT_EQ(items.front().fault, ReviewFault::missing);
}

TEST(AttributionItems, AreNoneIfNoTrialReportedASpan) {
  Baseline baseline = sample_baseline();
  for (BaselineTrial& trial : baseline.trials) {
    trial.phases = {};
    trial.phases.rest = trial.trial.usage.wall;
  }
  EXPECT_TRUE(attribution_items(section_of(baseline), section()).empty());
}

TEST(AttributionItems, AreComputedAgainWithoutTheDocument) {
  std::vector<ReviewItem> items = attribution_items(section(), edited("50.0 %", "51.0 %"));
  EXPECT_EQ(flaw_in_attribution_items(section(), items), "");
  std::vector<ReviewItem> hushed = items;
  hushed[1].stated = hushed[1].found;
  EXPECT_EQ(flaw_in_attribution_items(section(), hushed), "/payload/items/1/fault: not what its texts say");
  hushed = items;
  hushed[0].found = "3";
  EXPECT_EQ(flaw_in_attribution_items(section(), hushed), "/payload/items/0/found: recorded 3, computed 1");
  items.resize(5);
  EXPECT_EQ(flaw_in_attribution_items(section(), items), "/payload/items: 5 figures, and the trials give 12");
}

TEST(AttributionFigures, ReadNamesAsPeopleWroteThem) {
  const std::vector<AttributionFigure> figures = attribution_figures(
      "### a\\|b\n\n| phase | warm: mean | share | interval | cumulative |\n|---|---:|---:|---|---:|\n"
      "| x &lt; y\\| | 1.0 ms | 2 % | - | 3 % |\n");
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[0], (AttributionFigure{ReviewAspect::rank, "a|b", "x < y|", "1"}));
  EXPECT_EQ(figures[1], (AttributionFigure{ReviewAspect::share, "a|b (warm)", "x < y|", "1.0 ms, 2 %, -, 3 %"}));
}

}  // namespace attribution_items_tests
}  // namespace assay::record
