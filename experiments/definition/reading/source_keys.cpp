#include "experiments/definition/reading/source_keys.hpp"

namespace assay::definition {
namespace {

constexpr std::string_view kDefaultRevision = "HEAD";

Shape checkout_steps() {
  Shape steps = shape::list_of(shape::name_of<CheckoutStep>(R"("submodules" or "filters")"),
                               "a list of what a clone does beyond taking the files as git stores them");
  steps.definition = "checkout";
  return steps.such_as(R"(["submodules"])");
}

Shape repository() {
  Shape path = shape::path("the path of a git repository");
  path.definition = "repository";
  return path.such_as(R"("../app")");
}

Shape harness() {
  Shape globs = shape::globs("a list of paths with *, ? and **", "a path");
  globs.definition = "harness";
  return globs.such_as(R"(["bench/**"])");
}

}  // namespace

Shape git_revision() {
  Shape revision = shape::text("a git revision: a branch, tag or commit");
  revision.definition = "revision";
  revision.written = "git revision";
  return revision.such_as(R"("main")");
}

Key patched_revision_key() {
  return {.name = "revision",
          .shape = git_revision(),
          .meaning = "what patches are applied to",
          .default_json = in_json(kDefaultRevision)};
}

void add_source_keys(Table<Variable>& table) {
  table
      .key_in<&Variable::source, &SourceBuild::repository>(
          {"repository", repository(), "where the revisions are looked up; relative to the file's folder",
           "the repository around the file's folder"})
      .key_in<&Variable::source, &SourceBuild::build, FileAction>(
          {"build", shape::action(), "run at the top of each arm's own clone before the first trial", "none"})
      .key_in<&Variable::source, &SourceBuild::builds>(
          {"builds", shape::whole_number({1, 20}, "a whole number from 1 to 20"),
           "builds of each arm, each linked in an order of its own; block b uses build b mod `builds`"})
      .key_in<&Variable::source, &SourceBuild::timeout>(
          {"build_timeout", shape::duration(), "a build that takes longer is ended and has failed"})
      .key_in<&Variable::source, &SourceBuild::harness>(
          {"harness", harness(), "files of the source that measure and may not be part of the change",
           "the scripts that commands name"})
      .key_in<&Variable::source, &SourceBuild::checkout>(
          {"checkout", checkout_steps(),
           "`\"submodules\"`: check out their commits too; `\"filters\"`: use your own git configuration, with its "
           "filters",
           "none"});
}

std::string revision_to_patch(const Field& table) {
  const std::optional<Field> revision = table.find("revision");
  return revision ? revision->text() : std::string(kDefaultRevision);
}

void check_build_time(const Variable& variable, const Field& table) {
  if (variable.source && variable.source->timeout <= nanoseconds::zero())
    table.at("build_timeout").fail("a build needs some time: expected more than 0 s");
}

}  // namespace assay::definition
