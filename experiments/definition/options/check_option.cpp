#include "experiments/definition/options/check_option.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/choice.hpp"
#include "core/text/split_command.hpp"
#include "core/text/utf8.hpp"

namespace assay::definition {
namespace {

/// A kind of check as the command line has it.
struct CheckForm {
  std::string_view name;
  enum class Value { none, optional, needed } value;
  std::string_view what;  ///< the value, in messages
  CheckKind (*make)(const std::string& value);
};

template <ReportFormat format>
CheckKind report_check(const std::string& file) {
  return TestInventoryCheck{.format = format, .file = file};
}

constexpr std::array kForms = {
    CheckForm{"same-output", CheckForm::Value::optional, "FILE",
              [](const std::string& file) -> CheckKind { return SameOutputCheck{.file = file}; }},
    CheckForm{"no-leaks", CheckForm::Value::none, "", [](const std::string&) -> CheckKind { return NoLeaksCheck{}; }},
    CheckForm{"isolation", CheckForm::Value::optional, "FILE",
              [](const std::string& file) -> CheckKind { return IsolationCheck{.file = file}; }},
    CheckForm{"junit", CheckForm::Value::optional, "FILE", report_check<ReportFormat::junit>},
    CheckForm{"tap", CheckForm::Value::optional, "FILE", report_check<ReportFormat::tap>},
    CheckForm{"ctest", CheckForm::Value::optional, "FILE", report_check<ReportFormat::ctest>},
    CheckForm{"condition", CheckForm::Value::needed, "CONDITION",
              [](const std::string& condition) -> CheckKind { return ConditionCheck{{condition}}; }},
    CheckForm{"command", CheckForm::Value::needed, "COMMAND",
              [](const std::string& command) -> CheckKind { return CommandCheck{split_command(command)}; }},
};

const CheckForm& check_form(const std::string& name) {
  const auto* const found =
      std::find_if(kForms.begin(), kForms.end(), [&name](const CheckForm& form) { return form.name == name; });
  if (found != kForms.end()) return *found;
  std::vector<std::string_view> names;
  for (const CheckForm& form : kForms) names.push_back(form.name);
  throw Error(not_one_of(name, names));
}

}  // namespace

std::vector<std::string> beginnings_of_checks() {
  std::vector<std::string> beginnings;
  for (const CheckForm& form : kForms) {
    const std::string name(form.name);
    if (form.value != CheckForm::Value::needed) beginnings.push_back(name);
    if (form.value != CheckForm::Value::none) beginnings.push_back(name + '=');
  }
  return beginnings;
}

Check read_check_option(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  const CheckForm& form = check_form(text.substr(0, equals));
  if (form.value == CheckForm::Value::needed && value.empty()) {
    throw Error(fmt::format("{} has no value: expected {}={}", in_quotes(text), form.name, form.what));
  }
  if (form.value == CheckForm::Value::none && equals != std::string::npos) {
    throw Error(fmt::format("{}: {} takes no value", in_quotes(text), form.name));
  }
  return {.name = text, .kind = form.make(value), .workloads = {}};
}

}  // namespace assay::definition
