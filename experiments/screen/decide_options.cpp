#include "experiments/screen/decide_options.hpp"

#include "core/error.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

CommandLine decide_command_line(DecideOptions& options) {
  CommandLine line(
      {.name = "decide",
       .synopsis = "",
       .about = "Records what people have to decide, and what they decided; accepts a finding that holds back a keep; "
                "records that a revision holds a kept change, or holds it no more. `assay status` and DECISIONS.md "
                "show open questions until they are closed, and what became of each kept change.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
       .examples = {"assay decide --open 'Which cache?' --option local --option shared --owner ada",
                    "assay decide --close 12 --choose shared --evidence 7 --why 'hits 94 %'",
                    "assay decide --accept 9 --why 'the flag means something else in this tool'",
                    "assay decide --accept 9:1 --why 'the removed sleep is the change'",
                    "assay decide --adopt 7 --commit HEAD", "assay decide --adopt 8 --commit HEAD --in deploy.conf",
                    "assay decide --revert 7 --commit HEAD", "assay decide --done fast-deploy"}});
  line.begin_group("To ask");
  line.option("open", {"QUESTION", "what is to be decided"}, into(options.open));
  line.option("option", {"TEXT", "a possible answer; two or more"}, into(options.options));
  line.option("owner", {"NAME", "who is to decide"}, into(options.owner));
  line.option("due", {"DATE", "the day by which it is due, such as 2030-01-31"}, into(options.due));
  line.begin_group("To answer");
  line.option("close", {"RECORD", "the question's record: a number, a name or digits of its hash"},
              into(options.close));
  line.option("choose", {"TEXT", "one of its options"}, into(options.choose));
  line.option("evidence", {"RECORD", "a record that the answer rests on; may be given several times"},
              into(options.evidence));
  line.option("why", {"TEXT", "why this one, or why it may be kept"}, into(options.why));
  line.begin_group("To accept");
  line.option(
      "accept",
      {"RECORD",
       "an attempt whose keep is held back because it is near another question, or because the change alters "
       "what checks it; or a finding of a challenge, such as 9:2, which counts once it is signed by another than the "
       "claimant. --why says why it is kept all the same"},
      into(options.accept));
  line.begin_group("To adopt");
  line.option("adopt",
              {"RECORD",
               "an attempt that was kept: a revision holds its change now. A patch or revision has to apply to it in "
               "reverse, a file to be treatment's, and any other level to be in the file that --in names"},
              into(options.adopt));
  line.option("revert", {"RECORD", "an attempt: the revision does not hold its change, or holds it no more"},
              into(options.revert));
  line.option("commit", {"REVISION", "the revision to look into"}, into(options.commit));
  line.option("in", {"FILE", "the file that says the level, such as a script or a configuration"},
              into(options.in_file));
  line.begin_group("To finish");
  line.option("done",
              {"MILESTONE",
               "a milestone of milestones.toml, beside .assay/: every criterion has to hold now, and another actor has "
               "to have confirmed it with a signature in the last 24 h; else exit code 5 with what is missing"},
              into(options.done));
  line.begin_group("Options");
  add_actor_option(line, options.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

void check_options(const DecideOptions& options) {
  const bool changes = options.adopt || options.revert;
  const int asked = (options.open ? 1 : 0) + (options.close ? 1 : 0) + (options.accept ? 1 : 0) +
                    (options.adopt ? 1 : 0) + (options.revert ? 1 : 0) + (options.done ? 1 : 0);
  if (asked != 1) {
    throw Error(
        "decide: say one of --open QUESTION, --close RECORD, --accept RECORD, --adopt RECORD, --revert RECORD and "
        "--done MILESTONE");
  }
  const bool answers = options.choose || !options.evidence.empty();
  if (!options.close && answers) throw Error("--choose and --evidence belong to --close");
  if ((options.open || options.done) && options.why) {
    throw Error("--why belongs to --close, --accept, --adopt and --revert");
  }
  const bool asks = !options.options.empty() || options.owner || options.due;
  if (!options.open && asks) throw Error("--option, --owner and --due belong to --open");
  if (!changes && (options.commit || options.in_file)) throw Error("--commit and --in belong to --adopt and --revert");
  if (changes && !options.commit) throw Error("--commit is missing: say which revision to look into, such as HEAD");
}

}  // namespace assay::screen
