// Plays other ways to test against the engine's own, and prints one table: what each errs and what it costs.
//   candidate_study [--traces DIR] [--trials N] [--threads N] [--only NAME]
// Without --traces on the built-in and the recorded noises. See docs/methods/candidates.md.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "experiments/planning/simulation/trace.hpp"
#include "stats/parallel.hpp"
#include "tests/calibration/candidates/play.hpp"

namespace assay::candidates {
namespace {

constexpr Seed kSeed{2026};

struct Options {
  std::string traces;
  std::string only;
  int trials = 1000;
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
    } else if (name == "--only") {
      options.only = value;
    } else if (name == "--trials" && number > 0) {
      options.trials = number;
    } else if (name == "--threads" && number > 0) {
      options.threads = number;
    } else {
      throw Error(fmt::format("{} {}: expected --traces DIR, --trials N, --threads N or --only NAME", name, value));
    }
  }
  if (count % 2 == 0) throw Error(fmt::format("{} has no value", words[count - 1]));
  return options;
}

NamedNoise recorded(const std::filesystem::path& file, const interop::TraceColumns& columns, Direction direction) {
  planning::Trace trace = interop::read_trace_csv(host::read_file(file), file.string(), columns);
  return {file.filename().string(), planning::trace_noise(std::move(trace)), direction};
}

std::vector<NamedNoise> own_noises() {
  std::vector<NamedNoise> noises;
  for (const std::string_view name : EnumNames<planning::SyntheticNoise>::values) {
    const auto kind = static_cast<planning::SyntheticNoise>(noises.size());
    noises.push_back({std::string(name), planning::synthetic_noise(kind)});
  }
  for (const char* name : {"true.csv", "gzip.csv", "python.csv"}) {
    noises.push_back(recorded(std::filesystem::path(ASSAY_NOISE_FOLDER) / name,
                              {.value = "wall_ns", .group = std::nullopt}, Direction::lower));
  }
  return noises;
}

std::vector<NamedNoise> given_traces(const std::string& folder) {
  std::vector<NamedNoise> noises;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_time = name.starts_with("launch_program") || name.starts_with("mlc_idle");
    if (entry.path().extension() != ".csv") continue;
    noises.push_back(
        recorded(entry.path(), {.value = "value", .group = "vm_id"}, is_time ? Direction::lower : Direction::higher));
  }
  std::ranges::sort(noises, {}, &NamedNoise::name);
  return noises;
}

/// Seeds differ from noise to noise: cells that share coins would err together, and could not be pooled.
std::vector<Tally> tally(const std::vector<Candidate>& candidates, const NamedNoise& noise, std::size_t index,
                         const Options& options) {
  const Question question;
  const auto trials = static_cast<std::size_t>(options.trials);
  std::vector<std::vector<Tally>> each(trials);
  stats::in_parallel(trials, options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t trial = begin; trial < end; ++trial) {
      each[trial] = play(candidates, noise, question, kSeed.derive(Stream::simulation, index), static_cast<int>(trial));
    }
  });
  std::vector<Tally> all(candidates.size());
  for (const std::vector<Tally>& one : each) {
    for (std::size_t candidate = 0; candidate < all.size(); ++candidate) all[candidate] += one[candidate];
  }
  return all;
}

struct Row {
  Tally all;
  double worst = 0;  ///< the highest rate of (a) on any noise
};

double percent(int count, int of) {
  return 100.0 * count / of;
}

std::string row_text(const std::string& name, const Row& row) {
  const Tally& all = row.all;
  const auto found = [&](const Verdicts& verdicts) {
    return fmt::format("{:.1f} ({:.1f})", percent(verdicts.better, all.attempts), verdicts.blocks / all.attempts);
  };
  const Verdicts& none = all.without_effect.half;
  return fmt::format("| {} | {:.2f} ({:.1f}) | {:.2f} | {:.2f} | {:.2f} | {:.1f} ({:.1f}) | {} | {} | {} |", name,
                     percent(all.differences, all.attempts), row.worst, percent(all.beyond_kappa_margin, all.attempts),
                     percent(all.equivalent, all.attempts), percent(none.better + none.worse, all.attempts),
                     percent(none.equivalent, all.attempts), none.blocks / all.attempts, found(all.usual_gain.half),
                     found(all.large_gain.half), found(all.usual_gain.zero));
}

void run(const Options& options) {
  const std::vector<NamedNoise> noises = options.traces.empty() ? own_noises() : given_traces(options.traces);
  if (noises.empty()) throw Error(fmt::format("--traces {}: no file there ends with .csv", options.traces));
  std::vector<Candidate> candidates = all_candidates(Question{}.cap);
  if (!options.only.empty()) {
    std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.name != options.only; });
    if (candidates.empty()) throw Error(fmt::format("--only {}: no candidate is called that", options.only));
  }
  std::vector<Row> rows(candidates.size());
  for (std::size_t index = 0; index < noises.size(); ++index) {
    const std::vector<Tally> tallies = tally(candidates, noises[index], index, options);
    for (std::size_t candidate = 0; candidate < rows.size(); ++candidate) {
      const Tally& one = tallies[candidate];
      rows[candidate].all += one;
      rows[candidate].worst = std::max(rows[candidate].worst, percent(one.differences, one.attempts));
    }
  }
  fmt::print(
      "| candidate | (a) 5 % (worst noise) | (b) 2.5 % | (c) 5 % | (d) false | equivalent (blocks) | +5 % (blocks) | "
      "+10 % (blocks) | +5 % at kappa 0 (blocks) |\n|---|---|---|---|---|---|---|---|---|\n");
  for (std::size_t candidate = 0; candidate < rows.size(); ++candidate) {
    fmt::print("{}\n", row_text(candidates[candidate].name, rows[candidate]));
  }
  fmt::print("\n{} noises, {} trials of each.\n", noises.size(), options.trials);
}

}  // namespace
}  // namespace assay::candidates

int main(int count, char** words) {
  try {
    assay::candidates::run(assay::candidates::read_options(count, words));
    return 0;
  } catch (const assay::Error& error) {
    fmt::print(stderr, "candidate_study: {}\n", error.what());
    return 1;
  }
}
