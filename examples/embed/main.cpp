// Which is faster: to sum a row of numbers in order, or to sum four parts of it side by side? Two functions of one
// program, compared in the protocol of `assay compare`.
#include <assay/compare.hpp>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace {

double sum_in_order(const std::vector<double>& numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number;
  return sum;
}

double sum_side_by_side(const std::vector<double>& numbers) {
  double sums[4] = {};
  for (std::size_t index = 0; index + 3 < numbers.size(); index += 4) {
    for (std::size_t part = 0; part < 4; ++part) sums[part] += numbers[index + part];
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

}  // namespace

int main() {
  const std::vector<double> numbers(4096, 0.1);

  const assay::FunctionComparison result =
      assay::compare([&] { return sum_in_order(numbers); }, [&] { return sum_side_by_side(numbers); },
                     {.control = "in order", .treatment = "side by side", .margin = assay::Percent{5}});

  std::puts(assay::sentence(result).c_str());
  if (result.effect()) {
    std::printf("change %+.1f %%, at least %+.1f %% and at most %+.1f %%; p = %.2g; %d blocks of %lld calls each\n",
                assay::percent_of_log_ratio(result.effect()->estimate),
                assay::percent_of_log_ratio(result.effect()->interval.low),
                assay::percent_of_log_ratio(result.effect()->interval.high), result.effect()->p.value_or(1),
                result.blocks(), static_cast<long long>(result.calls_per_trial));
  }
  return result.verdict() == assay::Verdict::regressed ? 2 : 0;
}
