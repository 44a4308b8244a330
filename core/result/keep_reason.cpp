#include "core/result/keep_reason.hpp"

#include <array>

namespace assay {
namespace {

constexpr std::array kReasons = {
    KeepReason{DecisionReason::equivalent, "the effect is shown to lie within the margin",
               "at most `alpha_equivalence` where the effect is as large as the margin",
               "none: the change is not worth its place"},
    KeepReason{DecisionReason::worse, "treatment is shown to be worse",
               "at most half of the attempt's alpha where there is no effect",
               "improve the change: it is then another treatment"},
    KeepReason{DecisionReason::broken, "treatment fails, or a check fails in it, where control does not",
               "not bounded: one failed check in treatment is enough, and a flaky check in treatment alone, too",
               "fix the treatment"},
    KeepReason{DecisionReason::guard, "a guard is shown to be worse by more than its margin",
               "at most half of the attempt's alpha for each guard that does not change",
               "fix what the guard measures"},
    KeepReason{DecisionReason::confounded,
               "the arms differ in more than the variable, or a phase or metric that the change cannot touch moved by "
               "more than its margin",
               "none are known of the audit, which compares and estimates nothing; at most the attempt's alpha for all "
               "control phases and metrics together",
               "remove the difference that the audit or the note names"},
    KeepReason{DecisionReason::capped, "all attempts are spent and none decided",
               "as large as the chance that the effect is missed, which `assay plan` prints",
               "`assay reopen`, once an assumption has changed"},
    KeepReason{DecisionReason::inconclusive, "the blocks show neither an effect nor its absence",
               "as large as the chance that the effect is missed, which `assay plan` prints",
               "another attempt with more blocks or less noise"},
    KeepReason{DecisionReason::guard_open, "a guard is not yet shown to keep its margin",
               "as large as the chance that these blocks do not show the guard's margin",
               "another attempt with more blocks, or a wider margin that `--allow` records"},
    KeepReason{DecisionReason::interrupted, "somebody closed the attempt before its end", "none: it is a decision",
               "another attempt"},
    KeepReason{DecisionReason::invalid,
               "the trial itself was not valid: hooks or state proofs failed, checks failed in control, or the "
               "variable did not act",
               "at most 0.2 % by voids that one arm has by chance; none otherwise",
               "fix what the verdict names; a check that failed in both arms may be changed without further ado"},
    KeepReason{DecisionReason::isolation, "a change that shares something awaits the challenge of its isolation",
               "none: it is a step that is left to do", "state an isolation check and let it be challenged"},
    KeepReason{
        DecisionReason::outside_clock,
        "treatment does more work outside the clock than control, by at least half of what it saves, or runs on "
        "control's CPU in a duet",
        "at most 0.3 % of simulated experiments whose arms do the same work there (methods/outside-the-clock.md)",
        "move the work into the clock, or out of the hooks; measure a program of several CPUs in another design"},
    KeepReason{DecisionReason::stopped_trials, "signals stopped trials of control, and not of treatment",
               "not measured: nothing but a signal stops a trial",
               "find who sends the signals, and run another attempt"},
    KeepReason{DecisionReason::near,
               "it is close to another question that was discarded or is open: the same files, the same levels and "
               "nearly the same command, or the same question under another environment's name",
               "not estimated: it compares plans and files; of two different commits it never speaks",
               "`assay decide --accept RECORD --why TEXT` says why it is another question"},
    KeepReason{DecisionReason::harness_changed,
               "the change alters a file that checks or hooks read, and control's version of it does not fail there",
               "not estimated: it occurs if a change alters its own tests or scripts along with the program",
               "`assay decide --accept RECORD --why TEXT`, once somebody has read what changed"},
    KeepReason{
        DecisionReason::unannounced_trials,
        "`--vigilant`: all three trials of an arm that nothing announced lie beyond everything that was measured "
        "of it, towards worse for treatment or better for control, by more than half of the effect",
        "at most 6 / ((n + 1)(n + 2)(n + 3)) after n blocks where a trial does not know whether it is measured, since "
        "these three would have to be the most extreme of all; by half of the effect nearly never",
        "find out what the program does when it is measured"},
    KeepReason{DecisionReason::lives_on_earlier_runs,
               "`--vigilant`: treatment's first warm-up was slower than all of its trials by more than half of the "
               "saving, and so "
               "is a first run in a fresh place",
               "not estimated: a cache that is meant to be filled is one, too",
               "declare the state as `cold`, or fill the cache in a setup of both arms"},
    KeepReason{DecisionReason::budget,
               "treatment took more memory or disk in some trial, or more CPUs in the median trial, than `[budget]` "
               "grants",
               "not estimated: it compares what was measured with a limit; one trial is enough for memory and disk",
               "take less, or run another attempt with a larger budget that `--allow` records"},
    KeepReason{DecisionReason::budget_untold,
               "treatment was not seen above `[budget]`, and what some of its trials took could not be measured",
               "as often as the machine does not report it, or others write to the same disk meanwhile",
               "run another attempt where it can be measured, or `assay decide --accept RECORD --why TEXT`"},
    KeepReason{DecisionReason::memory_pressure,
               "the kernel killed a process of treatment because memory ran out, and none of control; or the machine "
               "swapped or stood still for memory more often in treatment's trials",
               "0 for a kill that other processes do not cause; at most 1 % for swap and pressure that come by chance",
               "take less memory, or measure where there is more"},
};

}  // namespace

std::span<const KeepReason> keep_reasons() {
  return kReasons;
}

}  // namespace assay
