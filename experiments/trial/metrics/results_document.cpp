#include "experiments/trial/metrics/results_document.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/lower_case.hpp"
#include "core/text/utf8.hpp"
#include "experiments/trial/metrics/number_text.hpp"

namespace assay::trial {
namespace {

using Json = nlohmann::json;

/// Notes the keys that stand twice in one object, while a document is parsed.
class KeyWatch {
 public:
  bool operator()(Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        begin_value();
        open_.push_back({event == Event::array_start});
        break;
      case Event::object_end:
      case Event::array_end:
        open_.pop_back();
        break;
      case Event::key:
        open_.back().key = parsed.get<std::string>();
        if (!open_.back().keys.insert(open_.back().key).second) repeated_.insert(pointer());
        break;
      case Event::value:
        begin_value();
        break;
    }
    return true;
  }

  [[nodiscard]] const std::set<std::string>& repeated() const { return repeated_; }

 private:
  struct Container {
    bool is_list = false;
    std::string key = {};
    std::set<std::string> keys = {};
    std::size_t next_index = 0;
  };

  /// Counts the elements of the list that a value stands in.
  void begin_value() {
    if (!open_.empty() && open_.back().is_list) open_.back().key = std::to_string(open_.back().next_index++);
  }

  [[nodiscard]] std::string pointer() const {
    Json::json_pointer place;
    for (const Container& container : open_) place.push_back(container.key);
    return place.to_string();
  }

  std::vector<Container> open_;
  std::set<std::string> repeated_;
};

bool is_delimiter(char letter) {
  return std::string_view(" \t\r\n,:[]{}\"").find(letter) != std::string_view::npos;
}

bool is_no_json_number(std::string_view token) {
  if (is_beyond_a_double(token)) return true;
  if (token.starts_with('-') || token.starts_with('+')) token.remove_prefix(1);
  const std::string word = in_lower_case(token.substr(0, token.find('(')));  // "nan(0x8000)"
  constexpr std::array<std::string_view, 4> kWords = {"nan", "inf", "infinity", "nan%"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// A text in which nan, inf and numbers that are too large are quoted, with the positions of the quotes that were
/// added.
struct QuotedText {
  std::string text;
  std::vector<std::size_t> added = {};  ///< positions in the new text, rising

  /// The position in the original text.
  [[nodiscard]] std::size_t original(std::size_t at) const {
    return at - static_cast<std::size_t>(std::lower_bound(added.begin(), added.end(), at) - added.begin());
  }
};

QuotedText with_quoted_numbers(std::string_view text) {
  QuotedText quoted;
  const auto add_quote = [&] {
    quoted.added.push_back(quoted.text.size());
    quoted.text += '"';
  };
  bool in_string = false;
  for (std::size_t at = 0; at < text.size();) {
    if (in_string || is_delimiter(text[at])) {
      const bool is_escape = in_string && text[at] == '\\' && at + 1 < text.size();
      if (is_escape) quoted.text += text[at++];
      if (text[at] == '"' && !is_escape) in_string = !in_string;
      quoted.text += text[at++];
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_delimiter(text[end])) ++end;
    const std::string_view token = text.substr(at, end - at);
    const bool is_quoted = is_no_json_number(token);
    if (is_quoted) add_quote();
    quoted.text += token;
    if (is_quoted) add_quote();
    at = end;
  }
  return quoted;
}

/// Why a text is no JSON, and where.
struct Refusal {
  std::size_t at = 0;
  std::string why;
};

struct Parsed {
  Json value;
  std::set<std::string> repeated;
  std::optional<std::size_t> passed_over = {};  ///< position of the first number that JSON does not have
};

std::variant<Parsed, Refusal> parse_strictly(std::string_view text) {
  KeyWatch watch;
  try {
    const Json::parser_callback_t callback = [&watch](int /*depth*/, Json::parse_event_t event, Json& parsed) {
      return watch(event, parsed);
    };
    Json value = Json::parse(text.begin(), text.end(), callback);
    return Parsed{std::move(value), watch.repeated()};
  } catch (const Json::parse_error& error) {
    std::size_t at = error.byte == 0 ? 0 : error.byte - 1;
    const bool is_word = std::string_view(error.what()).find("invalid literal") != std::string_view::npos;
    if (is_word && at > 0 && at < text.size() && is_delimiter(text[at])) --at;  // the word before it is no literal
    return Refusal{at, "it stops being JSON"};
  } catch (const Json::exception&) {
    return Refusal{text.size(), "a number in it is out of range"};
  }
}

std::variant<Parsed, Refusal> parse_one(std::string_view text) {
  std::variant<Parsed, Refusal> strict = parse_strictly(text);
  if (std::holds_alternative<Parsed>(strict)) return strict;
  const QuotedText quoted = with_quoted_numbers(text);
  if (quoted.added.empty()) return strict;
  std::variant<Parsed, Refusal> lenient = parse_strictly(quoted.text);
  if (auto* refusal = std::get_if<Refusal>(&lenient)) refusal->at = quoted.original(refusal->at);
  if (auto* parsed = std::get_if<Parsed>(&lenient)) parsed->passed_over = quoted.original(quoted.added.front());
  return lenient;
}

/// The end of the object or list that starts here: behind the bracket that closes it.
std::optional<std::size_t> end_of_value(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char letter = text[at];
    if (in_string) {
      if (letter == '\\') ++at;
      if (letter == '"') in_string = false;
    } else if (letter == '"') {
      in_string = true;
    } else if (letter == '{' || letter == '[') {
      ++depth;
    } else if ((letter == '}' || letter == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return std::nullopt;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// The objects and lists that stand on lines of their own in other text.
class ValuesInText {
 public:
  explicit ValuesInText(std::string_view text) : text_(text) {
    std::size_t line = 0;
    while (line < text_.size()) {
      const std::size_t begin = text_.find_first_not_of(" \t", line);
      const std::size_t value_end = begin == std::string_view::npos ? begin : take_value(begin);
      if (value_end == std::string_view::npos && !other_text) other_text = first_letter(line);
      const std::size_t newline = text_.find('\n', value_end == std::string_view::npos ? line : value_end);
      line = newline == std::string_view::npos ? text_.size() : newline + 1;
    }
  }

  std::vector<Parsed> values;
  std::optional<Refusal> furthest;        ///< where what began like JSON stopped being it
  std::optional<std::size_t> other_text;  ///< the first line that no value stands in

 private:
  static constexpr int kMostOpenEnds = 100;  ///< brackets that are never closed; each costs a look at the whole text

  /// The first letter of the line that begins here; nothing if it is blank.
  [[nodiscard]] std::optional<std::size_t> first_letter(std::size_t line) const {
    const std::size_t first = text_.find_first_not_of(" \t\r", line);
    return first == std::string_view::npos || text_[first] == '\n' ? std::nullopt : std::optional(first);
  }

  /// \returns the end of the value that begins here; npos if there is none.
  std::size_t take_value(std::size_t begin) {
    if (text_[begin] != '{' && text_[begin] != '[') return std::string_view::npos;
    const std::optional<std::size_t> end = open_ends_ < kMostOpenEnds ? end_of_value(text_, begin) : std::nullopt;
    if (!end) {
      ++open_ends_;
      return std::string_view::npos;
    }
    const std::string_view rest = text_.substr(*end, text_.find('\n', *end) - *end);
    if (!is_blank(rest)) return std::string_view::npos;
    std::variant<Parsed, Refusal> parsed = parse_one(text_.substr(begin, *end - begin));
    if (auto* const refusal = std::get_if<Refusal>(&parsed)) {
      refusal->at += begin;
      if (!furthest || furthest->at < refusal->at) furthest = std::move(*refusal);
      return std::string_view::npos;
    }
    values.push_back(std::move(std::get<Parsed>(parsed)));
    if (auto& passed_over = values.back().passed_over) *passed_over += begin;
    return *end;
  }

  std::string_view text_;
  int open_ends_ = 0;
};

/// The word at a position, with where it stands: "-nan" of `at line 3, column 17: "-nan"`.
std::string place_in(std::string_view text, std::size_t at) {
  std::size_t begin = std::min(at, text.size());
  while (begin > 0 && begin < text.size() && !is_delimiter(text[begin]) && !is_delimiter(text[begin - 1])) --begin;
  std::size_t end = begin;
  while (end < text.size() && !is_delimiter(text[end])) ++end;
  if (end == begin && end < text.size()) end += std::max<std::size_t>(utf8_length(text.substr(end)), 1);
  const std::string_view before = text.substr(0, begin);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return fmt::format("at line {}, column {}: {}", line, begin - line_begin + 1,
                     begin == end ? "its end is missing" : in_quotes(text.substr(begin, end - begin)));
}

std::string in_words(const Refusal& refusal, std::string_view text) {
  return fmt::format("{} {}", refusal.why, place_in(text, refusal.at));
}

/// What is kept of one value, and of the text that it stands in.
ResultsDocument document_of(Parsed parsed, std::string_view text) {
  ResultsDocument document{std::move(parsed.value), definition::JsonRoot::value, std::move(parsed.repeated)};
  if (parsed.passed_over) document.passed_over = place_in(text, *parsed.passed_over);
  return document;
}

}  // namespace

ResultsDocument read_results_document(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) throw Error("it is empty");
  std::variant<Parsed, Refusal> whole = parse_one(text);
  if (auto* const parsed = std::get_if<Parsed>(&whole)) {
    return document_of(std::move(*parsed), text);
  }
  ValuesInText found(text);
  if (found.values.empty()) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool began_as_json = text[first] == '{' || text[first] == '[';
    throw Error(in_words(!began_as_json && found.furthest ? *found.furthest : std::get<Refusal>(whole), text));
  }
  const std::string other_text = found.other_text ? place_in(text, *found.other_text) : "";
  if (found.values.size() == 1) {
    ResultsDocument document = document_of(std::move(found.values.front()), text);
    document.other_text = other_text;
    return document;
  }
  ResultsDocument document{Json::array(), definition::JsonRoot::stream};
  document.other_text = other_text;
  for (std::size_t index = 0; index < found.values.size(); ++index) {
    document.value.push_back(std::move(found.values[index].value));
    const std::optional<std::size_t>& passed_over = found.values[index].passed_over;
    if (passed_over && document.passed_over.empty()) document.passed_over = place_in(text, *passed_over);
    for (const std::string& pointer : found.values[index].repeated) {
      document.repeated_keys.insert(fmt::format("/{}{}", index, pointer));
    }
  }
  return document;
}

std::string repeated_key_around(const ResultsDocument& document, const std::string& pointer) {
  const auto found =
      std::find_if(document.repeated_keys.begin(), document.repeated_keys.end(), [&](const std::string& repeated) {
        return pointer == repeated || (pointer.starts_with(repeated) && pointer[repeated.size()] == '/');
      });
  return found == document.repeated_keys.end() ? "" : *found;
}

}  // namespace assay::trial
