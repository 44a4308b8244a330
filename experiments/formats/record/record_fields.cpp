#include "experiments/formats/record/record_fields.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/envelope_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"
#include "experiments/formats/result/result_json.hpp"

namespace assay::formats {
namespace {

/// Effects are shown in percent or in the metric's unit, and cells by name: a result is read with its plan.
struct ResultCodec {
  static void write(const Record& record, CanonicalWriter& writer) {
    Codec<AttemptResult>::write(record.result, writer);
  }
  static void read(const Field& field, Record& record) { record.result = result_at(record.plan, field); }
  static Form form() { return Codec<AttemptResult>::form().in_words("object"); }
};

}  // namespace

template <>
const Description& description_of<Machine>() {
  static const Description description =
      Object<Machine>("machine")
          .always<&Machine::hostname, MachineTextCodec>("hostname", "the machine's name")
          .always<&Machine::boot_id, MachineTextCodec>("boot_id", "changes with every start of the machine")
          .always<&Machine::kernel, MachineTextCodec>("kernel", "name, release and architecture")
          .always<&Machine::cpu_model, MachineTextCodec>("cpu_model", "the model's name")
          .always<&Machine::cpu_count>("cpu_count", "CPUs that assay may use")
          .always<&Machine::memory_bytes>("memory_bytes", "all of the machine's memory")
          .always<&Machine::governor, MachineTextCodec>("governor", "of the first CPU's frequency")
          .always<&Machine::virtualisation, MachineTextCodec>("virtualisation", "`kvm`, `none`, ...")
          .always<&Machine::aslr, MachineTextCodec>("aslr", "how addresses are randomised")
          .unless_default<&Machine::image, MachineTextCodec>(
              "image", "what its software comes from: the image that a CI names, else `debian-12`, ...")
          .always<&Machine::limits, MapCodec<std::string, MachineTextCodec>>(
              "limits",
              "of the control groups, the tightest up to the root: `cpus` of time, `memory_bytes`, "
              "`cpu_set`");
  return description;
}

template <>
const Description& description_of<Record>() {
  static const Description description = [] {
    Object<Record> object("record");
    return Description(
        add_envelope(object)
            .always<&Record::plan_sha256>("plan_sha256",
                                          "SHA-256 of the plan's canonical JSON, which was in the "
                                          "journal before the first trial")
            .always<&Record::plan>("plan", "everything that was fixed before the first trial: see [plan.md](plan.md)")
            .always<&Record::machine>("machine", "what the kernel reported; an empty text: it did not")
            .unless_default<&Record::revision>("revision",
                                               "the commit of the experiment's repository when the last session began")
            .unless_default<&Record::has_other_changes>(
                "other_changes", "true: tracked files differed from `revision`; what assay renders does not count")
            .always<&Record::interruptions_ns>("interruptions_ns", "when the attempt was taken up again after a stop")
            .always<&Record::blocks>("blocks", "all blocks in the order in which they ended, also void ones")
            .from_whole<ResultCodec>("result",
                                     "verdict, decision, effects, checks, diagnostics: see "
                                     "[result.md](result.md)"));
  }();
  return description;
}

}  // namespace assay::formats
