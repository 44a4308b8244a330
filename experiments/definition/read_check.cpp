#include "experiments/definition/readers.hpp"

namespace assay::experiments {
namespace {

CheckKind read_kind(const Field& table) {
  if (table.at("kind").text() == "command") return CommandCheck{table.at("command").argv()};
  const std::optional<Field> file = table.find("file");
  return SameOutputCheck{file ? file->text() : ""};
}

}  // namespace

Check read_check(const Field& table) {
  Check check;
  check.name = table.at("name").text();
  check.kind = read_kind(table);
  if (const auto workloads = table.find("workloads")) check.workloads = workloads->texts();
  return check;
}

}  // namespace assay::experiments
