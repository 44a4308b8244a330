#include "experiments/screen/running/run_request.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay::screen {
namespace {

constexpr int kHighestPriority = 1000;
constexpr double kMostNodeHours = 1e6;

FilePriority read_priority(const std::string& text) {
  const std::size_t sign = text.rfind('=');
  FilePriority read;
  if (sign != std::string::npos) {
    read.file = text.substr(0, sign);
    const char* const end = text.data() + text.size();
    const auto [after, failure] = std::from_chars(text.data() + sign + 1, end, read.priority);
    const bool is_whole = failure == std::errc() && after == end;
    if (is_whole && !read.file.empty() && std::abs(read.priority) <= kHighestPriority) return read;
  }
  throw Error(fmt::format("\"{}\": expected FILE=NUMBER with a whole number from -{} to {}, such as urgent.toml=10",
                          printable(text), kHighestPriority, kHighestPriority));
}

ValueTarget into_priorities(std::vector<FilePriority>& target) {
  return {.arity = Arity::many,
          .take = [&target](const std::string& text) { target.push_back(read_priority(text)); },
          .default_text = {},
          .implied = {},
          .accepted = {}};
}

ValueTarget into_node_time(std::optional<nanoseconds>& target) {
  return {.arity = Arity::one,
          .take =
              [&target](const std::string& text) {
                double hours = 0;
                into(hours, {0, kMostNodeHours}).take(text);
                if (hours <= 0) throw Error("expected more than 0 node-hours");
                target = std::chrono::round<nanoseconds>(std::chrono::duration<double, std::ratio<3600>>(hours));
              },
          .default_text = {},
          .implied = {},
          .accepted = {}};
}

/// What a cluster was asked for, to be said again in advice.
Arguments cluster_words(const ClusterOptions& options) {
  Arguments words;
  const auto add = [&words](std::string_view option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {std::string(option), value});
  };
  add("--spool", options.spool);
  add("--partition", options.partition);
  add("--account", options.account);
  add("--time", options.time);
  add("--constraint", options.constraint);
  add("--nodelist", options.node_list);
  add("--gres", options.generic_resources);
  for (const std::string& word : options.arguments) words.push_back("--slurm-arg=" + word);
  if (options.mixed_cpus == MixedCpus::allowed) words.emplace_back("--mixed-cpus");
  return words;
}

}  // namespace

void add_queue_options(CommandLine& line, RunRequest& request) {
  line.option("priority",
              {"FILE=N",
               "submit the blocks of this FILE before those of files with a lower number (default 0); files with the "
               "same number take turns; may be given several times"},
              into_priorities(request.priorities));
  line.option("node-hours",
              {"H",
               "the time that all FILEs together may hold nodes: nothing more is submitted once it, with what is in "
               "flight, would be exceeded; the same command goes on"},
              into_node_time(request.node_time));
}

void check_queue_options(const RunRequest& request) {
  const bool is_on_cluster = request.overrides.engine == attempt::EngineName::slurm;
  if (!is_on_cluster && !request.priorities.empty()) {
    throw Error(
        "--priority: on one machine experiments run one after the other, in the order of the FILEs; it needs "
        "--engine slurm");
  }
  if (!is_on_cluster && request.node_time) throw Error("--node-hours: there are nodes only with --engine slurm");
  for (const FilePriority& one : request.priorities) {
    if (std::find(request.files.begin(), request.files.end(), one.file) != request.files.end()) continue;
    throw Error(fmt::format("--priority: \"{}\" is none of the FILEs that are run", printable(one.file)));
  }
}

int priority_of(const RunRequest& request, const std::string& file) {
  const auto found = std::find_if(request.priorities.rbegin(), request.priorities.rend(),
                                  [&file](const FilePriority& one) { return one.file == file; });
  return found == request.priorities.rend() ? 0 : found->priority;
}

Arguments words_for(const std::vector<std::string>& files, const RunRequest& request) {
  Arguments words = {"run"};
  if (request.overrides.engine != attempt::EngineName::local) {
    words.insert(words.end(), {"--engine", std::string(to_string(request.overrides.engine))});
  }
  if (request.overrides.seed) words.insert(words.end(), {"--seed", request.overrides.seed->to_string()});
  if (request.overrides.max_blocks) {
    words.insert(words.end(), {"--max-blocks", std::to_string(*request.overrides.max_blocks)});
  }
  if (request.overrides.vigilant) words.emplace_back("--vigilant");
  if (request.running.environment_name) {
    words.insert(words.end(), {"--environment", *request.running.environment_name});
  }
  if (request.running.futility == attempt::Futility::ignored) words.emplace_back("--no-futility");
  const Arguments cluster = cluster_words(request.running.cluster);
  words.insert(words.end(), cluster.begin(), cluster.end());
  for (const std::string& file : files) {
    const int priority = files.size() > 1 ? priority_of(request, file) : 0;
    if (priority != 0) words.insert(words.end(), {"--priority", fmt::format("{}={}", file, priority)});
  }
  words.insert(words.end(), files.begin(), files.end());
  return words;
}

}  // namespace assay::screen
