#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {

namespace {

/// A value that looks secret is never written down.
struct PublicSetCodec {
  static void write(const Workload& workload, CanonicalWriter& writer) {
    std::map<std::string, std::string> shown = workload.set;
    for (const auto& [name, hash] : workload.set_hmac) shown.erase(name);
    Codec<std::map<std::string, std::string>>::write(shown, writer);
  }
  static void read(const Field& field, Workload& workload) { workload.set = field.text_by_name(); }
  static Form form() { return Codec<std::map<std::string, std::string>>::form(); }
};

}  // namespace

template <>
const Description& description_of<Hooks>() {
  static const Description description =
      Object<Hooks>("hooks")
          .always<&Hooks::setup>("setup", "run once per arm, before its first trial; empty: nothing is run")
          .unless_default<&Hooks::setup_per>("setup_per", "`trial`: setup is run before each trial, and cleanup after")
          .always<&Hooks::prepare>("prepare", "run before every trial")
          .always<&Hooks::conclude>("conclude", "run after every trial")
          .always<&Hooks::cleanup>("cleanup", "run once per arm, after its last trial");
  return description;
}

template <>
const Description& description_of<Limits>() {
  static const Description description =
      Object<Limits>("limits")
          .always<&Limits::cpus>("cpus", "the CPUs that a trial may use; empty: those of the caller")
          .if_set<&Limits::nice>("nice", "the nice value, from -20 to 19")
          .if_set<&Limits::memory>("memory_bytes", "the most address space that a process may have")
          .if_set<&Limits::open_files>("open_files", "the most files that a process may have open");
  return description;
}

template <>
const Description& description_of<Workload>() {
  static const Description description =
      Object<Workload>("workload")
          .always<&Workload::name>("name", "what people call it; unique in the plan")
          .always<&Workload::command>("command", "program and arguments; `{NAME}` stands for an argument variable")
          .always<&Workload::hooks>("hooks", "commands around trials, outside the clock")
          .always<&Workload::working_directory>("working_directory", "relative to `folder`; empty: `folder` itself")
          .always<&Workload::standard_input>("standard_input", "a file; empty: /dev/null")
          .always<&Workload::standard_output>("standard_output", "where standard output goes")
          .always<&Workload::output_file>("output_file", "the file for standard output, if it goes to one")
          .always<&Workload::timeout>("timeout_ns", "a trial that takes longer is ended and has failed")
          .always<&Workload::grace>("grace_ns", "time between SIGTERM and SIGKILL")
          .always<&Workload::success_codes>("success_codes",
                                            "exit codes that count as measured; empty: all but 126 and 127, no program")
          .always<&Workload::environment>("environment", "where a trial's environment comes from")
          .always<&Workload::pass>("pass", "names that a clean environment lets through")
          .from_whole<PublicSetCodec>("set", "variables that are set in both arms")
          .unless_default<&Workload::set_hmac>("set_hmac",
                                               "HMAC-SHA-256 of `NAME=value` under the lab's key for each of these "
                                               "variables whose value is not written down")
          .always<&Workload::results>("results", "the file that metrics are read from; empty: standard output")
          .unless_default<&Workload::spans>("spans", "the JSON pointer of the spans in `results`")
          .always<&Workload::inputs>("inputs", "globs of files that must be the same in both arms")
          .unless_default<&Workload::inputs_from>("inputs_from", "how to make inputs that are in no commit")
          .always<&Workload::limits>("limits", "what a trial may spend")
          .always<&Workload::weight>("weight", "declared needs, which are shown and recorded")
          .always<&Workload::states>("states", "names of the states in which it is tried");
  return description;
}

}  // namespace assay::formats
