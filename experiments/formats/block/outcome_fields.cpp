#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/object.hpp"

namespace assay::formats {
template <>
const Description& description_of<Measured>() {
  static const Description description = Object<Measured>("`measured` outcome");
  return description;
}

template <>
const Description& description_of<Exited>() {
  static const Description description =
      Object<Exited>("`exited` outcome").always<&Exited::code>("code", "the exit code");
  return description;
}

template <>
const Description& description_of<Killed>() {
  static const Description description = Object<Killed>("`killed` outcome")
                                             .always<&Killed::signal>("signal", "the signal's number")
                                             .always<&Killed::core_dumped>("core_dumped", "true if it left a core");
  return description;
}

template <>
const Description& description_of<TimedOut>() {
  static const Description description =
      Object<TimedOut>("`timed-out` outcome").always<&TimedOut::limit>("limit_ns", "the time that it had");
  return description;
}

template <>
const Description& description_of<CheckFailed>() {
  static const Description description =
      Object<CheckFailed>("`check-failed` outcome")
          .always<&CheckFailed::check, MachineTextCodec>("check", "the check or metric that failed")
          .always<&CheckFailed::detail, MachineTextCodec>("detail", "what was wrong, in words")
          .unless_default<&CheckFailed::is_unmeasured>("is_unmeasured",
                                                       "true: it is the primary metric, which could not be read");
  return description;
}

template <>
const Description& description_of<HookFailed>() {
  static const Description description =
      Object<HookFailed>("`hook-failed` outcome")
          .always<&HookFailed::hook, MachineTextCodec>("hook", "the hook that failed")
          .always<&HookFailed::detail, MachineTextCodec>("detail", "what was wrong, in words");
  return description;
}

template <>
const Description& description_of<StateUnproven>() {
  static const Description description =
      Object<StateUnproven>("`state-unproven` outcome")
          .always<&StateUnproven::detail, MachineTextCodec>("detail", "what was wrong, in words");
  return description;
}

template <>
const Description& description_of<Outcome>() {
  static const Description description =
      Object<Outcome>("outcome").kinds("kind", "how the trial ended", "is not an outcome");
  return description;
}

}  // namespace assay::formats
