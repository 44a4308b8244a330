#include "experiments/definition/lab/environment_rules.hpp"

#include <set>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/lab/lab_file.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

/// The file is one list.
struct EnvironmentRules {
  std::vector<EnvironmentRule> all;
};

constexpr std::size_t kLongestEnvironmentName = 64;

Shape pattern() {
  return shape::some_text("a text with * and ?");
}

void check_rule(EnvironmentRule& rule, const Field& table) {
  if (rule.job_limit && *rule.job_limit <= nanoseconds::zero()) {
    table.at("job_limit").fail("no block ends in no time: expected more than 0 s");
  }
  if (is_name_of_environment(rule.name)) return;
  table.at("name").fail(fmt::format(R"(expected 1 to {} letters, digits, ".", "_" and "-", for example "ci-large")",
                                    kLongestEnvironmentName));
}

void check_rules(EnvironmentRules& rules, const Field& table) {
  std::set<std::string> names;
  for (std::size_t index = 0; index < rules.all.size(); ++index) {
    if (names.insert(rules.all[index].name).second) continue;
    table.at("environment").elements()[index].at("name").fail("another environment has this name: leave one out");
  }
}

}  // namespace

template <>
const TableDescription& table_of<EnvironmentRule>() {
  static const TableDescription description =
      Table<EnvironmentRule>({.title = "a table [[environment]] with a name", .meaning = "How it is recognised."})
          .key<&EnvironmentRule::name>({.name = "name",
                                        .shape = shape::some_text("a name").such_as(R"("ci")"),
                                        .meaning = "what records and messages call it",
                                        .need = Need::required})
          .key<&EnvironmentRule::hostname>(
              {"hostname", pattern().such_as(R"("runner-*")"), "pattern of the host's name", "any"})
          .key<&EnvironmentRule::cpu_model>(
              {"cpu_model", pattern().such_as(R"("AMD EPYC*")"), "pattern of the processor's model", "any"})
          .key<&EnvironmentRule::image>({"image", pattern().such_as(R"("debian-12")"),
                                         "pattern of the image that the machine's software comes from: `$CI_JOB_IMAGE` "
                                         "or `$ImageOS` if a CI sets "
                                         "it, else `ID-VERSION_ID` of /etc/os-release",
                                         "any"})
          .key<&EnvironmentRule::variables>(
              {"variables", shape::by_name(pattern(), "a table of patterns by the names of environment variables"),
               "patterns of environment variables that must be set, such as `{ CI = \"true\" }`", "any"})
          .key<&EnvironmentRule::budget>({"budget", shape::table(table_of<Budget>()),
                                          "the most that one trial may take of such a machine, such as `{ memory = \"4 "
                                          "GiB\", disk = \"10 GB\", cpus = 2 }`; it says nothing about recognition",
                                          "none"})
          .key<&EnvironmentRule::job_limit>(
              {"job_limit", shape::duration(),
               "`assay run` begins no new block after this time, as with `--pause-after`, and the next run of the file "
               "goes on: the limit of a CI job, which spends no attempt; it says nothing about recognition",
               "none"})
          .then<check_rule>();
  return description;
}

template <>
const TableDescription& table_of<EnvironmentRules>() {
  static const TableDescription description =
      Table<EnvironmentRules>({.title = "tables [[environment]]"})
          .key<&EnvironmentRules::all>(
              {"environment", shape::list_of(shape::table(table_of<EnvironmentRule>()), "a list of environments"),
               "one for each environment; the first that matches is taken", "none"})
          .then<check_rules>();
  return description;
}

bool is_name_of_environment(std::string_view name) {
  constexpr std::string_view kAccepted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !name.empty() && name.size() <= kLongestEnvironmentName &&
         name.find_first_not_of(kAccepted) == std::string_view::npos;
}

std::vector<EnvironmentRule> parse_environment_rules(const SourceText& source) {
  return read_lab_file<EnvironmentRules>(source).all;
}

}  // namespace assay::definition
