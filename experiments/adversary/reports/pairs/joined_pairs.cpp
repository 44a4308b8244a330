#include "experiments/adversary/reports/pairs/joined_pairs.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "experiments/adversary/reports/pairs/joins.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"
#include "experiments/adversary/reports/reading/match.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"

namespace assay::adversary {
namespace {

/// A value in a text.
struct SentenceFigure {
  std::size_t offset = 0;
  std::size_t end = 0;
  ValueGroups groups = {};
  std::string dimension = {};
  std::size_t sentence = 0;  ///< its number
};

bool is_within_word(std::string_view text, std::size_t offset) {
  return offset > 0 && (is_part_of_word(text[offset - 1]) || text[offset - 1] == '-');
}

/// Figures and the sentences that they stand in.
class Figures {
 public:
  Figures(const Passage& passage, std::string_view text) : text_(text) {
    sentences_.push_back(0);
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (ends_sentence(passage.text, at)) sentences_.push_back(at + 1);
    }
    read();
  }

  [[nodiscard]] const std::vector<SentenceFigure>& all() const { return figures_; }
  [[nodiscard]] std::size_t begin_of(std::size_t sentence) const { return sentences_[sentence]; }
  [[nodiscard]] std::size_t end_of(std::size_t sentence) const {
    return sentence + 1 < sentences_.size() ? sentences_[sentence + 1] : text_.size();
  }
  [[nodiscard]] std::string_view sentence_text(std::size_t sentence) const {
    return text_.substr(begin_of(sentence), std::min<std::size_t>(end_of(sentence) - begin_of(sentence), 300));
  }

 private:
  void read() {
    static const RegularExpression figure("(?i)" + loose_value_pattern());
    std::size_t from = 0;
    std::size_t sentence = 0;
    while (from < text_.size()) {
      const auto found = figure.first_match(text_.substr(from));
      if (!found || (*found)[0].empty()) return;
      const auto offset = static_cast<std::size_t>((*found)[0].data() - text_.data());
      from = offset + (*found)[0].size();
      // Without a unit, the blank before one was read.
      while (from > offset + 1 && text_[from - 1] == ' ') --from;
      const ValueGroups groups = {(*found)[1], (*found)[2], (*found)[3], (*found)[4]};
      const bool goes_on = from < text_.size() && groups.unit.empty() && groups.span.empty() &&
                           is_part_of_word(text_[from]) && text_[from] != '.';
      // "0, 0, 24, 101"
      static const RegularExpression list("^, *[0-9]");
      const bool is_listed = groups.unit.empty() && groups.span.empty() && holds(list, text_.substr(from));
      if (is_within_word(text_, offset) || goes_on || is_listed || !value_of(groups)) continue;
      while (sentence + 1 < sentences_.size() && sentences_[sentence + 1] <= offset) ++sentence;
      figures_.push_back({offset, from, groups, dimension_of(groups).name, sentence});
    }
  }

  std::string_view text_;
  std::vector<std::size_t> sentences_;
  std::vector<SentenceFigure> figures_;
};

/// Counts and scores have no unit; then the words have to say what they are.
bool names_a_measure(std::string_view sentence) {
  return more_is_better(sentence).has_value() || has_effect_word(sentence);
}

/// Makes statements of pairs of figures.
class Joiner {
 public:
  Joiner(const Passage& passage, std::string_view text) : passage_(passage), text_(text), figures_(passage, text) {}

  [[nodiscard]] std::vector<JoinedPair> join() && {
    const std::vector<SentenceFigure>& all = figures_.all();
    std::vector<bool> is_used(all.size(), false);
    // A figure of something else may stand between: a version, or a count.
    for (const std::size_t distance : {1U, 2U}) {
      for (std::size_t one = 0; one + distance < all.size(); ++one) {
        const std::size_t other = one + distance;
        const bool is_parted = distance > 1 && (is_used[one + 1] || all[one + 1].dimension == all[one].dimension);
        if (is_used[one] || is_used[other] || is_parted || !join_in_sentence(one, other)) continue;
        is_used[one] = is_used[other] = true;
      }
    }
    for (std::size_t one = 0; one < all.size(); ++one) {
      constexpr std::size_t kFarthest = 6;
      for (std::size_t other = one + 1; other < std::min(all.size(), one + kFarthest) && !is_used[one]; ++other) {
        if (is_used[other] || all[other].sentence != all[one].sentence + 1) continue;
        if (join_sentences(one, other, is_used)) is_used[one] = is_used[other] = true;
      }
    }
    return std::move(pairs_);
  }

 private:
  bool join_in_sentence(std::size_t one, std::size_t other) {
    const SentenceFigure& first = figures_.all()[one];
    const SentenceFigure& second = figures_.all()[other];
    constexpr std::size_t kFarthest = 90;
    if (first.sentence != second.sentence || second.offset - first.end > kFarthest) return false;
    const auto values = two_values(first.groups, second.groups);
    if (!values) return false;
    const auto join =
        join_of({text_ahead(one), text_.substr(first.end, second.offset - first.end), text_behind(other)});
    if (!join) return false;
    if (other > one + 1 && first.dimension.empty()) return false;
    // "200 reads improved from 131 ms": how many there were.
    constexpr std::size_t kWithoutNoun = 16;
    const bool counts_things = first.dimension.empty() && !second.dimension.empty() &&
                               join->order == JoinOrder::new_first && second.offset - first.end > kWithoutNoun;
    if (counts_things) return false;
    const std::string sentence = sentence_around(passage_, first.offset);
    if (has_clock(second.groups.span) && !has_time_word(sentence)) return false;
    // Only one of both has a unit: "3 of them against 5 %".
    const bool are_alike = first.dimension == second.dimension || join->is_strong;
    const bool is_measured = values->has_unit || join->is_two_sided || (join->is_strong && names_a_measure(sentence)) ||
                             (first.groups.low.find('.') != std::string_view::npos && names_a_measure(sentence));
    if (!are_alike || !is_measured) return false;
    add(*values, first, second, *join, sentence);
    return true;
  }

  /// "... took 6 h. Now it takes 41 min."
  bool join_sentences(std::size_t one, std::size_t other, const std::vector<bool>& is_used) {
    const SentenceFigure& first = figures_.all()[one];
    const SentenceFigure& second = figures_.all()[other];
    const auto values = two_values(first.groups, second.groups);
    if (!values || !values->has_unit || first.dimension != second.dimension) return false;
    const std::string_view earlier = figures_.sentence_text(first.sentence);
    const std::string_view later = figures_.sentence_text(second.sentence);
    const bool is_forward = (begins_with_now(later) || says_present(later)) && says_past(earlier);
    const bool is_reversed = !is_forward && begins_with_then(later);
    const std::string name = name_ahead(one);
    const bool are_same = name == name_ahead(other) || (is_only(one, is_used) && is_only(other, is_used));
    if ((!is_forward && !is_reversed) || !are_same) return false;
    add(*values, first, second, {is_forward ? JoinOrder::old_first : JoinOrder::new_first, true}, std::string(later));
    return true;
  }

  /// Whether no other free figure of its sentence measures the same.
  [[nodiscard]] bool is_only(std::size_t figure, const std::vector<bool>& is_used) const {
    const std::vector<SentenceFigure>& all = figures_.all();
    const auto is_other = [&](std::size_t place) {
      return place != figure && all[place].sentence == all[figure].sentence && !is_used[place] &&
             all[place].dimension == all[figure].dimension;
    };
    constexpr std::size_t kNear = 6;
    const std::size_t begin = figure - std::min(figure, kNear);
    const std::size_t end = std::min(all.size(), figure + kNear);
    for (std::size_t place = begin; place < end; ++place) {
      if (is_other(place)) return false;
    }
    return true;
  }

  /// "p50" of "a p50 of 88 ms"; empty if no statistic is named.
  [[nodiscard]] std::string name_ahead(std::size_t figure) const {
    static const RegularExpression name(
        "(?i)\\b(p[0-9]{2,4}|median|mean|average|worst|best|maximum|minimum|total)\\b[^0-9.;,]{0,24}$");
    const std::string_view text = text_ahead(figure);
    return std::string(name.first_group(text).value_or(""));
  }

  /// The text before a figure, as far as it is in its sentence and no other figure stands there.
  [[nodiscard]] std::string_view text_ahead(std::size_t figure) const {
    constexpr std::size_t kFarthest = 90;
    const SentenceFigure& one = figures_.all()[figure];
    std::size_t begin = std::max(figures_.begin_of(one.sentence), one.offset - std::min(one.offset, kFarthest));
    if (figure > 0 && figures_.all()[figure - 1].dimension == one.dimension) {
      begin = std::max(begin, figures_.all()[figure - 1].end);
    }
    return text_.substr(begin, one.offset - begin);
  }
  [[nodiscard]] std::string_view text_behind(std::size_t figure) const {
    constexpr std::size_t kFarthest = 50;
    const SentenceFigure& one = figures_.all()[figure];
    std::size_t end = std::min(figures_.end_of(one.sentence), one.end + kFarthest);
    if (figure + 1 < figures_.all().size()) end = std::min(end, figures_.all()[figure + 1].offset);
    std::string_view text = text_.substr(one.end, std::max(end, one.end) - one.end);
    return text.substr(0, text.find_first_of(",;()"));
  }

  void add(const TwoValues& values, const SentenceFigure& first, const SentenceFigure& second, const Join& join,
           const std::string& sentence) {
    Quantity before = values.before;
    Quantity after = values.after;
    if (join.order == JoinOrder::new_first) std::swap(before, after);
    const std::size_t begin =
        std::max(figures_.begin_of(first.sentence), first.offset - std::min<std::size_t>(first.offset, 60));
    const std::string near(text_.substr(begin, std::min(text_.size(), second.end + 30) - begin));
    // What stands between the two says best what they are: "5k to 7k RPS with 3 GB of memory".
    const std::string pair(text_.substr(first.offset, second.end - first.offset));
    StatementSign sign = sign_of_measure(before, after, pair, near);
    if (sign == StatementSign::unknown) sign = sign_of_measure(before, after, near, sentence);
    if (join.order == JoinOrder::compared) {
      // "41 % against 42 %" has the new one first; "30 MB vs 20 MB" may have either.
      const StatementSign said = sign_of_comparison(sentence);
      static const RegularExpression is_said("(?i)\\b(?:is|are|takes?|needs?|uses?|at|now|costs?|runs?|against)\\b");
      const std::string_view between = text_.substr(first.end, second.offset - first.end);
      const bool is_new_first = holds(is_said, text_.substr(begin, first.offset - begin)) || holds(is_said, between);
      const bool is_swapped =
          said != StatementSign::unknown && sign != StatementSign::unknown ? said != sign : is_new_first;
      if (is_swapped) std::swap(before, after);
      sign = sign_of_measure(before, after, near, sentence);
    }
    // Whether something is to happen often or seldom, the words do not say.
    static const RegularExpression interval("(?i)\\bevery (?:[0-9]|$)");
    if (holds(interval, near)) sign = StatementSign::unknown;
    if (before == after) return;
    if (sign == StatementSign::unknown) sign = sign_of_words(sentence);
    const std::size_t new_place = join.order == JoinOrder::new_first ? first.offset : second.offset;
    pairs_.push_back({first.offset,
                      second.end - first.offset,
                      {.kind = StatementKind::values,
                       .sign = sign,
                       .line = line_at(passage_, second.offset),
                       .amount = after,
                       .before = before,
                       .quote = sentence_around(passage_, new_place)}});
  }

  const Passage& passage_;
  std::string_view text_;
  Figures figures_;
  std::vector<JoinedPair> pairs_;
};

}  // namespace

std::vector<JoinedPair> joined_pairs(const Passage& passage, std::string_view text) {
  // A table's cells are read by their heads.
  if (passage.kind == PassageKind::row) return {};
  return Joiner(passage, text).join();
}

}  // namespace assay::adversary
