// A stranger's program: judges effects of its own with the installed library.
#include <assay/stats.hpp>
#include <cstdio>
#include <vector>

int main() {
  assay::stats::SequentialDesign design;
  design.looks = {12};
  design.margin = 0.03;
  assay::stats::SequentialTest test(design);
  const std::vector<double> effects = {-0.10, -0.11, -0.09, -0.12, -0.08, -0.10,
                                       -0.13, -0.07, -0.10, -0.10, -0.11, -0.09};
  const assay::stats::Look look = test.look(effects);
  std::printf("estimate %.2f, negative: %s\n", look.estimate, look.below_zero ? "shown" : "not shown");

  const auto once = assay::stats::signed_rank_test(effects, assay::stats::Alternative::two_sided);
  std::printf("p %.4f\n", once.p);
  return look.below_zero && once.p < 0.05 ? 0 : 1;
}
