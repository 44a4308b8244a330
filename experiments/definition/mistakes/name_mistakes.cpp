#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestName = 100;

bool is_slug_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
}

bool is_slug(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), is_slug_character);
}

/// "Readiness Poll!" as an id that would do: "readiness-poll".
std::string slug_of(std::string_view text) {
  std::string slug;
  for (char character : text.substr(0, kLongestId)) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    if (is_slug_character(character) && character != '-') {
      slug += character;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (slug.ends_with('-')) slug.pop_back();
  return slug.empty() ? "my-experiment" : slug;
}

/// Names stand in tables, file names and one-line messages.
class NameRules {
 public:
  NameRules(std::string_view what, Mistakes& mistakes) : what_(what), mistakes_(mistakes) {}

  void check(const std::string& name, const std::string& pointer) {
    if (name.empty() || name.size() > kLongestName || printable(name) != name) {
      mistakes_.push_back({pointer, fmt::format("{} is no name for a {}: expected 1 to {} characters on one line",
                                                in_quotes(name), what_, kLongestName)});
    } else if (!known_.insert(name).second) {
      mistakes_.push_back(
          {pointer, fmt::format("two {}s are called {}: give one another name", what_, in_quotes(name))});
    }
  }

 private:
  std::string_view what_;
  Mistakes& mistakes_;
  std::set<std::string> known_;
};

template <class Named>
void check_all(std::string_view what, const std::vector<Named>& all, Mistakes& mistakes) {
  NameRules rules(what, mistakes);
  for (std::size_t index = 0; index < all.size(); ++index)
    rules.check(all[index].name, fmt::format("/{}/{}/name", what, index));
}

/// Metrics and checks may be limited to some workloads, which must exist.
template <class Limited>
void check_references(std::string_view what, const std::vector<Limited>& all, const Definition& definition,
                      Mistakes& mistakes) {
  const std::vector<std::string_view> names = names_of(definition.workloads);
  for (std::size_t index = 0; index < all.size(); ++index) {
    for (std::size_t entry = 0; entry < all[index].workloads.size(); ++entry) {
      const std::string& name = all[index].workloads[entry];
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      mistakes.push_back(
          {fmt::format("/{}/{}/workloads/{}", what, index, entry),
           fmt::format("{} {} is limited to {}, which is no workload{}", what, in_quotes(all[index].name),
                       in_quotes(name), did_you_mean(shortened(name), names))});
    }
  }
}

/// A metric that cannot be read fails as a check of its name, which no other check may then have.
void check_against_metrics(const Definition& definition, Mistakes& mistakes) {
  for (std::size_t index = 0; index < definition.checks.size(); ++index) {
    const std::string& name = definition.checks[index].name;
    for (const Metric& metric : definition.metrics) {
      if (name != "metric " + metric.name) continue;
      mistakes.push_back({fmt::format("/check/{}/name", index),
                          fmt::format("check {} has the name by which results tell that the metric {} could not be "
                                      "read: give it another name",
                                      in_quotes(name), in_quotes(metric.name))});
    }
  }
}

}  // namespace

void find_name_mistakes(const Definition& definition, Mistakes& mistakes) {
  if (!is_slug(definition.id)) {
    mistakes.push_back({"/experiment/id",
                        fmt::format(R"(id {}: expected at most {} lowercase letters, digits and "-", for example "{}")",
                                    in_quotes(definition.id), kLongestId, slug_of(definition.id))});
  }
  if (definition.hypothesis.find_first_not_of(" \t\r\n") == std::string::npos)
    mistakes.push_back({"/experiment/hypothesis", "the hypothesis is empty: say what the change is believed to do"});
  check_all("workload", definition.workloads, mistakes);
  check_all("metric", definition.metrics, mistakes);
  check_all("check", definition.checks, mistakes);
  check_all("plant", definition.plants, mistakes);
  check_against_metrics(definition, mistakes);
  check_references("metric", definition.metrics, definition, mistakes);
  check_references("check", definition.checks, definition, mistakes);
}

}  // namespace assay::definition
