#include "experiments/adversary/reports/statements.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "experiments/adversary/reports/no_effects.hpp"
#include "experiments/adversary/reports/pairs/aligned_tables.hpp"
#include "experiments/adversary/reports/pairs/columns.hpp"
#include "experiments/adversary/reports/pairs/joined_pairs.hpp"
#include "experiments/adversary/reports/pairs/label_blocks.hpp"
#include "experiments/adversary/reports/pairs/labelled_pairs.hpp"
#include "experiments/adversary/reports/pairs/marked_rows.hpp"
#include "experiments/adversary/reports/patterns.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"
#include "experiments/adversary/reports/reading/match.hpp"
#include "experiments/adversary/reports/subjects.hpp"

namespace assay::adversary {
namespace {

/// A lone difference needs a word beside it: "+3 s" in a diff is none.
bool states_effect(const Match& match, const Statement& statement) {
  static const RegularExpression moved("(?i)^(?:remov|shed|trim|slash|freed?|knock|sav|shav)");
  if (is_alarm_threshold(match) || is_no_effect(match, statement)) return false;
  if (statement.kind != StatementKind::difference || is_tabular(match)) return true;
  // "removes 3 GB of old logs" is what it is for; "size: 14 MB (-3 MB)" needs no verb.
  static const RegularExpression of_things("^ of ");
  static const RegularExpression removed("(?i)^remov");
  static const RegularExpression bracket("[(]$");
  if (holds(moved, match.groups[0])) return !holds(of_things, behind(match)) || !holds(removed, match.groups[0]);
  const bool is_in_brackets = holds(bracket, ahead(match)) && more_is_better(match.sentence).has_value();
  return is_in_brackets || has_effect_word(match.sentence);
}

/// In the account of an incident, what got worse and the lines of its timeline claim nothing.
void erase_events(std::vector<Statement>& found, const Passage& passage) {
  std::erase_if(found, [&passage](const Statement& one) {
    return one.sign == StatementSign::worse || is_in_timeline(passage, one.line);
  });
}

/// Where the first digit of the text stands; 0 if there is none.
std::size_t digit_in(std::string_view text) {
  const std::size_t place = text.find_first_of("0123456789");
  return place == std::string_view::npos ? 0 : place;
}

/// Where the quote has what was matched; 0 if it is not there in one piece.
std::size_t place_in(std::string_view quote, std::string_view matched) {
  constexpr std::size_t kEnough = 16;
  matched = matched.substr(0, std::min(matched.find("  "), kEnough));
  const std::size_t place = quote.find(matched);
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
    find_joined_pairs();
    for (const Pattern& pattern : patterns()) find(pattern);
    return std::move(statements_);
  }

 private:
  void find_joined_pairs() {
    for (JoinedPair& pair : joined_pairs(passage_, std::string(unread_))) {
      const Match match{
          passage_, pair.offset, {std::string_view(unread_).substr(pair.offset, pair.size)}, pair.statement.quote};
      const bool is_known = std::any_of(statements_.begin(), statements_.end(), [&pair](const Statement& other) {
        return other.line == pair.statement.line && other.amount == pair.statement.amount &&
               other.before == pair.statement.before;
      });
      if (is_known || !states_effect(match, pair.statement)) continue;
      pair.statement.figure_at = place_in(pair.statement.quote, match.groups[0]);
      pair.statement.is_approximate = is_approximate(match);
      pair.statement.subject = subject_of(match);
      pair.statement.clause = clause_number(match);
      statements_.push_back(std::move(pair.statement));
      std::fill_n(unread_.begin() + static_cast<std::ptrdiff_t>(pair.offset), pair.size, '\x01');
    }
  }

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
        // An interval around no change is read, and claims none.
        const bool is_none = statement->kind == StatementKind::percent && statement->amount.low == 0;
        if (!is_none) add(*std::move(statement), match);
        std::fill_n(unread_.begin() + static_cast<std::ptrdiff_t>(offset), length, '\x01');
      }
      from = offset + length;
    }
  }

  void add(Statement statement, const Match& match) {
    // Of two values, the later one: a sentence may go on in the next line.
    const std::string_view matched = match.groups[0];
    const std::size_t digit =
        statement.kind == StatementKind::values ? matched.find_last_of("0123456789") : digit_in(matched);
    statement.line = line_at(passage_, match.offset + digit);
    statement.quote = match.sentence;
    statement.figure_at = place_in(statement.quote, match.groups[0]);
    statement.is_approximate = is_approximate(match);
    statement.subject = subject_of(match);
    statement.clause = clause_number(match);
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

/// Those of several pairs of columns, unless the line has values already.
void add_pairs(std::vector<Statement>& found, std::vector<Statement> pairs) {
  const bool has_values = std::any_of(found.begin(), found.end(),
                                      [](const Statement& other) { return other.kind == StatementKind::values; });
  if (!has_values) std::move(pairs.begin(), pairs.end(), std::back_inserter(found));
}

}  // namespace

std::vector<Statement> statements_in(const std::vector<Passage>& passages) {
  std::vector<Statement> all;
  std::string section;
  std::string place;
  const bool is_incident = describes_incident(passages);
  LabelledPairs pairs;
  LabelBlocks blocks;
  MarkedRows marked;
  for (const Passage& passage : passages) {
    if (passage.kind == PassageKind::heading) {
      section = sentence_around(passage, 0);
      // Two sections may have one heading: "Changed" of each release.
      place = std::to_string(line_at(passage, 0)) + " " + section;
    }
    std::vector<Statement> found = PassageStatements(passage).find();
    add_pairs(found, marked.take(passage));
    add_pair(found, pairs.take(passage, section));
    if (passage.kind == PassageKind::row) add_pairs(found, pairs_of_columns(passage));
    for (Statement& statement : blocks.take(passage)) add_pair(found, std::move(statement));
    if (is_incident) erase_events(found, passage);
    for (Statement& statement : found) {
      statement.section = place;
      all.push_back(std::move(statement));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Statement& one, const Statement& other) { return one.line < other.line; });
  return all;
}

}  // namespace assay::adversary
