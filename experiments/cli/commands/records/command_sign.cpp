#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

using record::Lab;
using record::SigningKey;

struct SignOptions {
  std::string which;
  bool new_key = false;
  std::optional<std::string> key;
  std::optional<std::string> actor;
  bool quiet = false;
};

CommandLine command_line(SignOptions& options) {
  CommandLine line({.name = "sign",
                    .synopsis = "[RECORD]",
                    .about =
                        "Signs a record with your Ed25519 key, in a file beside the record; `assay verify` checks it. "
                        "Commit the public key, which goes to .assay/keys/.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error}),
                    .examples = {"assay sign --new-key", "assay sign 7"}});
  line.word(
      {"RECORD", "its number, name, experiment (the newest record of it) or the first digits of its hash, at least 4"},
      into(options.which), Occurs::at_most_once);
  line.option("new-key", {"", "make a key that only you can read"}, into(options.new_key));
  line.option("key",
              {"FILE", "file of the secret key (default: $XDG_CONFIG_HOME/assay/signing-key.json, or in ~/.config)"},
              into(options.key));
  add_actor_option(line, options.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

/// Outside a lab a key can be made all the same: the first signature publishes it.
SigningKey make_key(const std::string& path, const std::string& actor, std::string& text) {
  SigningKey key = record::make_signing_key(path);
  text += fmt::format("made {}; keep it to yourself\n", path);
  if (const std::optional<Lab> lab = Lab::find(std::filesystem::current_path().string())) {
    record::publish_key(*lab, key, actor);
    text += fmt::format("its public key {} is in {}\n", key.public_key, lab->keys_folder());
  }
  return key;
}

void sign(const SignOptions& options, const SigningKey& key, const std::string& actor, std::string& text) {
  const Lab lab = lab_here();
  const record::RecordSummary record = record::find_summary(lab, options.which);
  record::publish_key(lab, key, actor);
  const record::Signature signature = record::sign_record(lab, record, key, actor);
  const bool is_allowance = record.kind == RecordKind::allowance;
  if (record::has_review_section(record) || is_allowance) record::render_review(lab);  // which says who signed
  record::renew_pipeline_documents(lab);  // whose claims count as verified if they are signed
  text += fmt::format("signed {}: {}\n", record.name, signature.file);
}

}  // namespace

ExitCode command_sign(const Arguments& arguments) {
  SignOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  if (!options.new_key && options.which.empty()) throw Error("sign: say which RECORD, or --new-key");
  const std::string path = options.key ? *options.key : record::default_key_path();
  const std::string actor = record::current_actor(options.actor);
  std::string text;
  if (!options.new_key && !std::filesystem::exists(path)) {
    throw Error(fmt::format("no key in {}: make one with: assay sign --new-key", path));
  }
  const SigningKey key = options.new_key ? make_key(path, actor, text) : record::read_signing_key(path);
  if (!options.which.empty()) sign(options, key, actor, text);
  if (!options.quiet) print_output(text);
  return ExitCode::ok;
}

}  // namespace assay::cli
