#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "core/enum_names.hpp"
#include "core/host/files/files.hpp"
#include "experiments/attempt/worker.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

struct WorkerOptions {
  attempt::WorkerTask task;
  int index = 0;
};

CommandLine command_line(WorkerOptions& options) {
  CommandLine line({.name = "worker",
                    .synopsis = "",
                    .about = "Runs one block of an attempt on a node of a cluster and hands it in. The jobs that "
                             "\"assay run --engine slurm\" submits call it; nobody else needs to.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::interrupted}),
                    .examples = {"assay worker --spool /shared/spool/0123456789abcdef --plan SHA256 --generation 1 "
                                 "--task 0"}});
  constexpr int kMost = std::numeric_limits<int>::max();
  line.option("spool", {"DIR", "the attempt's folder on a file system that all nodes share"}, into(options.task.spool));
  line.option("plan", {"SHA256", "digest of the plan that the folder must hold"}, into(options.task.plan_sha256));
  line.option("generation", {"N", "the job array that this task belongs to"},
              into(options.task.generation, {1, kMost}));
  line.option("task", {"N", "its index in the array"}, into(options.index, {0, kMost}));
  return line;
}

}  // namespace

ExitCode command_worker(const Arguments& arguments) {
  WorkerOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  if (options.task.spool.empty()) throw Error("--spool: name the attempt's folder; \"assay run\" gives it to its jobs");
  options.task.spool = host::absolute_path(options.task.spool);
  options.task.task = static_cast<std::size_t>(options.index);
  options.task.answer_to_signal = "assay worker: asked to stop\n";
  const attempt::WorkerEnd end = attempt::run_worker(options.task);
  print_output(fmt::format("assay worker: {}\n", to_string(end)));
  return end == attempt::WorkerEnd::stopped ? ExitCode::interrupted : ExitCode::ok;
}

}  // namespace assay::cli
