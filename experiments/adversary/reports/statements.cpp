#include "experiments/adversary/reports/statements.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "experiments/adversary/reports/effect_words.hpp"
#include "experiments/adversary/reports/label_blocks.hpp"
#include "experiments/adversary/reports/labelled_pairs.hpp"
#include "experiments/adversary/reports/match.hpp"
#include "experiments/adversary/reports/patterns.hpp"
#include "experiments/adversary/reports/subjects.hpp"

namespace assay::adversary {
namespace {

/// A lone difference needs a word beside it: "+3 s" in a diff is none.
bool states_effect(const Match& match, const Statement& statement) {
  if (is_alarm_threshold(match)) return false;
  if (statement.kind != StatementKind::difference || is_tabular(match)) return true;
  return has_effect_word(match.sentence);
}

/// Where the first digit of the text stands; 0 if there is none.
std::size_t digit_in(std::string_view text) {
  const std::size_t place = text.find_first_of("0123456789");
  return place == std::string_view::npos ? 0 : place;
}

/// Finds the statements of one passage.
class PassageStatements {
 public:
  explicit PassageStatements(const Passage& passage) : passage_(passage), unread_(passage.text) {
    // A sentence goes on in the next line.
    std::replace(unread_.begin(), unread_.end(), '\n', ' ');
  }

  [[nodiscard]] std::vector<Statement> find() && {
    for (const Pattern& pattern : patterns()) find(pattern);
    return std::move(statements_);
  }

 private:
  void find(const Pattern& pattern) {
    std::size_t from = 0;
    while (from < unread_.size()) {
      const auto found = pattern.expression.first_match(std::string_view(unread_).substr(from));
      if (!found || (*found)[0].empty()) return;
      const auto offset = static_cast<std::size_t>((*found)[0].data() - unread_.data());
      const std::size_t length = (*found)[0].size();
      Match match{passage_, offset, *found, sentence_around(passage_, offset)};
      match.is_beside_another =
          std::any_of(statements_.begin(), statements_.end(),
                      [&match](const Statement& statement) { return statement.quote == match.sentence; });
      if (auto statement = pattern.read(match); statement && states_effect(match, *statement)) {
        add(*std::move(statement), match);
        std::fill_n(unread_.begin() + static_cast<std::ptrdiff_t>(offset), length, '\x01');
      }
      from = offset + length;
    }
  }

  void add(Statement statement, const Match& match) {
    statement.line = line_at(passage_, match.offset + digit_in(match.groups[0]));
    statement.quote = match.sentence;
    statement.is_approximate = is_approximate(match);
    statement.subject = subject_of(match);
    // A row is about one thing in many figures.
    const bool is_one = is_tabular(match);
    const bool is_known = std::any_of(statements_.begin(), statements_.end(), [&](const Statement& other) {
      return other.line == statement.line && other.kind == statement.kind &&
             (is_one || other.amount == statement.amount);
    });
    if (!is_known) statements_.push_back(std::move(statement));
  }

  const Passage& passage_;
  std::string unread_;
  std::vector<Statement> statements_;
};

/// Unless the line has values already.
void add_pair(std::vector<Statement>& found, std::optional<Statement> pair) {
  if (!pair) return;
  const bool is_known = std::any_of(found.begin(), found.end(), [&pair](const Statement& other) {
    return other.kind == StatementKind::values && other.line == pair->line;
  });
  if (!is_known) found.push_back(*std::move(pair));
}

}  // namespace

std::vector<Statement> statements_in(const std::vector<Passage>& passages) {
  std::vector<Statement> all;
  std::string section;
  LabelledPairs pairs;
  LabelBlocks blocks;
  for (const Passage& passage : passages) {
    if (passage.kind == PassageKind::heading) section = sentence_around(passage, 0);
    std::vector<Statement> found = PassageStatements(passage).find();
    add_pair(found, pairs.take(passage, section));
    if (passage.kind == PassageKind::row) add_pair(found, pair_of_columns(passage));
    for (Statement& statement : blocks.take(passage)) add_pair(found, std::move(statement));
    for (Statement& statement : found) {
      statement.section = section;
      all.push_back(std::move(statement));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Statement& one, const Statement& other) { return one.line < other.line; });
  return all;
}

}  // namespace assay::adversary
