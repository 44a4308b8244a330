#include "tests/unit/record/sample_record.hpp"

#include "core/host/files/digest.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/formats/plan/plan_json.hpp"

namespace assay::record {
namespace {

constexpr std::int64_t kStart = 1'772'373'959'000'000'000;
constexpr int kBlocks = 12;

Plan sample_plan() {
  Plan plan;
  plan.id = "sort-locale";
  plan.hypothesis = "LC_ALL=C makes sort faster";
  plan.variable = {
      VariableKind::env, "LC_ALL", {{"control", EnvironmentLevel{}}, {"treatment", EnvironmentLevel{"C"}}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "sort";
  plan.workloads[0].command = {"sort", "words.txt"};
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  plan.protocol.max_blocks = kBlocks;
  plan.folder = "/srv/lab";
  plan.environment = {{"PATH", "/usr/bin:/bin"}};
  plan.seed = Seed(1234);
  return plan;
}

Trial sample_trial(ArmIndex arm, int block) {
  // A spread of a few percent that differs between the blocks, and a fifth less in treatment.
  const auto control_wall = nanoseconds(1'000'000'000 + 7'000'000 * (block * 5 % 11));
  Trial trial;
  trial.arm = arm;
  trial.usage.wall = arm == kControl ? control_wall : control_wall * 4 / 5;
  trial.usage.max_rss = Bytes{2'000'000};
  trial.values = {static_cast<double>(trial.usage.wall.count()) / 1e9};
  return trial;
}

Block sample_block(const Plan& plan, int number, int rerun) {
  const BlockOrder order = design::block_order(plan, 0, number, rerun);
  Block block{.cell = 0,
              .number = number,
              .rerun = rerun,
              .started_ns = kStart + number * 3'000'000'000,
              .padding = order.padding,
              .trials = {}};
  for (const ArmIndex arm : order.arms) block.trials.push_back(sample_trial(arm, number));
  return block;
}

/// Everything but what differs between the samples.
Record make_sample() {
  Record record;
  record.program_version = "0.1.0";
  record.created_ns = kStart;
  record.actor = "ada@example.org";
  record.plan = sample_plan();
  record.plan_sha256 = host::sha256(formats::plan_json(record.plan));
  record.machine = {.hostname = "bench1",
                    .boot_id = "a7586f01-234e-4f66-ada8-9c3b4a1e44b1",
                    .kernel = "Linux 6.1.0 x86_64",
                    .cpu_model = "Example CPU",
                    .cpu_count = 2,
                    .memory_bytes = 25'276'502'016,
                    .governor = "",
                    .virtualisation = "kvm",
                    .aslr = "full",
                    .limits = {{"cpus", "1.5"}}};
  record.interruptions_ns = {kStart + 10'000'000'000};

  decide::AttemptAnalysis analysis(record.plan);
  Block lost = sample_block(record.plan, 3, 0);
  lost.trials[1].outcome = HookFailed{"prepare", "exited 1"};
  lost.trials[1].values = {std::nullopt};
  for (int number = 1; number <= kBlocks && !analysis.finished(); ++number) {
    if (number == lost.number) {
      record.blocks.push_back(lost);
      analysis.add(lost);
    }
    record.blocks.push_back(sample_block(record.plan, number, number == lost.number ? 1 : 0));
    analysis.add(record.blocks.back());
  }
  record.result = analysis.result();
  return record;
}

}  // namespace

Record sample_record() {
  static const Record sample = make_sample();
  return sample;
}

Record sample_record_of(const std::string& experiment, std::int64_t created_ns) {
  Record record = sample_record();
  record.created_ns = created_ns;
  record.plan.id = experiment;
  record.plan_sha256 = host::sha256(formats::plan_json(record.plan));
  return record;
}

}  // namespace assay::record
