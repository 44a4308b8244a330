#include "experiments/record/record_summary.hpp"

#include <algorithm>
#include <thread>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/plan.hpp"
#include "core/record/entry.hpp"
#include "core/record/record.hpp"
#include "core/result/no_better_level.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/codec.hpp"
#include "experiments/formats/field.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/formats/record/envelope.hpp"
#include "experiments/formats/record/record_fields.hpp"
#include "experiments/formats/record/without_blocks.hpp"
#include "experiments/formats/result/result_fields.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/ruling.hpp"
#include "stats/parallel.hpp"

namespace assay::record {
namespace {

using nlohmann::json;

json read_without_blocks(std::string_view text, const std::string& file) {
  try {
    return json::parse(formats::without_blocks(text));
  } catch (const json::exception&) {
    return formats::parse_json(text, file);  // which says where it goes wrong
  }
}

RecordSummary summary_of(const formats::Envelope& envelope, const std::string& name) {
  RecordSummary summary;
  summary.name = name;
  summary.kind = envelope.kind;
  summary.number = envelope.number;
  summary.created_ns = envelope.created_ns;
  summary.actor = envelope.actor;
  summary.git_identity = envelope.git_identity;
  summary.parents = envelope.parents;
  return summary;
}

/// What the plan of an attempt or an opening says.
void add_plan(const Plan& plan, RecordSummary& summary) {
  summary.attempt = plan.attempt;
  summary.attempts = plan.protocol.attempts;
  summary.alpha = plan.protocol.alpha;
  summary.exploratory = plan.exploratory;
  summary.simulated = plan.simulation.has_value();
  summary.experiment = plan.id;
  summary.environment_name = plan.environment_name;
  summary.questions = formats::question_outlines(plan);
}

void add_attempt(const json& document, RecordSummary& summary) {
  const formats::Field place(document);
  const formats::Field result = place.at("result");
  const Plan plan = formats::plan_at(place.at("plan"));
  summary.plan_sha256 = place.at("plan_sha256").text();
  summary.hypothesis_sha256 = host::sha256(formats::hypothesis_json(plan));
  add_plan(plan, summary);
  summary.targets = plan.targets;
  summary.changes = plan.changes;
  summary.hypothesis = plan.hypothesis;
  summary.machine = identity_of(formats::read_as<Machine>(place.at("machine")));
  summary.verdict = result.at("verdict").name_of<Verdict>();
  summary.decision = result.at("decision").name_of<Decision>();
  summary.reason = result.at("reason").name_of<DecisionReason>();
  if (const auto challenge = result.find("challenge")) summary.grade = challenge->at("grade").name_of<Grade>();
  if (const auto searches = result.find("searches"); searches && plan.rules > kOldestRules) {
    std::vector<LevelSearch> read;
    formats::Codec<std::vector<LevelSearch>>::read(*searches, read);
    summary.no_better_level = found_no_better_level(*summary.verdict, read);
  }
  const AuditResult audit = formats::read_as<AuditResult>(result.at("audit"));
  summary.contents = audit.contents;
  summary.programs = audit.programs;
  for (const Neighbour& neighbour : audit.neighbours) summary.near.push_back(neighbour.record);
}

/// What an entry is about, so far as a list needs it.
struct AddEntry {
  RecordSummary& summary;

  void operator()(const Reopening& reopening) const {
    summary.experiment = reopening.experiment;
    summary.hypothesis_sha256 = reopening.hypothesis_sha256;
    summary.reopens = reopening.ended_by;
    summary.environment_name = reopening.environment_name;
  }
  void operator()(const Relaxation& relaxation) const {
    summary.experiment = relaxation.experiment;
    summary.environment_name = relaxation.environment_name;
  }
  void operator()(const Restoration&) const {}
  void operator()(const Question&) const {}
  void operator()(const Answer&) const {}
  void operator()(const Claim& claim) const {
    summary.experiment = claim.experiment;
    summary.hypothesis_sha256 = claim.hypothesis_sha256;
    summary.environment_name = claim.environment_name;
  }
  void operator()(const Withdrawal&) const {}
  void operator()(const Opening& opening) const {
    add_plan(opening.plan, summary);
    summary.plan_sha256 = opening.plan_sha256;
    summary.hypothesis_sha256 = host::sha256(formats::hypothesis_json(opening.plan));
    summary.contents = opening.contents;
    summary.programs = opening.programs;
    summary.machine = identity_of(opening.machine);
  }
  void operator()(const Closing& closing) const {
    summary.experiment = closing.experiment;
    summary.hypothesis_sha256 = closing.hypothesis_sha256;
    summary.environment_name = closing.environment_name;
  }
  void operator()(const Acceptance& acceptance) const {
    summary.experiment = acceptance.experiment;
    summary.hypothesis_sha256 = acceptance.hypothesis_sha256;
    summary.environment_name = acceptance.environment_name;
  }
  void operator()(const AllowedFinding&) const {}
  void operator()(const ChallengeEntry& challenge) const { summary.environment_name = challenge.environment_name; }
  void operator()(const Baseline& baseline) const {
    summary.experiment = baseline.plan.id;
    summary.environment_name = baseline.plan.environment_name;
    summary.targets = baseline.plan.targets;
  }
  void operator()(const Adoption& adoption) const { add_change(adoption.of); }
  void operator()(const Reversion& reversion) const { add_change(reversion.of); }
  void operator()(const Gain& gain) const {
    summary.experiment = gain.experiment;
    summary.environment_name = gain.environment_name;
    summary.about = gain.record;
    summary.parts = gain.parts;
  }
  void operator()(const GateReport& gate) const { summary.environment_name = gate.environment_name; }
  void operator()(const MilestoneDone& done) const { summary.experiment = done.milestone.name; }
  void operator()(const Review& review) const {
    summary.environment_name = review.environment_name;
    summary.about = review.record;
  }

  void add_change(const ChangeInRevision& change) const {
    summary.experiment = change.experiment;
    summary.hypothesis_sha256 = change.hypothesis_sha256;
    summary.environment_name = change.environment_name;
    summary.about = change.record;
  }
};

void add_entry(const Entry& entry, RecordSummary& summary) {
  summary.hypothesis = report::entry_headline(entry);
  summary.settles = settled_by_this(entry.content);
  std::visit(AddEntry{summary}, entry.content);
}

RecordSummary read_summary(std::string_view text, const std::string& name) {
  const json document = read_without_blocks(text, name + ".json");
  try {
    const formats::Envelope envelope = formats::envelope_at(formats::Field(document));
    RecordSummary summary = summary_of(envelope, name);
    if (summary.kind == RecordKind::attempt) {
      add_attempt(document, summary);
    } else {
      add_entry(formats::entry_at(formats::Field(document)), summary);
    }
    summary.sha256 = host::sha256(text);
    return summary;
  } catch (const Error& error) {
    throw Error(fmt::format("{}.json is not a record: {}", name, error.what()), error.kind());
  }
}

/// A file is called after its record; with the first digits of its hash where git merged two of one name.
void check_name(const RecordSummary& summary) {
  const std::string own =
      record_name(summary.number, is_attempt(summary) ? summary.experiment : to_string(summary.kind));
  if (summary.name == own || summary.name == name_with_hash(own, summary.sha256)) return;
  throw Error(
      fmt::format("{}.json is not a record: the file holds the record {}: rename it to that", summary.name, own));
}

}  // namespace

MachineIdentity identity_of(const Machine& machine) {
  MachineIdentity identity{.boot_id = machine.boot_id, .description = {}};
  if (machine.hostname.empty() || machine.cpu_model.empty()) return identity;
  identity.description = fmt::format("{}, {}, {}", machine.hostname, machine.cpu_model, machine.memory_bytes);
  return identity;
}

bool is_bookkeeping(const RecordSummary& summary) {
  return summary.kind == RecordKind::opening || summary.kind == RecordKind::closing;
}

bool comes_before(const RecordSummary& left, const RecordSummary& right) {
  return std::tie(left.number, left.created_ns, left.name) < std::tie(right.number, right.created_ns, right.name);
}

bool is_attempt(const RecordSummary& summary) {
  return summary.kind == RecordKind::attempt;
}

std::optional<Decision> recorded_decision(const RecordSummary& summary) {
  return summary.grade ? std::nullopt : summary.decision;
}

std::string_view verdict_words(const RecordSummary& summary) {
  return summary.no_better_level ? report::kNoBetterLevel : name_or_empty(summary.verdict);
}

std::string_view decision_reason_words(const RecordSummary& summary) {
  return summary.no_better_level ? report::kNoBetterLevel : name_or_empty(summary.reason);
}

std::string ruling_words(const RecordSummary& summary) {
  const std::string ruling = fmt::format("{} -> {}", verdict_words(summary), name_or_empty(summary.decision));
  return summary.no_better_level ? ruling : fmt::format("{} ({})", ruling, name_or_empty(summary.reason));
}

std::string name_with_hash(std::string_view name, std::string_view sha256) {
  constexpr std::size_t kDigits = 8;
  return fmt::format("{}.{}", name, sha256.substr(0, kDigits));
}

bool holds_several_records(std::string_view text) {
  return text.starts_with("<<<<<<< ") || text.find("}\n{") != std::string_view::npos;
}

std::vector<std::string> names_of_maker(const RecordSummary& summary) {
  std::vector<std::string> names{summary.actor};
  if (!summary.git_identity.empty()) names.push_back(summary.git_identity);
  return names;
}

RecordSummary summarise(std::string_view record_text, const std::string& name) {
  if (holds_several_records(record_text)) {
    throw Error(
        fmt::format("{}.json holds several records, since git merged two of one name: put each into a file of "
                    "its own with: assay render",
                    name));
  }
  RecordSummary summary = read_summary(record_text, name);
  check_name(summary);
  return summary;
}

std::vector<SummaryOrError> summarise_files(const Lab& lab, const std::vector<std::string>& names) {
  std::vector<SummaryOrError> summaries(names.size());
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  stats::in_parallel(names.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t index = begin; index < end; ++index) {
      try {
        summaries[index] = summarise(read_record_file(lab, names[index]), names[index]);
      } catch (const Error& error) {
        summaries[index] = error;
      }
    }
  });
  return summaries;
}

}  // namespace assay::record
