#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/record/verification/verification.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

using record::Lab;
using record::Verification;
using record::VerificationScope;

struct VerifyOptions {
  std::optional<std::string> folder;
  std::optional<std::string> since;
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
           "first "
           "difference.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::invalid},
       .examples = {"assay verify", "assay verify --since 2030-01-31 perf-lab"}});
  line.word({"LAB", "the folder that holds .assay/, or one below it (default: here)"}, into(options.folder),
            Occurs::at_most_once);
  line.option("since",
              {"N|DATE",
               "compute again only from this record's number, or from the first record of this day on, and what no "
               "later record names; the chain is checked whole"},
              into(options.since));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  line.option("quiet,q", {"", "print nothing where all is well"}, into(options.quiet));
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

}  // namespace

ExitCode command_verify(const Arguments& arguments) {
  VerifyOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const VerificationScope scope = scope_of(options.since);
  const Lab lab = lab_meant(options);
  const Verification verification = record::verify_lab(lab, scope);
  if (options.json) {
    print_json(verification_json(lab, verification));
    return verification.difference ? ExitCode::invalid : ExitCode::ok;
  }
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
  return ExitCode::ok;
}

}  // namespace assay::cli
