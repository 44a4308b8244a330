#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/record/import.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::cli {
namespace {

struct ImportOptions {
  std::string folder;
  OutputOptions output;
};

CommandLine command_line(ImportOptions& options) {
  CommandLine line(
      {.name = "import",
       .synopsis = "DIR",
       .about =
           "Takes records that were made elsewhere, such as in CI, into the lab. Each is computed again from its "
           "samples, and what it rests on must be here or come with it. Files are copied byte for byte, so hashes and "
           "signatures keep their meaning; the public keys of that lab come with them, and are to be committed only if "
           "you know whose they are. Nothing is taken if anything is wrong. Writes DECISIONS.md, REVIEW.md and "
           "docs/perf anew.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::invalid},
                     {{ExitCode::invalid, "invalid: a record or the chain does not verify; nothing was imported"}}),
       .examples = {"assay import artifacts/.assay", "assay import ../ci-lab --json"}});
  line.word({"DIR", "a lab, its .assay, or a folder with the files of records"}, into(options.folder), Occurs::once);
  add_output_options(line, options.output);
  return line;
}

std::string signing_text(const record::ForeignSigning& signing) {
  std::string text;
  if (!signing.signatures.empty() || signing.known > 0) {
    text += fmt::format("{} imported, {} already here\n",
                        report::count_text(static_cast<int>(signing.signatures.size()), "signature"), signing.known);
  }
  if (signing.without_key > 0) {
    text += fmt::format("left out {} whose keys are in no .assay/keys/ that was named\n",
                        report::count_text(static_cast<int>(signing.without_key), "signature"));
  }
  for (const record::ForeignKey& key : signing.keys) {
    text += fmt::format("imported the key {}, said to be that of {}: commit it only if you know so\n",
                        std::filesystem::path(key.path).filename().string(), printable(key.owner));
  }
  return text;
}

std::string import_text(const record::Import& import) {
  std::string text;
  for (const std::string& name : import.taken) text += fmt::format("imported {}\n", name);
  text += fmt::format("{} imported, {} already here\n",
                      report::count_text(static_cast<int>(import.taken.size()), "record"), import.known);
  text += signing_text(import.signing);
  if (import.bookkeeping + import.known_bookkeeping == 0) return text;
  // Openings say which attempts were begun, and closings which of them ended without a record.
  return text + fmt::format("openings and closings of attempts: {} imported, {} already here\n", import.bookkeeping,
                            import.known_bookkeeping);
}

}  // namespace

ExitCode command_import(const Arguments& arguments) {
  ImportOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const record::Lab lab = lab_here();
  const record::Import import = record::import_records(lab, host::absolute_path(options.folder));
  (void)record::render_decisions(lab);
  (void)record::render_review(lab);
  if (options.output.json) {
    print_json({{"schema_version", 1},
                {"command", "import"},
                {"imported", import.taken},
                {"openings", import.bookkeeping},
                {"already_here", import.known},
                {"openings_already_here", import.known_bookkeeping},
                {"signatures", import.signing.signatures.size()},
                {"signatures_already_here", import.signing.known},
                {"signatures_without_key", import.signing.without_key},
                {"keys", import.signing.keys.size()}});
  } else {
    print_output(import_text(import));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
