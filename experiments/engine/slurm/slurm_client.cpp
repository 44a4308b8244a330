#include "experiments/engine/slurm/slurm_client.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/text/trimmed.hpp"

namespace assay::engine {
namespace {

/// A call takes some 10 ms; while the controller is down, 9 s.
constexpr nanoseconds kCallTimeout = std::chrono::seconds(60);
constexpr std::size_t kMostQueue = std::size_t{1} << 26;
constexpr std::size_t kMostMessage = 4096;
/// MaxArraySize of a site that does not set it.
constexpr std::size_t kDefaultArray = 1001;

bool is_well(const host::ProcessResult& result) {
  const auto* const exited = std::get_if<Exited>(&result.ending);
  return exited != nullptr && exited->code == 0;
}

std::string first_line_of(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void add_if_given(Argv& words, std::string_view option, const std::string& value) {
  if (!value.empty()) words.push_back(fmt::format("{}={}", option, value));
}

}  // namespace

Argv sbatch_words(const SubmissionWords& given) {
  const ClusterOptions& options = given.options;
  Argv words = {"sbatch",
                "--parsable",
                "--job-name=" + given.generation.job_name,
                fmt::format("--array=0-{}", given.generation.orders.size() - 1),
                "--exclusive",
                "--no-requeue",
                "--nodes=1",
                "--ntasks=1",
                "--chdir=/",
                fmt::format("--output={}/%x_%a.log", given.log_folder)};
  add_if_given(words, "--partition", options.partition);
  add_if_given(words, "--account", options.account);
  add_if_given(words, "--time", options.time);
  add_if_given(words, "--constraint", options.constraint);
  add_if_given(words, "--nodelist", options.node_list);
  add_if_given(words, "--gres", options.generic_resources);
  if (!given.excluded.empty()) words.push_back(fmt::format("--exclude={}", fmt::join(given.excluded, ",")));
  words.insert(words.end(), options.arguments.begin(), options.arguments.end());
  words.insert(words.end(), given.script.begin(), given.script.end());
  return words;
}

SlurmClient::SlurmClient() : environment_(host::caller_environment()) {
  try {
    if (is_well(run({"sbatch", "--version"}))) return;
  } catch (const Error&) {
    // It cannot be started; the message below says what to do.
  }
  throw Error(
      "--engine slurm: there is no working sbatch in PATH: run this on a node from which jobs are submitted, with "
      "Slurm's commands installed");
}

host::ProcessResult SlurmClient::run(Argv words) {
  host::ProcessRequest request;
  request.argv = std::move(words);
  request.environment = environment_;
  request.working_directory = "/";
  request.standard_output = host::Captured{kMostQueue};
  request.standard_error = host::Captured{kMostMessage};
  request.timeout = kCallTimeout;
  return launcher_.run(request);
}

SubmissionEnd SlurmClient::submit(const Argv& words) {
  const host::ProcessResult result = run(words);
  if (is_well(result)) return Submitted{};
  const std::string said = first_line_of(result.standard_error.text);
  return NotSubmitted{said.empty() ? "sbatch failed without a message" : said};
}

std::optional<std::vector<QueueRow>> SlurmClient::queue(const std::vector<std::string>& job_names) {
  if (job_names.empty()) return std::vector<QueueRow>{};
  const host::ProcessResult result =
      run({"squeue", "--noheader", "--array", "--states=all", fmt::format("--name={}", fmt::join(job_names, ",")), "-O",
           std::string(kQueueFields)});
  // A list that was cut off would show tasks as gone.
  if (!is_well(result) || result.standard_output.bytes > result.standard_output.text.size()) return std::nullopt;
  return parse_queue(result.standard_output.text);
}

void SlurmClient::cancel(const QueueRow& row) {
  (void)run({"scancel", "--quiet", "--name=" + row.job_name, fmt::format("{}_{}", row.array_id, row.task)});
}

std::size_t SlurmClient::largest_array() {
  const host::ProcessResult result = run({"scontrol", "show", "config"});
  const auto text = configured_value(result.standard_output.text, "MaxArraySize");
  std::size_t size = kDefaultArray;
  if (text) std::from_chars(text->data(), text->data() + text->size(), size);
  // Indices go up to one less than MaxArraySize; a site that allows no arrays says 0.
  if (size < 2) throw Error("--engine slurm: this cluster allows no job arrays (MaxArraySize)");
  return size;
}

}  // namespace assay::engine
