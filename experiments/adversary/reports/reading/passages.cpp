#include "experiments/adversary/reports/reading/passages.hpp"

#include <algorithm>
#include <md4c.h>
#include <utility>

#include "core/error.hpp"
#include "core/text/regular_expression.hpp"
#include "experiments/adversary/reports/reading/table_lines.hpp"

namespace assay::adversary {
namespace {

/// Gathers the passages while the parser walks over the document.
class PassageReader {
 public:
  explicit PassageReader(std::string_view document) : document_(document) {}

  [[nodiscard]] std::vector<Passage> passages() && {
    end_passage();
    return std::move(passages_);
  }

  void enter(MD_BLOCKTYPE block) {
    switch (block) {
      case MD_BLOCK_H:
        begin_passage(PassageKind::heading);
        break;
      case MD_BLOCK_P:
        // The paragraph of a loose list item belongs to it.
        begin_passage(depth_of_items_ > 0 ? PassageKind::item : PassageKind::prose);
        break;
      case MD_BLOCK_LI:
        ++depth_of_items_;
        begin_passage(PassageKind::item);
        break;
      case MD_BLOCK_CODE:
      case MD_BLOCK_HTML:
        begin_passage(PassageKind::code);
        break;
      case MD_BLOCK_TABLE:
        header_.clear();
        break;
      case MD_BLOCK_TR:
        begin_passage(PassageKind::row);
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        if (!current_.cells.empty()) append_between_cells();
        current_.cells.emplace_back();
        break;
      default:
        break;
    }
  }

  void leave(MD_BLOCKTYPE block) {
    if (block == MD_BLOCK_LI) --depth_of_items_;
    if (block == MD_BLOCK_TR) end_row();
    const bool ends = block == MD_BLOCK_H || block == MD_BLOCK_P || block == MD_BLOCK_LI || block == MD_BLOCK_CODE ||
                      block == MD_BLOCK_HTML;
    if (ends) end_passage();
  }

  void take(MD_TEXTTYPE type, std::string_view text) {
    if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) {
      append("\n", last_line_);
      return;
    }
    last_line_ = line_of(text.data());
    if (current_.kind == PassageKind::code) {
      take_code(text);
    } else {
      append(text, last_line_);
    }
  }

 private:
  void begin_passage(PassageKind kind) {
    end_passage();
    current_ = {};
    current_.kind = kind;
  }

  void end_passage() {
    const bool is_blank = current_.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (!is_blank) passages_.push_back(std::move(current_));
    current_ = {};
  }

  /// A table's first row is its header, and is read as a row, too.
  void end_row() {
    if (header_.empty()) header_ = current_.cells;
    current_.header = header_;
    end_passage();
  }

  void append(std::string_view text, int line) {
    current_.text += text;
    current_.lines.insert(current_.lines.end(), text.size(), line);
    if (!current_.cells.empty()) current_.cells.back() += text;
  }

  void append_between_cells() {
    constexpr std::string_view kBetween = " | ";
    current_.text += kBetween;
    current_.lines.insert(current_.lines.end(), kBetween.size(), last_line_);
  }

  /// Each line of a code block is a passage of its own.
  void take_code(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      append(text.substr(0, end), last_line_);
      if (end == std::string_view::npos) return;
      begin_passage(PassageKind::code);
      ++last_line_;
      text.remove_prefix(end + 1);
    }
  }

  /// Nearly all texts are parts of the document; of one that is not (an expanded tab), the line is that before.
  int line_of(const char* text) {
    const char* const begin = document_.data();
    if (text < begin || text >= begin + document_.size()) return last_line_;
    if (text < counted_to_) {  // cells and spans come in order, so this is rare
      counted_to_ = begin;
      counted_lines_ = 1;
    }
    if (counted_to_ == nullptr) counted_to_ = begin;
    counted_lines_ += static_cast<int>(std::count(counted_to_, text, '\n'));
    counted_to_ = text;
    return counted_lines_;
  }

  std::string_view document_;
  std::vector<Passage> passages_;
  Passage current_;
  std::vector<std::string> header_;
  int depth_of_items_ = 0;
  int last_line_ = 1;
  const char* counted_to_ = nullptr;
  int counted_lines_ = 1;
};

PassageReader& reader_of(void* data) {
  return *static_cast<PassageReader*>(data);
}

/// Whether the point at this place belongs to a letter or to an abbreviation that stands before what it is about.
bool abbreviates(std::string_view text, std::size_t point) {
  constexpr std::size_t kLongest = 10;
  static const RegularExpression abbreviation("(?i)(?:^|[^a-z])(?:[a-z]|vs|ca|cf|approx|resp|avg|incl|est|fig)$");
  // "1.9 s." ends a sentence.
  static const RegularExpression unit("[0-9] ?[a-zA-Z]$");
  const std::size_t begin = point - std::min(point, kLongest);
  if (unit.first_match(text.substr(begin, point - begin))) return false;
  return abbreviation.first_match(text.substr(begin, point - begin)).has_value();
}

/// Whether a character of UTF-8 goes on here.
bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// Whether the text begins with the hash of a commit or a bullet: such lines end without a full stop.
bool begins_own_line(std::string_view text) {
  constexpr std::size_t kLongest = 48;
  static const RegularExpression front("^[ \\t]*(?:[0-9a-f]{7,40}[ :]|(?:[*+-]|\xe2\x80\xa2) |[0-9]{1,2}[.)] )");
  return front.first_match(text.substr(0, kLongest)).has_value();
}

}  // namespace

bool ends_sentence(std::string_view text, std::size_t at) {
  const char mark = text[at];
  if (mark == '\n') return begins_own_line(text.substr(at + 1));
  if (mark != '.' && mark != '!' && mark != '?') return false;
  // "(... if you can.) It"
  const std::size_t next = at + 1 < text.size() && (text[at + 1] == ')' || text[at + 1] == '"') ? at + 2 : at + 1;
  const bool is_last = next >= text.size() || text[next] == ' ' || text[next] == '\n';
  return is_last && (mark != '.' || !abbreviates(text, at));
}

int line_at(const Passage& passage, std::size_t offset) {
  if (passage.lines.empty()) return 1;
  return passage.lines[std::min(offset, passage.lines.size() - 1)];
}

std::string sentence_around(const Passage& passage, std::size_t offset) {
  constexpr std::size_t kFarthest = 2000;
  const std::string_view text = passage.text;
  const std::size_t first = offset - std::min(offset, kFarthest);
  const std::size_t last = std::min(text.size(), offset + kFarthest);
  std::size_t begin = std::min(offset, text.size());
  while (begin > first && !ends_sentence(text, begin - 1)) --begin;
  while (begin < offset && is_inside_character(text, begin)) ++begin;
  std::size_t end = offset;
  while (end < last && !ends_sentence(text, end)) ++end;
  while (end > offset && is_inside_character(text, end)) --end;
  std::string sentence;
  for (const char letter : text.substr(begin, end - begin)) {
    const bool is_blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (is_blank && (sentence.empty() || sentence.back() == ' ')) continue;
    sentence += is_blank ? ' ' : letter;
  }
  while (!sentence.empty() && sentence.back() == ' ') sentence.pop_back();
  return sentence;
}

std::vector<Passage> passages_in(std::string_view markdown) {
  const std::string document = with_wide_delimiters(markdown);
  PassageReader reader(document);
  MD_PARSER parser = {};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML;
  parser.enter_block = [](MD_BLOCKTYPE block, void*, void* data) {
    reader_of(data).enter(block);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE block, void*, void* data) {
    reader_of(data).leave(block);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) {
    reader_of(data).take(type, std::string_view(text, size));
    return 0;
  };
  if (md_parse(document.data(), static_cast<MD_SIZE>(document.size()), &parser, &reader) != 0) {
    throw Error("the document cannot be parsed: out of memory");
  }
  return std::move(reader).passages();
}

}  // namespace assay::adversary
