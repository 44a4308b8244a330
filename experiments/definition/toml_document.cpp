#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/document.hpp"
#include "experiments/definition/toml_parser.hpp"

namespace assay::definition {
namespace {

using nlohmann::json;

constexpr int kMostKeyParts = 64;
constexpr int kDeepestNesting = 32;

bool is_key_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_' || character == '-' || character == '"' ||
         character == '\'';
}

/// Refuses a.b.c.... with very many parts. Counts dots that follow a key's character, in any line: more than enough
/// for prose, which has fewer.
void check_key_lengths(const SourceText& source) {
  int line = 1;
  int parts = 1;
  char last = '\n';
  for (const char character : source.text) {
    if (character == '\n') {
      ++line;
      parts = 1;
    } else if (character == '.' && is_key_character(last) && ++parts > kMostKeyParts) {
      throw Error(fmt::format("{}:{}: a key of more than {} parts", source.name, line, kMostKeyParts));
    }
    if (character != ' ' && character != '\t') last = character;
  }
}

Position position_in_text(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

/// Turns TOML's tree into JSON's and remembers where everything stood.
class Conversion {
 public:
  explicit Conversion(Document& document) : document_(document) {}

  json convert(const toml::node& node, const std::string& pointer, int depth) {
    if (depth > kDeepestNesting) fail(pointer, fmt::format("nested more than {} levels deep", kDeepestNesting));
    switch (node.type()) {
      case toml::node_type::table:
        return convert_table(*node.as_table(), pointer, depth);
      case toml::node_type::array:
        return convert_array(*node.as_array(), pointer, depth);
      case toml::node_type::string:
        return node.as_string()->get();
      case toml::node_type::integer:
        return node.as_integer()->get();
      case toml::node_type::boolean:
        return node.as_boolean()->get();
      case toml::node_type::floating_point:
        return convert_number(node.as_floating_point()->get(), pointer);
      default:
        fail(pointer, "dates and times of day have no meaning here: put text in quotes");
    }
  }

 private:
  json convert_table(const toml::table& table, const std::string& pointer, int depth) {
    json object = json::object();
    for (const auto& [key, node] : table) {
      const std::string member = pointer_to(pointer, key.str());
      document_.positions.emplace(member, position_in_text(key.source()));
      object[std::string(key.str())] = convert(node, member, depth + 1);
    }
    return object;
  }

  json convert_array(const toml::array& array, const std::string& pointer, int depth) {
    json list = json::array();
    for (const toml::node& node : array) {
      const std::string element = pointer_to(pointer, list.size());
      document_.positions.emplace(element, position_in_text(node.source()));
      list.push_back(convert(node, element, depth + 1));
    }
    return list;
  }

  json convert_number(double number, const std::string& pointer) {
    if (number - number != 0) fail(pointer, "nan and inf have no meaning here");
    return number;
  }

  [[noreturn]] void fail(const std::string& pointer, const std::string& text) const {
    throw error_at(document_, {pointer, text});
  }

  Document& document_;
};

/// The library's sentence, with what this project knows better.
std::string reason_of(const toml::parse_error& failure) {
  const std::string reason = printable(failure.description());
  const auto holds = [&reason](std::string_view part) { return reason.find(part) != std::string::npos; };
  if (holds("existing table 'variable'")) return "exactly one variable: there is a table [variable] already";
  if (holds("TOML_MAX_NESTED_VALUES")) return fmt::format("nested more than {} levels deep", TOML_MAX_NESTED_VALUES);
  if (holds("expected a comment or whitespace") || holds("expected digit"))
    return "not TOML: " + reason + " (a value with a unit stands in quotes, for example \"10 s\")";
  if (holds("expected 'nan'") || holds("expected 'inf'") || holds("boolean") || holds("could not determine value type"))
    return "not TOML: " + reason + " (a text stands in quotes, for example \"warm\"; true and false in small letters)";
  return "not TOML: " + reason;
}

bool loses_parser(std::string_view text) {
  try {
    (void)toml::parse(text);
  } catch (const ParserAssertionFailed&) {
    return true;
  } catch (const toml::parse_error&) {
  }
  return false;
}

/// The first line with which the parser is lost: it is lost in every longer piece of the text, too.
std::size_t line_that_loses_parser(std::string_view text) {
  std::vector<std::size_t> line_ends;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    line_ends.push_back(end);
  const auto found = std::partition_point(line_ends.begin(), line_ends.end(),
                                          [text](std::size_t end) { return !loses_parser(text.substr(0, end)); });
  return static_cast<std::size_t>(found - line_ends.begin()) + 1;
}

}  // namespace

Document read_toml(const SourceText& source) {
  check_key_lengths(source);
  try {
    const toml::table table = toml::parse(source.text, source.name);
    Document document{source.name, {}, {}};
    document.tree = Conversion(document).convert(table, "", 0);
    return document;
  } catch (const ParserAssertionFailed&) {
    throw Error(fmt::format("{}:{}: not TOML: this line is neither a table header nor a key with its value",
                            source.name, line_that_loses_parser(source.text)));
  } catch (const toml::parse_error& failure) {
    const Position position = position_in_text(failure.source());
    throw Error(fmt::format("{}:{}:{}: {}", source.name, position.line, position.column, reason_of(failure)));
  }
}

}  // namespace assay::definition
