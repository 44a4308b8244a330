// Plays challenges of claims that are true, inflated or empty, and prints how they are graded on each noise.
//   grading_study [--traces DIR] [--challenges N] [--threads N]
// Without --traces on the built-in noises. Exits with 1 if an inflated claim is confirmed, or a true one refuted, more
// often than docs/methods/claims.md allows.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/adversary/confirmation.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::adversary {
namespace {

constexpr double kAlpha = 0.05;
/// One side of a first challenge: the bound of confirming what is inflated.
constexpr double kSideLevel = 0.4 * kAlpha;
/// The bound of refuting what is true.
constexpr double kRefutingLevel = kRefutingShare * kSideLevel;

struct Options {
  std::string traces;
  int challenges = 2000;
  int threads = 2;
};

Options read_options(int count, char** words) {
  Options options;
  for (int word = 1; word + 1 < count; word += 2) {
    const std::string name = words[word];
    const std::string value = words[word + 1];
    int number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (name == "--traces") {
      options.traces = value;
    } else if (name == "--challenges" && number > 0) {
      options.challenges = number;
    } else if (name == "--threads" && number > 0) {
      options.threads = number;
    } else {
      throw Error(fmt::format("{} {}: expected --traces DIR, --challenges N or --threads N", name, value));
    }
  }
  if (count % 2 == 0) throw Error(fmt::format("{} has no value", words[count - 1]));
  return options;
}

struct NamedNoise {
  std::string name;
  planning::Noise noise;
  double largest_claim = 1200;
};

std::vector<NamedNoise> built_in_noises() {
  std::vector<NamedNoise> noises;
  for (std::size_t index = 0; index < EnumNames<planning::SyntheticNoise>::values.size(); ++index) {
    const auto kind = static_cast<planning::SyntheticNoise>(index);
    // A clock of 1 ms shows 30 ms divided by 1200 as nothing, which is no value.
    const double largest = kind == planning::SyntheticNoise::quantised ? 4 : 1200;
    noises.push_back({std::string(to_string(kind)), planning::synthetic_noise(kind), largest});
  }
  return noises;
}

std::vector<NamedNoise> recorded_noises(const std::string& folder) {
  std::vector<NamedNoise> noises;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    const std::string text = host::read_file(entry.path());
    const bool has_groups = text.substr(0, text.find('\n')).find("vm_id") != std::string::npos;
    const interop::TraceColumns columns =
        has_groups ? interop::TraceColumns{"value", "vm_id"} : interop::TraceColumns{"wall_ns", std::nullopt};
    noises.push_back({entry.path().stem().string(),
                      planning::trace_noise(interop::read_trace_csv(text, entry.path().string(), columns))});
  }
  std::sort(noises.begin(), noises.end(),
            [](const NamedNoise& left, const NamedNoise& right) { return left.name < right.name; });
  return noises;
}

/// What is claimed, what is true, and how many blocks there may be.
struct Scene {
  double claimed = 0;
  double truth = 0;
  int cap = 30;
};

GradeShares played(const NamedNoise& noise, const Scene& scene, const Options& options) {
  const ChallengePlay play{.claimed = scene.claimed,
                           .truth = scene.truth,
                           .direction = Direction::lower,
                           .alpha = challenge_alpha(kAlpha, 1),
                           .cap = scene.cap,
                           .noise = noise.noise,
                           .seed = Seed(2026)};
  return play_challenges(play, {.challenges = options.challenges, .threads = options.threads});
}

double flagged(const GradeShares& shares) {
  return shares.exaggerated + shares.refuted;
}

/// The largest shares over claims of all sizes.
struct Errors {
  double inflated_confirmed = 0;
  double true_refuted = 0;
};

Errors errors_on(const NamedNoise& noise, const Options& options) {
  constexpr std::array kClaims = {1.02, 1.1, 1.5, 4.0, 20.0, 1200.0};
  constexpr int kCap = 60;
  Errors errors;
  for (const double claimed : kClaims) {
    if (claimed > noise.largest_claim) continue;
    const double just_below = confirming_ratio(claimed) * (1 - 1e-9);
    errors.inflated_confirmed =
        std::max(errors.inflated_confirmed, played(noise, {claimed, just_below, kCap}, options).confirmed);
    errors.true_refuted = std::max(errors.true_refuted, played(noise, {claimed, claimed, kCap}, options).refuted);
  }
  return errors;
}

/// The largest of so many shares that chance leaves below a bound, but once in a thousand tables: the bound with
/// standard errors enough for all of them (Bonferroni).
double allowed(double bound, int challenges) {
  constexpr double kStandardErrors = 4.2;  // the normal quantile of 1 - 0.001 / 80
  return bound + kStandardErrors * std::sqrt(bound * (1 - bound) / challenges);
}

int print_table(const Options& options) {
  fmt::print(
      "| noise | 4x true: confirmed by 30 | 4x claimed, 3x true: flagged by 10 | by 30 | 1.10x claimed, 1.00x "
      "true: refuted by 30 | inflated confirmed, at most | true refuted, at most |\n|---|---|---|---|---|---|---|\n");
  bool keeps = true;
  for (const NamedNoise& noise : options.traces.empty() ? built_in_noises() : recorded_noises(options.traces)) {
    const Errors errors = errors_on(noise, options);
    keeps = keeps && errors.inflated_confirmed <= allowed(kSideLevel, options.challenges) &&
            errors.true_refuted <= allowed(kRefutingLevel, options.challenges);
    fmt::print("| {} | {:.1f} % | {:.1f} % | {:.1f} % | {:.1f} % | {:.2f} % | {:.2f} % |\n", noise.name,
               100 * played(noise, {4, 4, 30}, options).confirmed, 100 * flagged(played(noise, {4, 3, 10}, options)),
               100 * flagged(played(noise, {4, 3, 30}, options)), 100 * played(noise, {1.1, 1, 30}, options).refuted,
               100 * errors.inflated_confirmed, 100 * errors.true_refuted);
    std::fflush(stdout);
  }
  return keeps ? 0 : 1;
}

}  // namespace
}  // namespace assay::adversary

int main(int count, char** words) try {
  return assay::adversary::print_table(assay::adversary::read_options(count, words));
} catch (const assay::Error& error) {
  std::fprintf(stderr, "grading_study: %s\n", error.what());
  return 1;
}
