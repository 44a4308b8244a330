#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/named_variant.hpp"
#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

/// What was not there in the first version is left out where it is empty, so that the hashes of old plans hold.
void set_unless_empty(json& target, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) target[key] = texts;
}

std::vector<std::string> texts_or_none(const JsonPlace& place, std::string_view key) {
  const auto found = place.find(key);
  return found ? found->texts() : std::vector<std::string>{};
}

struct CheckKindJson {
  json& target;

  void operator()(const CommandCheck& check) const { target["command"] = check.command; }
  void operator()(const SameOutputCheck& check) const {
    target["file"] = check.file;
    set_unless_empty(target, "normalise", check.normalise);
  }
  void operator()(const TestInventoryCheck& check) const {
    target["format"] = to_string(check.format);
    target["file"] = check.file;
  }
  void operator()(const NoLeaksCheck& check) const {
    target["watch"] = check.watch;
    target["list"] = check.list;
    target["ignore"] = check.ignore;
  }
  void operator()(const ConditionCheck& check) const { target["require"] = check.require; }
  void operator()(const IsolationCheck& check) const {
    target["file"] = check.file;
    set_unless_empty(target, "normalise", check.normalise);
  }
};

/// Reads a check of each kind; a kind without an overload does not compile.
struct CheckKindReader {
  const JsonPlace& place;

  CommandCheck operator()(std::type_identity<CommandCheck>) const { return {place.at("command").texts()}; }
  SameOutputCheck operator()(std::type_identity<SameOutputCheck>) const {
    return {place.at("file").text(), texts_or_none(place, "normalise")};
  }
  TestInventoryCheck operator()(std::type_identity<TestInventoryCheck>) const {
    return {place.at("format").name_of<ReportFormat>(), place.at("file").text()};
  }
  NoLeaksCheck operator()(std::type_identity<NoLeaksCheck>) const {
    NoLeaksCheck check{place.at("watch").texts(), {}, place.at("ignore").texts()};
    for (const JsonPlace& command : place.at("list").elements()) check.list.push_back(command.texts());
    return check;
  }
  ConditionCheck operator()(std::type_identity<ConditionCheck>) const { return {place.at("require").texts()}; }
  IsolationCheck operator()(std::type_identity<IsolationCheck>) const {
    return {place.at("file").text(), texts_or_none(place, "normalise")};
  }
};

CheckKind check_kind_at(const JsonPlace& place) {
  const JsonPlace kind = place.at("kind");
  std::optional<CheckKind> check = make_alternative<CheckKind>(kind.text(), CheckKindReader{place});
  if (!check) throw kind.error("\"" + kind.text() + "\" is no kind of check that this assay knows");
  return std::move(*check);
}

}  // namespace

json check_json(const Check& check) {
  json target = {{"name", check.name}, {"workloads", check.workloads}, {"kind", name_of_alternative(check.kind)}};
  std::visit(CheckKindJson{target}, check.kind);
  return target;
}

Check check_at(const JsonPlace& place) {
  return {place.at("name").text(), check_kind_at(place), place.at("workloads").texts()};
}

}  // namespace assay::formats
