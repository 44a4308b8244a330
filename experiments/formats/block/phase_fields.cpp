#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/object.hpp"

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
          .if_set<&PhaseTime::alone_beside>("alone_beside_ns",
                                            "`alone_ns` if spans that do not say whether they are parts of each other "
                                            "went on beside each other; `alone_ns` takes them for parts")
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

}  // namespace assay::formats
