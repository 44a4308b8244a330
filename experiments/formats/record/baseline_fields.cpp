#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/record/record_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<PhaseUse>() {
  static const Description description =
      Object<PhaseUse>("phase use")
          .always<&PhaseUse::open>("open_ns", "the lengths of its spans, added up")
          .always<&PhaseUse::cpu>("cpu_ns", "time of processors; those of several at once add up")
          .if_set<&PhaseUse::io>("io_ns", "in which it waited for storage")
          .if_set<&PhaseUse::memory>("memory_ns", "in which it waited for memory");
  return description;
}

template <>
const Description& description_of<PhaseTime>() {
  static const Description description =
      Object<PhaseTime>("phase")
          .always<&PhaseTime::name>("name", "that of its spans")
          .always<&PhaseTime::spans>("spans", "their number")
          .always<&PhaseTime::self>("self_ns",
                                    "in which no other span was open within them; phases that run at once "
                                    "share it")
          .always<&PhaseTime::total>("total_ns", "in which at least one of them was open")
          .unless_default<&PhaseTime::alone>("alone_ns", "of `total_ns`: in which nothing went on outside of them")
          .if_set<&PhaseTime::use>("use", "what the kernel counted meanwhile, if all of its spans report it");
  return description;
}

template <>
const Description& description_of<PhaseTimes>() {
  static const Description description =
      Object<PhaseTimes>("phase times")
          .always<&PhaseTimes::phases>("phases", "in byte order of their names")
          .always<&PhaseTimes::rest>("rest_ns", "wall time in which no span was open")
          .unless_default<&PhaseTimes::refused>("refused", "the number of lines and spans that are none")
          .unless_default<&PhaseTimes::objections>("objections", "why the first few of them were refused");
  return description;
}

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
