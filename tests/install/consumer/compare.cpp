// A stranger's program: two of its functions against each other, one of which does half as much.
#include <assay/compare.hpp>
#include <cstdio>

namespace {

double sum_to(int last) {
  double sum = 0;
  for (int number = 1; number <= last; ++number) {
    sum += 1.0 / number;
    assay::do_not_optimize(sum);
  }
  return sum;
}

}  // namespace

int main() {
  const auto result = assay::compare([] { return sum_to(2000); }, [] { return sum_to(1000); },
                                     {.control = "whole", .treatment = "half", .margin = assay::Percent{5}});
  std::puts(assay::sentence(result).c_str());
  return result.verdict() == assay::Verdict::improved ? 0 : 1;
}
