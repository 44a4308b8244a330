#include <gtest/gtest.h>

#include "experiments/adversary/reviews/milestone_challenge.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"

namespace assay::adversary {
namespace review_grades_tests {

Grade worst(const std::vector<Grade>& grades) {
  std::vector<CriterionGrade> all;
  for (const Grade grade : grades) all.push_back({.criterion = {}, .what = {}, .grade = grade, .entry = {}, .why = {}});
  return worst_grade(all);
}

FiledReview review_with(const std::vector<ReviewFault>& faults) {
  Review review;
  for (const ReviewFault fault : faults) review.items.push_back({.fault = fault});
  FiledReview filed;
  filed.entry.content = review;
  return filed;
}

TEST(WorstGrade, ARefutationWeighsMoreThanWhatCouldNotBeMeasured) {
  EXPECT_EQ(worst({Grade::confirmed, Grade::invalid, Grade::refuted}), Grade::refuted);
  EXPECT_EQ(worst({Grade::invalid, Grade::exaggerated}), Grade::exaggerated);
  EXPECT_EQ(worst({Grade::inconclusive, Grade::invalid}), Grade::invalid);
  EXPECT_EQ(worst({Grade::confirmed, Grade::inconclusive}), Grade::inconclusive);
}

TEST(WorstGrade, IsConfirmedOnlyIfAllAre) {
  EXPECT_EQ(worst({Grade::confirmed, Grade::confirmed}), Grade::confirmed);
}

TEST(GradeOfAll, OneFaultOfAnyReviewCounts) {
  const FiledReview fine = review_with({ReviewFault::none});
  EXPECT_EQ(grade_of_all({fine, fine}), Grade::confirmed);
  EXPECT_EQ(grade_of_all({fine, review_with({ReviewFault::none, ReviewFault::gone})}), Grade::refuted);
}

TEST(GradeOfAll, ReviewsWithoutItemsShowNothing) {
  EXPECT_EQ(grade_of_all({review_with({})}), Grade::inconclusive);
}

}  // namespace review_grades_tests
}  // namespace assay::adversary
