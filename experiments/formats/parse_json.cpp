#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

/// Writers, comparisons and hashes of JSON recurse: deeper nesting than any of our formats has is refused at the door.
constexpr int kDeepestNesting = 100;

/// Walks the text and tells, through a shared place, how far the parser has read: its callbacks do not.
struct ReadingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  const char** reached;

  reference operator*() const { return *at; }
  ReadingIterator& operator++() {
    *reached = ++at;
    return *this;
  }
  bool operator==(const ReadingIterator& other) const { return at == other.at; }
};

/// "NAME:LINE:COLUMN" of the character before `offset`; columns count bytes from 1.
std::string place_before(std::string_view text, std::size_t offset, std::string_view name) {
  const std::string_view read = text.substr(0, std::max<std::size_t>(std::min(offset, text.size()), 1) - 1);
  const auto line = 1 + std::count(read.begin(), read.end(), '\n');
  const std::size_t line_start = read.rfind('\n') + 1;  // npos + 1 is 0: the first line
  return fmt::format("{}:{}:{}", name, line, read.size() - line_start + 1);
}

/// The library's own sentence less its prefix: "[json.exception...] parse error at line 1, column 2: ". Bytes that
/// are not text are shown as such. The sentence quotes what was read, which may be a number of a million digits.
std::string reason_of(const json::exception& failure) {
  std::string_view what = failure.what();
  for (const std::string_view prefix : {"] ", "column "}) {
    const std::size_t found = what.find(prefix);
    if (found != std::string_view::npos) what.remove_prefix(found + prefix.size());
  }
  const std::size_t colon = what.find(": ");
  if (colon != std::string_view::npos && what.find_first_not_of("0123456789") == colon) what.remove_prefix(colon + 2);
  constexpr std::size_t kLongestReason = 200;
  return shortened(printable(what), kLongestReason);
}

/// Sees every key as it is read.
class StrictReading {
 public:
  StrictReading(std::string_view text, std::string_view name) : text_(text), name_(name), reached_(text.data()) {}

  json read() {
    const ReadingIterator first{text_.data(), &reached_};
    const ReadingIterator last{text_.data() + text_.size(), &reached_};
    return json::parse(first, last, [this](int depth, json::parse_event_t event, json& parsed) {
      watch(depth, event, parsed);
      return true;
    });
  }

  /// Where the parser is now: "NAME:LINE:COLUMN".
  [[nodiscard]] std::string place() const {
    return place_before(text_, static_cast<std::size_t>(reached_ - text_.data()), name_);
  }

 private:
  void watch(int depth, json::parse_event_t event, const json& parsed) {
    switch (event) {
      case json::parse_event_t::object_start:
        open_keys_.emplace_back();
        return check_depth(depth);
      case json::parse_event_t::array_start:
        return check_depth(depth);
      case json::parse_event_t::object_end:
        return open_keys_.pop_back();
      case json::parse_event_t::key:
        return check_key(parsed.get_ref<const std::string&>());
      case json::parse_event_t::array_end:
      case json::parse_event_t::value:
        return;
    }
  }

  void check_depth(int depth) const {
    if (depth < kDeepestNesting) return;
    throw Error(fmt::format("nested more than {} levels deep", kDeepestNesting)).within(place());
  }

  void check_key(const std::string& key) {
    if (open_keys_.back().insert(key).second) return;
    throw Error(fmt::format("key {} appears twice in one object: keep one of them", in_quotes(key))).within(place());
  }

  std::string_view text_;
  std::string_view name_;
  const char* reached_;
  std::vector<std::set<std::string>> open_keys_;  ///< of the objects around the place that is read
};

}  // namespace

json parse_json(std::string_view text, std::string_view name) {
  StrictReading reading(text, name);
  try {
    return reading.read();
  } catch (const json::parse_error& failure) {
    throw Error("not JSON: " + reason_of(failure)).within(place_before(text, failure.byte, name));
  } catch (const json::exception& failure) {
    throw Error("not JSON: " + reason_of(failure)).within(reading.place());  // a number beyond the range of doubles
  }
}

}  // namespace assay::formats
