#include <nlohmann/json.hpp>

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

NoLeaksCheck no_leaks_at(const JsonPlace& place) {
  NoLeaksCheck check{place.at("watch").texts(), {}, place.at("ignore").texts()};
  for (const JsonPlace& command : place.at("list").elements()) check.list.push_back(command.texts());
  return check;
}

CheckKind check_kind_at(const JsonPlace& place) {
  const JsonPlace kind = place.at("kind");
  const std::string name = kind.text();
  if (name == kCheckKinds[0]) return CommandCheck{place.at("command").texts()};
  if (name == kCheckKinds[1]) return SameOutputCheck{place.at("file").text(), texts_or_none(place, "normalise")};
  if (name == kCheckKinds[2]) {
    return TestInventoryCheck{place.at("format").name_of<ReportFormat>(), place.at("file").text()};
  }
  if (name == kCheckKinds[3]) return no_leaks_at(place);
  if (name == kCheckKinds[4]) return ConditionCheck{place.at("require").texts()};
  if (name == kCheckKinds[5]) return IsolationCheck{place.at("file").text(), texts_or_none(place, "normalise")};
  throw kind.error("\"" + name + "\" is no kind of check that this assay knows");
}

}  // namespace

json check_json(const Check& check) {
  json target = {{"name", check.name}, {"workloads", check.workloads}, {"kind", kCheckKinds.at(check.kind.index())}};
  std::visit(CheckKindJson{target}, check.kind);
  return target;
}

Check check_at(const JsonPlace& place) {
  return {place.at("name").text(), check_kind_at(place), place.at("workloads").texts()};
}

}  // namespace assay::formats
