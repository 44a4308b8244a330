#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace assay::formats {

/// Writes canonical JSON (canonical_json.hpp) value by value, without a tree of it: for what is written at every trial.
///
/// The caller gives the members of an object in the byte order of their names.
class CanonicalWriter {
 public:
  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  /// The name of the member whose value comes next. \throws Error for invalid UTF-8.
  void name(std::string_view name);

  void value(std::nullptr_t);
  void value(std::same_as<bool> auto truth) { literal(truth ? "true" : "false"); }
  void value(std::signed_integral auto number) { integer(std::int64_t{number}); }
  void value(std::unsigned_integral auto number) requires(!std::same_as<decltype(number), bool>) {
    natural(std::uint64_t{number});
  }
  /// \throws Error for NaN and infinity.
  void value(double number);
  /// \throws Error for invalid UTF-8.
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }

  template <class Value>
  void member(std::string_view its_name, const Value& its_value) {
    name(its_name);
    value(its_value);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void begin(char bracket);
  void end(char bracket);
  void literal(std::string_view text);
  void integer(std::int64_t number);
  void natural(std::uint64_t number);
  void separate();

  std::string text_;
  bool follows_value_ = false;
};

}  // namespace assay::formats
