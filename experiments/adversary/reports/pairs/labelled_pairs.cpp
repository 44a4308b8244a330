#include "experiments/adversary/reports/pairs/labelled_pairs.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "experiments/adversary/reports/reading/effect_words.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/reading/sides.hpp"

namespace assay::adversary {
namespace {

/// A value beside a label, with the place of both.
struct Labelled {
  std::string_view text;
  Quantity value;
};

/// How a value follows the words for a side: behind a label, or in a sentence, which may go on in the next line.
struct LabelForms {
  RegularExpression label;
  RegularExpression sentence;

  explicit LabelForms(std::string_view words)
      : label(fmt::format("(?i)\\b(?:{})\\b(?: *:[a-z_ ]{{0,30}})?[^0-9\\n]{{0,12}}{}", words, loose_value_pattern())),
        sentence(fmt::format("(?i)\\b(?:{})\\b(?:\\s[a-z-]+){{0,3}}\\s(?:took|takes|needed|needs|used|uses|ran in|runs "
                             "in|was|is)\\s(?:about |around |only |just )?{}",
                             words, clock_value_pattern())) {}

  [[nodiscard]] std::optional<Labelled> find(std::string_view text) const {
    for (const RegularExpression* form : {&sentence, &label}) {
      const auto found = form->first_match(text);
      const auto value =
          found ? value_of({(*found)[1], (*found)[2], (*found)[3], (*found)[4]}) : std::optional<Quantity>{};
      if (value) return Labelled{(*found)[0], *value};
    }
    return std::nullopt;
  }
};

/// Without a unit, only a colon tells a figure from any other number.
bool is_figure(const Labelled& found) {
  return !found.value.unit.empty() || found.text.find(':') != std::string_view::npos;
}

}  // namespace

std::optional<Statement> LabelledPairs::take(const Passage& passage, const std::string& section) {
  static const LabelForms old_one(kOldWords);
  static const LabelForms new_one(kNewWords);
  constexpr int kFarthest = 3;
  ++age_;
  if (const auto earlier = old_one.find(passage.text); earlier && is_figure(*earlier)) {
    before_ = earlier->value;
    age_ = 0;
  }
  const auto later = new_one.find(passage.text);
  if (!later || !before_ || age_ > kFarthest) return std::nullopt;
  const auto earlier = converted(*before_, later->value.unit);
  before_.reset();
  const std::string context = passage.text + " " + section;
  // "after: 0, 0, 24, 101" is a list.
  static const RegularExpression list("^, ?[0-9]");
  const auto end = static_cast<std::size_t>(later->text.data() + later->text.size() - passage.text.data());
  if (holds(list, std::string_view(passage.text).substr(end))) return std::nullopt;
  const bool is_time_of_day = has_clock(later->text) && !has_time_word(context);
  if (!earlier || !is_figure(*later) || is_time_of_day) return std::nullopt;
  const auto offset = static_cast<std::size_t>(&later->text.back() - passage.text.data());
  // "after: 736 passed, 95 skipped in 68 s"
  const auto begin = static_cast<std::size_t>(later->text.data() - passage.text.data());
  const std::size_t near = later->text.size() + 12;
  return Statement{.kind = StatementKind::values,
                   .sign = sign_of_measure(*earlier, later->value, passage.text.substr(begin, near), context),
                   .line = line_at(passage, offset),
                   .amount = later->value,
                   .before = earlier,
                   .quote = sentence_around(passage, offset)};
}

}  // namespace assay::adversary
