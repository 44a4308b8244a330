#include "experiments/campaign/json_text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace assay::campaign {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kJsonBlanks = " \t\r\n";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kJsonBlanks, at), text.size());
}

/// Behind the text that begins here.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

/// The same text with every number small enough for a double: digits of exponents become 0, and a long run of digits
/// gets a point. Positions stay, and so does whether the text is JSON.
std::string with_small_numbers(std::string text) {
  constexpr std::string_view kOfNumbers = "0123456789+-.eE";
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    const bool begins = text[at] == '-' || (text[at] >= '0' && text[at] <= '9');
    const std::size_t end = begins ? std::min(text.find_first_not_of(kOfNumbers, at), text.size()) : at + 1;
    constexpr std::size_t kMostDigits = 300;
    if (end - at > kMostDigits && std::min(text.find_first_not_of("0123456789", at + 1), end) == end) {
      text[at + kMostDigits / 2] = '.';
    }
    const std::size_t exponent = std::min(text.find_first_of("eE", at), end);
    // The exponent makes it large or small; whether what stands before it is a number, the parser tells.
    const bool has_exponent = begins && exponent + 1 < end;
    const std::size_t digits =
        has_exponent ? exponent + 1 + (text[exponent + 1] == '+' || text[exponent + 1] == '-') : end;
    const bool is_exponent = has_exponent && digits < end && text.find_first_not_of("0123456789", digits) >= end;
    if (is_exponent)
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(digits), text.begin() + static_cast<std::ptrdiff_t>(end),
                '0');
    at = end;
  }
  return text;
}

/// A member of an object: its key, and where its value stands.
struct Member {
  std::string key;
  std::size_t begin;
  std::size_t end;
};

/// Behind the value that begins here. \pre the text is JSON
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '{' && text[at] != '[') return std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
  for (int depth = 0; at < text.size();) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (text[at] == '{' || text[at] == '[') ++depth;
    if ((text[at] == '}' || text[at] == ']') && --depth == 0) return at + 1;
    ++at;
  }
  return at;
}

/// \pre the text is JSON, and an object begins there
std::vector<Member> members_at(std::string_view text, std::size_t at) {
  std::vector<Member> members;
  for (at = skip_blanks(text, at + 1); text[at] != '}'; at = skip_blanks(text, at)) {
    if (text[at] == ',') {
      at = skip_blanks(text, at + 1);
    }
    const std::size_t key_end = end_of_string(text, at);
    const auto key = ordered_json::parse(text.substr(at, key_end - at)).get<std::string>();
    const std::size_t begin = skip_blanks(text, skip_blanks(text, key_end) + 1);
    const std::size_t end = end_of_value(text, begin);
    members.push_back({key, begin, end});
    at = end;
  }
  return members;
}

std::optional<Member> find_member(std::string_view text, std::size_t object, const std::string& key) {
  for (Member& member : members_at(text, object)) {
    if (member.key == key) return std::move(member);
  }
  return std::nullopt;
}

std::string member_text(const std::string& key, const ordered_json& value) {
  return ordered_json(key).dump() + ": " + value.dump();
}

}  // namespace

JsonObjectText::JsonObjectText(std::string text) : text_(std::move(text)) {
  const std::string plain = with_small_numbers(text_);
  if (!ordered_json::accept(plain) || text_.find_first_of('{') != text_.find_first_not_of(" \t\r\n\xef\xbb\xbf")) {
    throw Error("it is no JSON object, so no span can be added to it");
  }
}

/// Puts it behind the last thing in a list or object that stands there, on a line of its own if that has lines.
void JsonObjectText::put_last(std::size_t begin, std::size_t end, const std::string& member) {
  const std::size_t last = text_.find_last_not_of(kJsonBlanks, end - 2);
  const bool is_first = last == begin;
  const std::size_t line = text_.rfind('\n', last);
  const bool has_lines = !is_first && line != std::string::npos && line > begin;
  std::string between = is_first ? "" : has_lines ? "," : ", ";
  if (has_lines) {
    const std::size_t word = text_.find_first_not_of(" \t", line + 1);
    between += text_.substr(line, word - line);
  }
  text_.insert(last + 1, between + member);
}

void JsonObjectText::append(const std::string& list, const ordered_json& element) {
  const std::size_t top = text_.find('{');
  const std::optional<Member> member = find_member(text_, top, list);
  if (!member) {
    put_last(top, end_of_value(text_, top), member_text(list, ordered_json::array({element})));
  } else if (text_[member->begin] != '[') {
    throw Error(fmt::format("its \"{}\" are not a list", list));
  } else {
    put_last(member->begin, member->end, element.dump());
  }
}

void JsonObjectText::add(const std::string& object, const std::string& name, double amount) {
  const std::size_t top = text_.find('{');
  const std::optional<Member> member = find_member(text_, top, object);
  if (!member) {
    put_last(top, end_of_value(text_, top), member_text(object, {{name, amount}}));
    return;
  }
  if (text_[member->begin] != '{') throw Error(fmt::format("its \"{}\" are not an object", object));
  const std::optional<Member> number = find_member(text_, member->begin, name);
  if (!number) {
    put_last(member->begin, member->end, member_text(name, amount));
    return;
  }
  const std::string earlier = text_.substr(number->begin, number->end - number->begin);
  const ordered_json value = ordered_json::parse(earlier, nullptr, false);
  if (!value.is_number()) {
    throw Error(fmt::format("its phase \"{}\" is not a number of seconds", name));
  }
  text_.replace(number->begin, earlier.size(), ordered_json(value.get<double>() + amount).dump());
}

}  // namespace assay::campaign
