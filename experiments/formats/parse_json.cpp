#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
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
constexpr std::size_t kDeepestNesting = 100;

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

/// Builds the tree from what the library's parser finds (its SAX interface). The library's own parser with a callback
/// looks through the whole list around each object that ends, so that a list of n objects takes n^2 steps.
class TreeBuilder {
 public:
  /// \param place  says where the parser is, for messages.
  explicit TreeBuilder(std::function<std::string()> place) : place_(std::move(place)) {}

  [[nodiscard]] json take() { return std::move(root_); }

  // What the parser calls, by the names that it prescribes. All go on.
  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(json::number_integer_t value) { return add(value); }
  bool number_unsigned(json::number_unsigned_t value) { return add(value); }
  bool number_float(json::number_float_t value, const json::string_t&) { return add(value); }
  bool string(json::string_t& value) { return add(std::move(value)); }
  bool binary(json::binary_t& value) { return add(std::move(value)); }
  bool start_object(std::size_t) { return open(json::object()); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(json::string_t& name) {
    const auto [member, is_new] = open_.back()->get_ref<json::object_t&>().emplace(name, nullptr);
    if (!is_new) {
      throw Error(fmt::format("key {} appears twice in one object: keep one of them", in_quotes(name)))
          .within(place_());
    }
    member_ = &member->second;
    return true;
  }
  template <class Failure>
  bool parse_error(std::size_t, const std::string&, const Failure& failure) {
    throw failure;
  }

 private:
  /// Puts a value where the parser is, and says where it is now.
  json& put(json&& value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->is_array()) return open_.back()->get_ref<json::array_t&>().emplace_back(std::move(value));
    return *member_ = std::move(value);
  }
  bool add(json&& value) {
    put(std::move(value));
    return true;
  }
  bool open(json&& value) {
    if (open_.size() >= kDeepestNesting) {
      throw Error(fmt::format("nested more than {} levels deep", kDeepestNesting)).within(place_());
    }
    open_.push_back(&put(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::function<std::string()> place_;
  json root_;
  std::vector<json*> open_;  ///< objects and lists around the place; none moves while it is open, as its list waits
  json* member_ = nullptr;   ///< whose key was read last
};

class StrictReading {
 public:
  StrictReading(std::string_view text, std::string_view name) : text_(text), name_(name), reached_(text.data()) {}

  json read() {
    const ReadingIterator first{text_.data(), &reached_};
    const ReadingIterator last{text_.data() + text_.size(), &reached_};
    TreeBuilder builder([this] { return place(); });
    (void)json::sax_parse(first, last, &builder);
    return builder.take();
  }

  /// Where the parser is now: "NAME:LINE:COLUMN".
  [[nodiscard]] std::string place() const {
    return place_before(text_, static_cast<std::size_t>(reached_ - text_.data()), name_);
  }

 private:
  std::string_view text_;
  std::string_view name_;
  const char* reached_;
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
