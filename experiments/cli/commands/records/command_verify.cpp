#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/suspicion/suspicion.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/verification/verification.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::cli {
namespace {

using adversary::Suspicion;
using record::Lab;
using record::Verification;
using record::VerificationScope;

struct VerifyOptions {
  std::optional<std::string> folder;
  std::optional<std::string> since;
  bool suspect = false;
  bool json = false;
  bool quiet = false;
};

CommandLine command_line(VerifyOptions& options) {
  CommandLine line(
      {.name = "verify",
       .synopsis = "[LAB]",
       .about =
           "Computes every figure of every record again from its samples, and checks that no record was changed or "
           "removed, that DECISIONS.md and docs/perf say what the records say, and that signatures are good. Names the "
           "first difference. With --suspect it also looks for marks of cherry-picking and of made-up numbers, which "
           "prove nothing by themselves; without one, only a challenge shows that numbers were measured.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::invalid},
                     {{ExitCode::worse, "with --suspect: marks of cherry-picking"},
                      {ExitCode::invalid, "invalid: a record, the chain, a signature or a document differs"}}),
       .examples = {"assay verify", "assay verify --since 2030-01-31 perf-lab", "assay verify --suspect"}});
  line.word({"LAB", "the folder that holds .assay/, or one below it (default: here)"}, into(options.folder),
            Occurs::at_most_once);
  line.option("since",
              {"N|DATE",
               "compute again only from this record's number, or from the first record of this day on, and what no "
               "later record names; the chain is checked whole"},
              into(options.since));
  line.option(
      "suspect",
      {"", "look for marks of cherry-picking, too, and say how unlikely each is by chance; exit 2 if there is one"},
      into(options.suspect));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  line.option("quiet,q", {"", "print nothing if all is well"}, into(options.quiet));
  return line;
}

Lab lab_meant(const VerifyOptions& options) {
  if (!options.folder) return lab_here();
  std::error_code ignored;
  if (!std::filesystem::is_directory(*options.folder, ignored)) {
    throw Error(fmt::format("{}: no such folder", *options.folder));
  }
  std::optional<Lab> lab = Lab::find(*options.folder);
  if (!lab) throw Error(fmt::format("no lab in {} or above it; assay init makes one", *options.folder));
  return *lab;
}

VerificationScope scope_of(const std::optional<std::string>& since) {
  VerificationScope scope;
  scope.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (!since) return scope;
  const bool is_number =
      !since->empty() && since->size() <= 9 &&
      std::all_of(since->begin(), since->end(), [](char digit) { return digit >= '0' && digit <= '9'; });
  if (is_number) {
    scope.since_number = std::stoi(*since);
    return scope;
  }
  try {
    scope.since_date = parse_date(*since);
  } catch (const Error&) {
    throw Error(fmt::format("--since: \"{}\" is neither a record's number nor a date such as 2030-01-31", *since));
  }
  return scope;
}

void refuse_number_beyond(const Lab& lab, const VerificationScope& scope) {
  if (!scope.since_number) return;
  int newest = 0;
  for (const record::RecordSummary& record : record::list_records(lab)) newest = std::max(newest, record.number);
  if (*scope.since_number > newest) {
    throw Error(fmt::format("--since {}: the newest record is {}", *scope.since_number, newest));
  }
}

nlohmann::json verification_json(const Lab& lab, const Verification& verification) {
  nlohmann::json difference = nullptr;
  nlohmann::json notes = nlohmann::json::array();
  for (const record::Difference& note : verification.notes) {
    notes.push_back({{"where", printable(note.where)}, {"what", printable(note.what)}});
  }
  if (verification.difference) {
    difference = {{"where", printable(verification.difference->where)},
                  {"what", printable(verification.difference->what)}};
  }
  return {{"schema_version", 1},
          {"command", "verify"},
          {"lab", lab.root()},
          {"verified", !verification.difference},
          {"records", verification.records},
          {"recomputed", verification.recomputed},
          {"sections", verification.sections},
          {"signatures", verification.signatures},
          {"notes", std::move(notes)},
          {"difference", std::move(difference)}};
}

/// A lab with a difference may hold a record that cannot be read; then the difference is what there is to say.
std::vector<Suspicion> marks_in(const Lab& lab, const Verification& verification) try {
  return adversary::suspicions_in(lab);
} catch (const Error&) {
  if (!verification.difference) throw;
  return {};
}

nlohmann::json marks_json(const std::vector<Suspicion>& marks) {
  nlohmann::json list = nlohmann::json::array();
  for (const Suspicion& mark : marks) {
    list.push_back({{"record", printable(mark.record)},
                    {"mark", to_string(mark.mark)},
                    {"what", printable(mark.what)},
                    {"chance", mark.chance ? nlohmann::json(*mark.chance) : nlohmann::json(nullptr)}});
  }
  return list;
}

std::string chance_text(const Suspicion& mark) {
  if (!mark.chance) return "no honest run does this";
  return fmt::format("by chance in at most 1 of {:.3g} honest records", 1 / *mark.chance);
}

std::string marks_text(const std::vector<Suspicion>& marks) {
  if (marks.empty()) {
    return "no marks of cherry-picking; only a challenge shows that numbers were measured (assay challenge)\n";
  }
  std::string text;
  for (const Suspicion& mark : marks) {
    text += fmt::format("{}: {}: {} ({})\n", printable(mark.record), to_string(mark.mark), printable(mark.what),
                        chance_text(mark));
  }
  return text + fmt::format("{} of cherry-picking; to settle it, measure again: assay challenge\n",
                            report::count_text(static_cast<int>(marks.size()), "mark"));
}

ExitCode exit_code_of(const Verification& verification, const std::vector<Suspicion>& marks) {
  if (verification.difference) return ExitCode::invalid;
  return marks.empty() ? ExitCode::ok : ExitCode::worse;
}

}  // namespace

ExitCode command_verify(const Arguments& arguments) {
  VerifyOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const VerificationScope scope = scope_of(options.since);
  const Lab lab = lab_meant(options);
  const Verification verification = record::verify_lab(lab, scope);
  if (!verification.difference) refuse_number_beyond(lab, scope);
  const std::vector<Suspicion> marks = options.suspect ? marks_in(lab, verification) : std::vector<Suspicion>{};
  if (options.json) {
    nlohmann::json document = verification_json(lab, verification);
    if (options.suspect) document["marks"] = marks_json(marks);
    print_json(document);
    return exit_code_of(verification, marks);
  }
  const bool tells_marks = options.suspect && (!marks.empty() || (!options.quiet && !verification.difference));
  if (tells_marks) print_output(marks_text(marks));
  if (verification.difference) {
    throw Error(fmt::format("{}: {}", verification.difference->where, verification.difference->what),
                ErrorKind::invalid);
  }
  for (const record::Difference& note : verification.notes) {
    print_remark(fmt::format("note: {}: {}", printable(note.where), printable(note.what)));
  }
  if (!options.quiet) {
    const auto count = [](std::size_t number, std::string_view what) {
      return report::count_text(static_cast<int>(number), what);
    };
    print_output(fmt::format("verified: {} ({} computed again), {} of DECISIONS.md, {}\n",
                             count(verification.records, "record"), verification.recomputed,
                             count(verification.sections, "section"), count(verification.signatures, "signature")));
  }
  return exit_code_of(verification, marks);
}

}  // namespace assay::cli
