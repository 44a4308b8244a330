// Plays challenges of claims that are true, inflated or empty, and prints how they are graded on each noise.
//   grading_study [--traces DIR] [--challenges N] [--threads N]
// --traces is by default $ASSAY_TRACES; if it is empty, the built-in noises are played. Exits with 1 if a bound of
// docs/methods/claims.md is broken: on every noise the two error rates, and on traces also the means of what is found.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "tests/calibration/grading/noises.hpp"
#include "tests/calibration/grading/scenes.hpp"

namespace assay::adversary {
namespace {

/// From so many challenges a trace on, the bounds are asked of the figures as they are.
constexpr int kInFull = 2000;

struct Options {
  std::string traces;
  Amount amount;
};

Options read_options(int count, char** words) {
  Options options;
  if (const char* folder = std::getenv("ASSAY_TRACES")) options.traces = folder;
  for (int word = 1; word + 1 < count; word += 2) {
    const std::string name = words[word];
    const std::string value = words[word + 1];
    int number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (name == "--traces") {
      options.traces = value;
    } else if (name == "--challenges" && number > 0) {
      options.amount.challenges = number;
    } else if (name == "--threads" && number > 0) {
      options.amount.threads = number;
    } else {
      throw Error(fmt::format("{} {}: expected --traces DIR, --challenges N or --threads N", name, value));
    }
  }
  if (count % 2 == 0) throw Error(fmt::format("{} has no value", words[count - 1]));
  return options;
}

/// A column of the table, and the least mean over the traces; 0: none is asked.
struct Column {
  const char* title;
  std::function<double(const NoiseRow&)> share;
  double least_mean = 0;
};

const std::vector<Column>& columns() {
  static const std::vector<Column> all = {
      {"4x true: confirmed by 30", [](const NoiseRow& row) { return row.true_confirmed; }, 0.92},
      {"4x claimed, 3x true: flagged by 10", [](const NoiseRow& row) { return row.flagged_by_10; }, 0.92},
      {"by 30", [](const NoiseRow& row) { return row.flagged_by_30; }, 0.99},
      {"1.10x claimed, 1.00x true: refuted by 30", [](const NoiseRow& row) { return row.refuted; }, 0.90},
      {"with a planted 3 %", [](const NoiseRow& row) { return row.refuted_with_plant; }},
      {"1.05x true, claimed at the near end: confirmed by 60",
       [](const NoiseRow& row) { return row.near_end_by_60.confirmed; }, 0.80},
      {"of the rest inconclusive", [](const NoiseRow& row) { return row.near_end_by_60.inconclusive_of_rest; }, 0.95},
      {"confirmed by 120", [](const NoiseRow& row) { return row.near_end_by_120.confirmed; }, 0.88},
      {"of the rest inconclusive", [](const NoiseRow& row) { return row.near_end_by_120.inconclusive_of_rest; }, 0.95},
  };
  return all;
}

/// Keeps what is broken, and says it at the end.
class Bounds {
 public:
  explicit Bounds(int challenges) : challenges_(challenges) {}

  void at_most(const std::string& what, double share, double bound) {
    if (share > bound) broken_.push_back(fmt::format("{}: {:.2f} %, at most {:.2f} %", what, 100 * share, 100 * bound));
  }
  void at_least(const std::string& what, double share, double bound) {
    if (share < bound)
      broken_.push_back(fmt::format("{}: {:.1f} %, at least {:.1f} %", what, 100 * share, 100 * bound));
  }
  /// In full, the bound and two standard errors for what is confirmed, and the bound itself for what is refuted. With
  /// fewer challenges, what chance leaves below a bound but once in a thousand tables (Bonferroni).
  [[nodiscard]] double confirmed_bound() const { return kSideLevel + errors(challenges_ < kInFull ? 4.2 : 2); }
  [[nodiscard]] double refuted_bound() const {
    return challenges_ < kInFull ? kTrueRefuted + 4.2 * deviation(kTrueRefuted) : kTrueRefuted;
  }
  [[nodiscard]] int report() const {
    for (const std::string& line : broken_) fmt::print("broken: {}\n", line);
    return broken_.empty() ? 0 : 1;
  }

 private:
  [[nodiscard]] double deviation(double share) const { return std::sqrt(share * (1 - share) / challenges_); }
  [[nodiscard]] double errors(double count) const { return count * deviation(kSideLevel); }

  int challenges_;
  std::vector<std::string> broken_;
};

void print_head() {
  std::string titles = "| noise |";
  std::string rule = "|---|";
  for (const Column& column : columns()) {
    titles += fmt::format(" {} |", column.title);
    rule += "---|";
  }
  fmt::print("{} inflated confirmed, at most | true refuted, at most |\n{}---|---|\n", titles, rule);
}

void print_row(const std::string& name, const std::vector<double>& shares, double confirmed, double refuted) {
  fmt::print("| {} |", name);
  for (const double share : shares) fmt::print(" {:.1f} % |", 100 * share);
  fmt::print(" {:.2f} % | {:.2f} % |\n", 100 * confirmed, 100 * refuted);
  std::fflush(stdout);
}

std::vector<double> shares_of(const NoiseRow& row) {
  std::vector<double> shares;
  for (const Column& column : columns()) shares.push_back(column.share(row));
  return shares;
}

/// The means over all traces, with their bounds, and the worst of each column.
void print_means(const std::vector<NoiseRow>& rows, Bounds& bounds) {
  const auto count = static_cast<double>(rows.size());
  std::vector<double> means(columns().size());
  std::vector<double> worst(columns().size(), 1);
  double confirmed = 0;
  double refuted = 0;
  double most_confirmed = 0;
  double most_refuted = 0;
  for (const NoiseRow& row : rows) {
    const std::vector<double> shares = shares_of(row);
    for (std::size_t index = 0; index < shares.size(); ++index) {
      means[index] += shares[index] / count;
      worst[index] = std::min(worst[index], shares[index]);
    }
    confirmed += row.inflated_confirmed / count;
    refuted += row.true_refuted / count;
    most_confirmed = std::max(most_confirmed, row.inflated_confirmed);
    most_refuted = std::max(most_refuted, row.true_refuted);
  }
  print_row("mean", means, confirmed, refuted);
  print_row("worst", worst, most_confirmed, most_refuted);
  for (std::size_t index = 0; index < means.size(); ++index) {
    bounds.at_least(fmt::format("mean of \"{}\"", columns()[index].title), means[index], columns()[index].least_mean);
  }
}

int print_table(const Options& options) {
  const bool has_traces = !options.traces.empty();
  Bounds bounds(options.amount.challenges);
  std::vector<NoiseRow> rows;
  print_head();
  for (const NamedNoise& noise : has_traces ? recorded_noises(options.traces) : built_in_noises()) {
    const NoiseRow row = row_on(noise, options.amount);
    print_row(noise.name, shares_of(row), row.inflated_confirmed, row.true_refuted);
    bounds.at_most(noise.name + ", inflated confirmed", row.inflated_confirmed, bounds.confirmed_bound());
    bounds.at_most(noise.name + ", true refuted", row.true_refuted, bounds.refuted_bound());
    rows.push_back(row);
  }
  if (has_traces) print_means(rows, bounds);
  return bounds.report();
}

}  // namespace
}  // namespace assay::adversary

int main(int count, char** words) try {
  return assay::adversary::print_table(assay::adversary::read_options(count, words));
} catch (const assay::Error& error) {
  std::fprintf(stderr, "grading_study: %s\n", error.what());
  return 1;
}
