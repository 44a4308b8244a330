#include "experiments/engine/slurm/spool_fields.hpp"

#include "experiments/formats/object.hpp"

namespace assay::formats {

using engine::Claim;
using engine::Generation;
using engine::TaskFailure;
using engine::TaskProgress;
using engine::TaskResult;

template <>
const Description& description_of<BlockOrder>() {
  static const Description description =
      Object<BlockOrder>("order of a block")
          .always<&BlockOrder::cell>("cell", "workload and state, counted from 0 as the plan lists them")
          .always<&BlockOrder::number>("number", "counts from 1 within the cell")
          .always<&BlockOrder::rerun>("rerun", "how often this number was started before")
          .always<&BlockOrder::padding>("padding", "bytes of environment padding, the same for every arm")
          .always<&BlockOrder::arms>("arms", "in the order in which to run them");
  return description;
}

template <>
const Description& description_of<Generation>() {
  static const Description description =
      Object<Generation>("generation")
          .always<&Generation::number>("number", "counts the job arrays of the attempt")
          .always<&Generation::job_name>("job_name", "by which the cluster knows the array")
          .always<&Generation::orders>("orders", "one for each task, by its index in the array")
          .unless_default<&Generation::mixed_cpus>("mixed_cpus", "whether processors may be of different models");
  return description;
}

template <>
const Description& description_of<Claim>() {
  static const Description description =
      Object<Claim>("claim")
          .always<&Claim::claimant>("claimant", "who made the file first; `task`: its first trial is about to start")
          .unless_default<&Claim::node>("node", "of the task")
          .if_set<&Claim::block>("block", "of the task: the block as it would be if it were broken off now");
  return description;
}

template <>
const Description& description_of<TaskProgress>() {
  static const Description description =
      Object<TaskProgress>("progress of a task")
          .always<&TaskProgress::node>("node", "that it runs on")
          .always<&TaskProgress::step>("step", "what begins")
          .always<&TaskProgress::allowed>("allowed_ns", "after so long without another file the task counts as lost")
          .if_set<&TaskProgress::block>("block", "the block as it would be if it were broken off now");
  return description;
}

template <>
const Description& description_of<TaskResult>() {
  static const Description description =
      Object<TaskResult>("result of a task")
          .always<&TaskResult::plan_sha256>("plan_sha256", "of the plan that the block belongs to")
          .always<&TaskResult::generation>("generation", "of the task")
          .always<&TaskResult::node>("node", "that it ran on")
          .always<&TaskResult::block>("block", "what it measured")
          .unless_default<&TaskResult::notes>("notes", "what a reader of the result should know")
          .unless_default<&TaskResult::intruders>("intruders", "what differs between the arms and was not declared")
          .unless_default<&TaskResult::held>("held_ns", "how long the task held its node");
  return description;
}

template <>
const Description& description_of<TaskFailure>() {
  static const Description description =
      Object<TaskFailure>("failure of a task")
          .always<&TaskFailure::plan_sha256>("plan_sha256", "of the plan that the block belongs to")
          .always<&TaskFailure::generation>("generation", "of the task")
          .always<&TaskFailure::node>("node", "that it ran on")
          .always<&TaskFailure::message>("message", "why it could not run the block")
          .always<&TaskFailure::kind>("kind", "which exit code it gives")
          .unless_default<&TaskFailure::is_final>("final", "whether another node would say the same");
  return description;
}

}  // namespace assay::formats
