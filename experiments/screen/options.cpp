#include "experiments/screen/options.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/lab/environment_rules.hpp"

namespace assay::screen {
namespace {

std::string take_time_unit(const std::string& text) {
  // hyperfine's names beside the short ones.
  if (text == "us" || text == "microsecond") return "us";
  if (text == "ms" || text == "millisecond") return "ms";
  if (text == "s" || text == "second") return "s";
  throw Error(not_one_of(text, {"us", "ms", "s", "microsecond", "millisecond", "second"}));
}

Sidedness take_side(const std::string& text) {
  if (text == "faster" || text == "better") return Sidedness::expect_better;
  if (text == "slower" || text == "worse") return Sidedness::expect_worse;
  throw Error(not_one_of(text, {"faster", "slower", "better", "worse"}));
}

/// Also notes that the option was given.
ValueTarget noting(ValueTarget target, bool& given) {
  const auto take = target.take;
  target.take = [take, &given](const std::string& text) {
    take(text);
    given = true;
  };
  return target;
}

std::set<Shortfall> every_shortfall() {
  return {Shortfall::regressed, Shortfall::guard, Shortfall::equivalent, Shortfall::inconclusive, Shortfall::invalid};
}

std::set<Shortfall> read_shortfalls(std::string_view list) {
  std::set<Shortfall> shortfalls;
  if (list == "none") return shortfalls;
  if (list == "any") return every_shortfall();
  while (true) {
    const std::size_t comma = list.find(',');
    const std::string_view name = list.substr(0, comma);
    const std::optional<Shortfall> shortfall = parse_enum<Shortfall>(name);
    if (name == "any" || name == "none") throw Error(fmt::format("{} stands alone, without commas", name));
    if (!shortfall) {
      throw Error(not_one_of(name, {"regressed", "guard", "equivalent", "inconclusive", "invalid", "any", "none"}));
    }
    shortfalls.insert(*shortfall);
    if (comma == std::string_view::npos) return shortfalls;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

void add_actor_option(CommandLine& line, std::optional<std::string>& actor) {
  line.option("actor", {"NAME", "who acts (default $ASSAY_ACTOR, else git's user.email)"}, into(actor));
}

ValueTarget into_environment_name(std::optional<std::string>& target) {
  ValueTarget any = into(target);
  any.take = [&target](const std::string& text) {
    if (!definition::is_name_of_environment(text)) {
      throw Error(
          fmt::format(R"("{}" is no name of an environment: expected 1 to 64 letters, digits, ".", "_" and "-", )"
                      R"(for example "ci-large")",
                      printable(text)));
    }
    target = text;
  };
  return any;
}

namespace {

/// Not so often that squeue is all that the controller does.
ValueTarget into_poll(nanoseconds& target) {
  ValueTarget any = into(target);
  any.take = [&target, take = any.take](const std::string& text) {
    constexpr nanoseconds kShortest = std::chrono::milliseconds(100);
    take(text);
    if (target < kShortest) throw Error("expected at least 100 ms");
  };
  return any;
}

}  // namespace

void add_futility_option(CommandLine& line, attempt::Futility& futility) {
  line.option("no-futility", {"", "go on to the cap although more blocks would hardly decide anything"},
              {Arity::none, [&futility](const std::string&) { futility = attempt::Futility::ignored; }, ""});
}

void add_wait_option(CommandLine& line, std::optional<nanoseconds>& wait) {
  line.option("wait", {"TIME", "how long to wait while another measurement runs on this host; \"0 s\" refuses at once"},
              into(wait));
}

void add_cluster_options(CommandLine& line, ClusterOptions& options) {
  line.begin_group("Cluster, with --engine slurm");
  line.option("spool",
              {"DIR", "a folder that all nodes see under the same path (default: one in the lab, below .assay/tmp)"},
              into(options.spool));
  line.option("partition", {"NAME", "as sbatch's; the environment is then slurm-NAME, else slurm"},
              into(options.partition));
  line.option("account", {"NAME", "as sbatch's"}, into(options.account));
  line.option("time", {"TIME", "as sbatch's: the limit of one block, in minutes or as HH:MM:SS"}, into(options.time));
  line.option("constraint", {"LIST", "as sbatch's"}, into(options.constraint));
  line.option("nodelist", {"LIST", "as sbatch's"}, into(options.node_list));
  line.option("gres", {"LIST", "as sbatch's"}, into(options.generic_resources));
  line.option("slurm-arg", {"WORD", "a further word for sbatch; may be given several times"}, into(options.arguments));
  line.option("poll", {"TIME", "how often the cluster's queue is asked"}, into_poll(options.poll));
  line.option("mixed-cpus", {"", "allow nodes whose processors are of different models"},
              {Arity::none, [&options](const std::string&) { options.mixed_cpus = MixedCpus::allowed; }, ""});
}

void add_measuring_options(CommandLine& line, attempt::RunOptions& options) {
  line.begin_group("Measuring");
  add_actor_option(line, options.actor);
  line.option("environment",
              {"NAME",
               "the class of machine that the verdict holds for (default: the first in .assay/environments.toml that "
               "matches this machine, else local)"},
              into_environment_name(options.environment_name));
  add_wait_option(line, options.host_patience);
  options.answer_to_signal = kAnswerToSignal;
}

void add_time_unit_option(CommandLine& line, std::string& time_unit) {
  line.option("time-unit,u", {"UNIT", "unit of times in text: us, ms or s (default: chosen for each time)"},
              offering({"us", "ms", "s"},
                       {Arity::one, [&time_unit](const std::string& text) { time_unit = take_time_unit(text); }, ""}));
}

void add_result_options(CommandLine& line, ResultOptions& options) {
  add_time_unit_option(line, options.time_unit);
  line.option("fail-on",
              {"LIST",
               "results that give an exit code other than 0, separated by commas: regressed, guard, equivalent, "
               "inconclusive, invalid; or any, none"},
              offering({"any", "none", "regressed", "guard", "equivalent", "inconclusive", "invalid"},
                       {Arity::one, [&options](const std::string& text) { options.fail_on = read_shortfalls(text); },
                        "regressed,guard,inconclusive,invalid"}));
}

void add_inference_options(CommandLine& line, ProtocolOptions& options) {
  Protocol& protocol = options.protocol;
  line.begin_group("Protocol");
  line.option("margin",
              {"PERCENT", fmt::format("smallest effect worth acting on, of control (default {}%)",
                                      definition::kDefaultMargin.value)},
              into(options.margin));
  line.option("alpha", {"RATE", "two-sided error rate of claiming a difference"},
              into(protocol.alpha, {kSmallestAlpha, kLargestAlpha}));
  line.option("alpha-eq", {"RATE", "error rate of claiming that there is no difference worth acting on"},
              into(protocol.alpha_equivalence, {kSmallestAlpha, kLargestAlpha}));
  line.option("strict", {"", "set both error rates to 1%"}, into(options.strict));
  line.option(
      "one-sided",
      {"WHICH",
       "the effect that you expect, faster (better) or slower (worse); it gets 0.9 of alpha, the other side 0.1"},
      offering({"faster", "slower", "better", "worse"},
               {Arity::one, [&protocol](const std::string& text) { protocol.sidedness = take_side(text); }, ""}));
  line.option("goal", {"WHICH", "what to show: improve, or not-worse (by the margin)"}, into(protocol.goal));
  line.option("kappa", {"SHARE", "how much of the margin the interval must clear, from 0 to 1"},
              into(protocol.kappa, {0, 1}));
  line.option("min-blocks,m", {"N", "blocks before the first look, 6 or more"},
              noting(into(protocol.min_blocks, {formats::kFewestCostly, kMostBlocks}), options.first_look_given));
  line.option("max-blocks,M", {"N", "cap of blocks, at which the last look is taken"},
              noting(into(protocol.max_blocks, {formats::kFewestCostly, kMostBlocks}), options.cap_given));
  line.option("look-every-block",
              {"", "look after every block, as assay does anyway if a trial takes a minute or more"},
              {Arity::none, [&protocol](const std::string&) { protocol.look_every_block = true; }, ""});
  line.option("anytime",
              {"", "use evidence that may be looked at after every block; without --max-blocks there is no cap"},
              {Arity::none, [&protocol](const std::string&) { protocol.looks = LookMode::anytime; }, ""});
}

void add_protocol_options(CommandLine& line, ProtocolOptions& options) {
  add_inference_options(line, options);
  line.option(
      "design",
      {"DESIGN",
       "how the trials are arranged in time: blocks; abba (quads: control treatment treatment control); duet (both "
       "at once, each on a CPU of its own); costly or costly-quads (at most 10 trials of each command, "
       "completely randomised)"},
      into(options.protocol.design));
  line.option("inner", {"K", "trials of each command in a block, interleaved and reduced to one value"},
              into(options.protocol.inner, {1, 1000}));
  line.option("inner-stat", {"WHICH", "what those trials are reduced to: median, min (the best case) or mean"},
              into(options.protocol.inner_statistic));
  line.option(
      "confirm",
      {"N",
       "after an early stop that claims a difference, run fresh blocks: a first look at this many, and more until they "
       "decide; the effect is quoted only from them"},
      into(options.protocol.confirm, {0, kMostBlocks}));
  line.option("max-time", {"TIME", R"(begin no new block after this, such as "90 s" or "10min")"},
              into(options.protocol.max_time));
  line.option("seed", {"NUMBER", "seed of every random choice, decimal or 0x hexadecimal (default: drawn)"},
              into(options.seed));
}

}  // namespace assay::screen
