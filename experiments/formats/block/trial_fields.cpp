#include "experiments/formats/block/trial_fields.hpp"

#include "core/record/trial_notes.hpp"
#include "experiments/formats/object.hpp"

namespace assay::formats {

/// A start and its value as a pair: keys would take more room than both.
template <>
struct Codec<ValueFromStart> {
  static void write(const ValueFromStart& value, CanonicalWriter& writer) {
    writer.begin_array();
    writer.value(value.start);
    writer.value(value.value);
    writer.end_array();
  }
  static void read(const Field& field, ValueFromStart& value) {
    const std::vector<Field> parts = field.elements();
    if (parts.size() != 2) field.fail("expected a start and its value");
    value = {parts[0].count(), parts[1].number()};
  }
  static Form form() { return Form::pair_of(Form::integer(), Form::number()); }
};

namespace {

void check_series(const SteadySeries& series, const Field& field) {
  if (series.values.empty()) field.fail("expected a value from some start on");
}

using MachineTexts = ListCodec<std::string, MachineTextCodec>;

/// A trial's notes are words in a block, also those for which a trial has fields of their own.
struct NotesCodec {
  static void write(const Trial& trial, CanonicalWriter& writer) { MachineTexts::write(notes_in_words(trial), writer); }
  static void read(const Field& field, Trial& trial) { read_notes(field.texts(), trial); }
  static Form form() { return MachineTexts::form(); }
};
bool has_notes(const Trial& trial) {
  return !notes_in_words(trial).empty();
}

}  // namespace

template <>
const Description& description_of<Usage>() {
  static const Description description =
      Object<Usage>("usage")
          .always<&Usage::wall>("wall_ns", "wall time")
          .always<&Usage::user>("user_ns", "CPU time in user mode")
          .always<&Usage::system>("system_ns", "CPU time in the kernel")
          .always<&Usage::max_rss>("max_rss_bytes", "the most memory that its largest process had")
          .if_set<&Usage::memory_peak>("memory_peak_bytes", "the most memory that all its processes had together")
          .unless_default<&Usage::minor_faults>("minor_faults", "page faults without reading")
          .unless_default<&Usage::major_faults>("major_faults", "page faults that read from disk")
          .unless_default<&Usage::blocks_read>("blocks_read", "blocks of 512 bytes read")
          .unless_default<&Usage::blocks_written>("blocks_written", "blocks of 512 bytes written")
          .unless_default<&Usage::voluntary_switches>("voluntary_switches", "context switches when it waited")
          .unless_default<&Usage::involuntary_switches>("involuntary_switches", "context switches when others ran")
          .if_set<&Usage::disk_growth>("disk_growth_bytes",
                                       "by which the file systems grew meanwhile, at the peak; left out if that was "
                                       "not asked for or is shared with others")
          .unless_default<&Usage::oom_kills>("oom_kills",
                                             "processes of its own that the kernel killed because memory ran out")
          .if_set<&Usage::instructions>("instructions", "executed in user space, if a metric asks for them")
          .if_set<&Usage::cycles>("cycles", "of the CPUs in user space, if a metric asks for them")
          .if_set<&Usage::branch_misses>("branch_misses", "branches in user space that the CPU predicted wrongly")
          .if_set<&Usage::cache_misses>("cache_misses", "accesses in user space that the last cache could not answer");
  return description;
}

template <>
const Description& description_of<OutsideClock>() {
  static const Description description =
      Object<OutsideClock>("outside")
          .unless_default<&OutsideClock::prepare>("prepare_ns", "wall time of the prepare hooks")
          .unless_default<&OutsideClock::prepare_cpu>("prepare_cpu_ns", "CPU time of the prepare hooks")
          .unless_default<&OutsideClock::after>("after_ns", "from its end to the end of its checks and metrics")
          .unless_default<&OutsideClock::conclude>("conclude_ns", "wall time of the conclude hooks")
          .unless_default<&OutsideClock::conclude_cpu>("conclude_cpu_ns", "CPU time of the conclude hooks")
          .unless_default<&OutsideClock::survived>("survived_ns", "how long processes that it left running lived on")
          .unless_default<&OutsideClock::services>("services_cpu_ns", "CPU time of what setups left running, meanwhile")
          .unless_default<&OutsideClock::stops>("stops", "how often a signal stopped it, or the launcher meanwhile")
          .unless_default<&OutsideClock::failed_concludes>(
              "failed_concludes",
              "how often its conclude hooks failed; 1: run once more, they "
              "were well");
  return description;
}

template <>
const Description& description_of<Strain>() {
  static const Description description =
      Object<Strain>("strain")
          .if_set<&Strain::load>("load", "1-minute load average at the start")
          .if_set<&Strain::cpu_stalled>("cpu_stalled_ns", "time in which some process waited for a CPU")
          .if_set<&Strain::io_stalled>("io_stalled_ns", "time in which some process waited for input or output")
          .if_set<&Strain::memory_stalled>("memory_stalled_ns", "time in which some process waited for memory")
          .if_set<&Strain::stolen>("stolen_ns", "time that the hypervisor took, of all CPUs together")
          .if_set<&Strain::machine_cpu>("machine_cpu_ns",
                                        "CPU time of everything that ran on the machine, the trial included")
          .unless_default<&Strain::memory_full_stalled>("memory_full_stalled_ns",
                                                        "time in which every process waited for memory")
          .unless_default<&Strain::swapped>("swapped_bytes", "written to and read from swap")
          .unless_default<&Strain::oom_kills>("oom_kills", "processes that the kernel killed because memory ran out");
  return description;
}

template <>
const Description& description_of<SteadySeries>() {
  static const Description description =
      Object<SteadySeries>("series")
          .always<&SteadySeries::metric>("metric", "index into the plan's metrics")
          .always<&SteadySeries::series_class>("class", "how the iterations' values go on")
          .always<&SteadySeries::iterations>("iterations", "their number")
          .always<&SteadySeries::steady_from>("steady_from", "iterations before the steady state")
          .always<&SteadySeries::values>("from", "starts, each with the value of all iterations from there on")
          .checked<check_series>();
  return description;
}

template <>
const Description& description_of<Trial>() {
  static const Description description =
      Object<Trial>("trial")
          .always<&Trial::arm>("arm", "index into the variable's levels; 0 is control")
          .always<&Trial::outcome>("outcome", "how it ended")
          .always<&Trial::usage>("usage", "what the kernel counted")
          .always<&Trial::strain>("strain", "what strained the machine meanwhile, as far as the kernel reports it")
          .always<&Trial::values>("values", "one for each metric of the plan, in its unit; null: it has none")
          .unless_default<&Trial::steady>("steady", "one for each metric that counts only the steady state")
          .if_set<&Trial::exit_code>("exit_code", "of a measured trial, if several codes count as success")
          .if_set<&Trial::cpu>("cpu", "the CPU that it was bound to, in a duet")
          .unless_default<&Trial::outside>("outside", "what happened around it and is in no metric")
          .if_set<&Trial::phases>("phases", "what it reported of its phases, if its spans were read")
          .from_whole_if<NotesCodec, has_notes>("notes", "what it left running, and the like, in words")
          .unless_default<&Trial::flaky_tests, MachineTexts>("flaky_tests", "tests that passed only when run again")
          .unless_default<&Trial::failed_tests, MachineTexts>(
              "failed_tests", "tests that made a test-inventory check fail by failing; at most 100");
  return description;
}

template <>
const Description& description_of<BrokenOff>() {
  static const Description description =
      Object<BrokenOff>("broken_off")
          .always<&BrokenOff::running>("running", "the arms whose trials were running; empty: between two trials");
  return description;
}

template <>
const Description& description_of<Block>() {
  static const Description description =
      Object<Block>("block")
          .always<&Block::cell>("cell", "workload and state, counted from 0 as the plan lists them")
          .always<&Block::number>("number", "counts from 1 within the cell")
          .always<&Block::rerun>("rerun", "how often this number was started before")
          .always<&Block::started_ns>("started_ns", "Unix time")
          .always<&Block::padding>("padding", "bytes of environment padding, the same for every arm")
          .always<&Block::trials>("trials", "in the order in which they ran; in a duet, in the order of their CPUs")
          .if_set<&Block::broken_off>("broken_off",
                                      "if it was broken off after a trial of it had started; its trials are those that "
                                      "had ended")
          .unless_default<&Block::losses>(
              "losses",
              "how often a block of this number was lost before; tests take it at its worst "
              "([lost-blocks.md](../methods/lost-blocks.md))")
          .unless_default<&Block::node>(
              "node", "the node of a cluster, or the machine, that it ran on; left out if one machine ran all blocks")
          .unless_default<&Block::beside>(
              "beside",
              "the cells that ran side by side with it ([side-by-side.md](../methods/side-by-side.md)); left out if it "
              "ran alone");
  return description;
}

}  // namespace assay::formats
