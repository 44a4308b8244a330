#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/record/record_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<BaselineTrial>() {
  static const Description description =
      Object<BaselineTrial>("baseline trial")
          .always<&BaselineTrial::cell>("cell", "a workload in one state, counted from 0 in the plan's order")
          .always<&BaselineTrial::number>("number", "counts from 1 within the cell")
          .always<&BaselineTrial::rerun>("rerun", "how often this number was started before and came out void")
          .always<&BaselineTrial::started_ns>("started_ns", "Unix time")
          .always<&BaselineTrial::padding>("padding", "bytes of environment padding")
          .always<&BaselineTrial::trial>("trial", "as in a block")
          .always<&BaselineTrial::phases>("phases", "what it reported of its phases");
  return description;
}

template <>
const Description& description_of<Baseline>() {
  static const Description description =
      Object<Baseline>("baseline")
          .unless_default<&Baseline::replaces>("replaces", "SHA-256 of the baseline before, in the same environment")
          .unless_default<&Baseline::revision>("revision", "the commit of the experiment's repository")
          .unless_default<&Baseline::file>("file", "the experiment's file, from the lab's root")
          .always<&Baseline::runs>("runs", "trials of each cell that were asked for")
          .always<&Baseline::plan>("plan", "the experiment's plan; only its control arm was run")
          .always<&Baseline::machine>("machine", "what the kernel reported")
          .always<&Baseline::trials>("trials", "all of them, in the order in which they ended")
          .unless_default<&Baseline::changes>("changes", "what changed meanwhile, and should not have")
          .unless_default<&Baseline::notes>("notes", "what else a reader should know");
  return description;
}

}  // namespace assay::formats
